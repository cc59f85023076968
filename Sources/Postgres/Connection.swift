package import Logging
import Synchronization

/// One session with a PostgreSQL server. Never blocks a thread of Swift's task pool.
///
/// One call at a time: a call made while another is under way on the same connection is refused with a
/// `.protocolViolation` error rather than queued, because the two would share one transaction without knowing it.
///
/// A call ends by its deadline (`withDeadline`, at most the configuration's `callTimeout`). When it is interrupted, by
/// deadline or cancellation, the connection is brought to rest or closed before the call returns: a connection that is
/// not broken is always ready for the next call.
package actor Connection {
    /// What the session knows about a statement it has prepared.
    struct Prepared {
        var statement: Statement
        var types: [PostgresType]
        var metrics: StatementMetrics
    }

    let configuration: ConnectionConfiguration
    let logger: Logger
    var handle = ConnectionHandle()
    var prepared: [String: Prepared] = [:]
    var isInUse = false
    var copy: Copy?
    var pendingNotifications = NotificationBuffer()
    /// The wait under way, so that closing ends it: epoll forgets a closed socket without a word.
    private var currentWait: Reactor.Ticket?
    nonisolated private let broken = Atomic<Bool>(true)

    private init(_ configuration: ConnectionConfiguration, _ logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Opens a session, within the configuration's `connectTimeout` or the inherited deadline.
    ///
    /// - Throws: `.connectFailed`, with the server's SQLSTATE when it spoke; `.cancelled`.
    package static func connect(
        _ configuration: ConnectionConfiguration,
        logger: Logger
    ) async throws(PostgresError) -> Connection {
        try await connect(
            configuration,
            logger: logger,
            until: Deadline.inherited(orWithin: configuration.connectTimeout)
        )
    }

    static func connect(
        _ configuration: ConnectionConfiguration,
        logger: Logger,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> Connection {
        let connection = Connection(configuration, logger)
        let limit = ContinuousClock.now.advanced(by: configuration.connectTimeout)
        try await connection.open(until: min(deadline, limit))
        return connection
    }

    /// Ends the session. A call under way and calls made later fail; closing again does nothing.
    package func close() {
        broken.store(true, ordering: .relaxed)
        handle.close()
        prepared.removeAll()
        if let currentWait { Reactor.shared.signal(currentWait) }
    }

    /// Whether the session is over, so that no call can succeed any more.
    package nonisolated var isBroken: Bool { broken.load(ordering: .relaxed) }

    /// The process id of the server's side of the session, 0 when it is over.
    package var serverProcessID: Int32 { handle.serverProcessID }

    /// The server's version as a number: 150018 is 15.18.
    package var serverVersion: Int { handle.serverVersion }

    /// Whether the session is in no transaction and no call, and its socket has not been found closed.
    ///
    /// Costs one system call that does not wait.
    package var isReusable: Bool {
        guard !isBroken, !isInUse, handle.consumeInput() else { return false }
        // A server that ends an idle session says so first; the closed socket shows only when read once more.
        takeAsynchronousMessages()
        return handle.isOpen && handle.transactionStatus == .idle && !handle.notices.sessionHasEnded
    }

    func markOpen() {
        broken.store(false, ordering: .relaxed)
    }

    /// Waits for the session's socket. Ends with `.signalled` when the connection is closed meanwhile.
    func waitForSocket(
        _ interest: Reactor.Interest,
        until deadline: ContinuousClock.Instant,
        isShielded: Bool = false
    ) async -> Reactor.Wake {
        let ticket = Reactor.shared.makeTicket()
        currentWait = ticket
        defer { currentWait = nil }
        return await Reactor.shared.wait(
            for: interest,
            on: handle.socket,
            until: deadline,
            isShielded: isShielded,
            ticket: ticket
        )
    }

    // MARK: Calls

    /// - Throws: when the session is over, another call is under way, or the task is cancelled already.
    func checkCanBegin(_ name: String, isShielded: Bool = false) throws(PostgresError) {
        guard !isBroken else {
            throw PostgresError(.connectionLost, statement: name, reason: "the connection is closed")
        }
        guard !isInUse else {
            throw PostgresError(
                .protocolViolation,
                statement: name,
                reason: "the connection is in use by another call"
            )
        }
        if Task.isCancelled && !isShielded {
            throw PostgresError(.cancelled, statement: name, reason: "the task was cancelled")
        }
    }

    /// Runs one call on the connection, with its deadline and metrics, keeping every other out meanwhile.
    func perform<T>(
        _ name: String,
        metrics: StatementMetrics?,
        isShielded: Bool = false,
        _ body: (isolated Connection, inout Patience) async throws(PostgresError) -> T
    ) async throws(PostgresError) -> T {
        try checkCanBegin(name, isShielded: isShielded)
        isInUse = true
        defer { isInUse = false }
        let start = ContinuousClock.now
        let deadline =
            isShielded
            ? start.advanced(by: configuration.drainTimeout) : Deadline.inherited(orWithin: configuration.callTimeout)
        var patience = Patience(until: deadline, isShielded: isShielded)
        do {
            let value = try await body(self, &patience)
            metrics?.record(since: start, failed: false)
            return value
        } catch {
            metrics?.record(since: start, failed: true)
            throw error
        }
    }

    /// Logs notices, keeps notifications, and tells whether a commit's replication has become doubtful.
    @discardableResult
    func takeAsynchronousMessages() -> Bool {
        while let notification = handle.takeNotification() {
            pendingNotifications.append(notification)
        }
        guard !handle.notices.isEmpty else { return false }
        let (notices, replicationIsUncertain) = handle.notices.drain()
        for notice in notices {
            logger.log(
                level: notice.severity == "WARNING" ? .warning : .debug,
                "server notice",
                metadata: [
                    "postgres.severity": "\(notice.severity)",
                    "postgres.sqlstate": "\(notice.sqlState)",
                    "postgres.message": "\(notice.message)",
                ]
            )
        }
        return replicationIsUncertain
    }
}
