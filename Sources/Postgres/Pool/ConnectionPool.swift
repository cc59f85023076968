package import Logging
import Metrics
import Synchronization

/// A bounded set of sessions shared by many callers.
///
/// Callers wait in order, at most `waitLimit` of them and each at most `waitTimeout`. Connections are opened when they
/// are needed, with growing pauses while the server cannot be reached; a caller rides out a short restart within its
/// waiting time. A connection that is broken, or was left inside a transaction, is closed and never given on.
package final class ConnectionPool: Sendable {
    typealias State = PoolState<Connection>

    /// A caller that waits: the reactor's ticket wakes it, the flag tells that it was woken before it slept.
    private final class Waiter: Sendable {
        let ticket = Reactor.shared.makeTicket()
        let isWoken = Atomic<Bool>(false)

        func wake() {
            isWoken.store(true, ordering: .sequentiallyConsistent)
            Reactor.shared.signal(ticket)
        }
    }

    private struct Shared {
        var state: State
        var waiters: [State.WaiterID: Waiter] = [:]
        var lastWaiter: UInt64 = 0
        var backoff = Backoff()
        /// No attempt to open a connection is made before.
        var nextAttempt = ContinuousClock.now
    }

    /// How often `run()` looks after idle connections.
    private static let maintenanceInterval = Duration.seconds(10)

    private let configuration: ConnectionConfiguration
    private let waitTimeout: Duration
    private let logger: Logger
    private let metrics: PoolMetrics
    private let shared: Mutex<Shared>

    /// Makes a pool that holds no connection yet.
    ///
    /// - Parameters:
    ///   - size: most connections at once, at least 1.
    ///   - waitLimit: most callers waiting at once; the next is refused with `.poolExhausted`.
    ///   - waitTimeout: how long one caller waits for a connection, opening it included.
    package init(
        configuration: ConnectionConfiguration,
        size: Int,
        waitLimit: Int,
        waitTimeout: Duration,
        logger: Logger
    ) {
        self.configuration = configuration
        self.waitTimeout = waitTimeout
        self.logger = logger
        self.metrics = PoolMetrics(pool: configuration.applicationName)
        self.shared = Mutex(Shared(state: State(size: size, waitLimit: waitLimit)))
    }

    /// Keeps one connection ready and closes idle ones that have died, until the task is cancelled; then closes the pool.
    ///
    /// The pool serves without it; connections are then checked only when they are taken.
    package func run() async {
        while !Task.isCancelled {
            await maintain()
            _ = await Reactor.shared.wait(for: .none, until: .now.advanced(by: Self.maintenanceInterval))
        }
        await close()
    }

    /// Closes idle connections, refuses waiting and later callers; connections in use are closed when they come back.
    package func close() async {
        let (idle, waiters) = shared.withLock { shared -> ([Connection], [Waiter]) in
            let (idle, ids) = shared.state.close()
            return (idle, ids.compactMap { shared.waiters.removeValue(forKey: $0) })
        }
        for waiter in waiters { waiter.wake() }
        for connection in idle { await connection.close() }
    }

    /// Lends a connection to the body.
    ///
    /// - Throws: `.poolExhausted`, `.poolClosed`, `.connectFailed` or `.cancelled` before the body has begun; then what
    ///   the body throws.
    package func withConnection<T>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        let connection = try await take()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Executes the statement on any connection; see `Connection.query`.
    package func query<each Parameter: PostgresEncodable>(
        _ statement: Statement,
        _ parameter: repeat each Parameter
    ) async throws(PostgresError) -> Rows {
        try await query(Call(statement, repeat each parameter))
    }

    /// Executes the statement on any connection; see `Connection.execute`.
    @discardableResult
    package func execute<each Parameter: PostgresEncodable>(
        _ statement: Statement,
        _ parameter: repeat each Parameter
    ) async throws(PostgresError) -> Int {
        try await query(Call(statement, repeat each parameter)).affectedRows
    }

    /// Executes a call whose parameters were encoded before, on any connection.
    package func query(_ call: Call) async throws(PostgresError) -> Rows {
        let connection = try await take()
        do throws(PostgresError) {
            let rows = try await connection.query(call)
            await giveBack(connection)
            return rows
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Runs the body in a transaction on any connection; see `Connection.transaction`.
    package func transaction<T>(
        _ mode: TransactionMode = .readCommitted,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        try await withConnection { connection in
            try await connection.transaction(mode, body)
        }
    }

    // MARK: Taking and giving back

    private func take(isolation: isolated (any Actor)? = #isolation) async throws(PostgresError) -> Connection {
        let start = ContinuousClock.now
        let deadline = Deadline.inherited(orWithin: waitTimeout)
        let (id, request) = shared.withLock { shared -> (State.WaiterID, State.Request) in
            shared.lastWaiter += 1
            let id = State.WaiterID(number: shared.lastWaiter)
            let request = shared.state.request(id)
            if case .wait = request { shared.waiters[id] = Waiter() }
            return (id, request)
        }
        recordUse()
        let grant: State.Grant
        switch request {
        case .granted(let immediately): grant = immediately
        case .wait: grant = try await wait(id, until: deadline)
        case .full: throw refused("too many callers wait for a connection", .poolExhausted)
        case .closed: throw refused("the pool is closed", .poolClosed)
        }
        metrics.waitDuration.recordNanoseconds(start.duration(to: .now).nanoseconds)
        if case .connection(let connection) = grant {
            if await connection.isReusable { return connection }
            await connection.close()
        }
        return try await open(until: deadline)
    }

    private func wait(
        _ id: State.WaiterID,
        until deadline: ContinuousClock.Instant,
        isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> State.Grant {
        guard let waiter = shared.withLock({ $0.waiters[id] }) else {
            throw refused("the pool is closed", .poolClosed)
        }
        let wake = await Reactor.shared.wait(
            for: .none,
            until: deadline,
            ticket: waiter.ticket,
            isSignalled: { waiter.isWoken.load(ordering: .sequentiallyConsistent) }
        )
        // Whatever woke us, a grant made in the meantime is ours and must not be lost.
        let (grant, isClosed) = shared.withLock { shared in
            shared.waiters[id] = nil
            return (shared.state.conclude(id), shared.state.isClosed)
        }
        recordUse()
        if let grant { return grant }
        if isClosed { throw refused("the pool is closed", .poolClosed) }
        if wake == .cancelled { throw PostgresError(.cancelled, statement: "pool", reason: "the task was cancelled") }
        throw refused("no connection came free before the deadline", .poolExhausted)
    }

    /// Opens a connection in a place that is reserved, trying again while the server is away and there is time.
    private func open(
        until deadline: ContinuousClock.Instant,
        isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> Connection {
        var failure: PostgresError?
        while true {
            let attempt = shared.withLock { $0.nextAttempt }
            if attempt > .now {
                // After a failure nobody tries before the pause is over; who cannot wait that long fails now.
                let wake = await Reactor.shared.wait(for: .none, until: min(attempt, deadline))
                if wake == .cancelled {
                    releasePlace()
                    throw PostgresError(.cancelled, statement: "connect", reason: "the task was cancelled")
                }
                if deadline <= .now {
                    releasePlace()
                    throw failure
                        ?? PostgresError(
                            .connectFailed,
                            statement: "connect",
                            reason: "the server cannot be reached; the next attempt comes after the deadline"
                        )
                }
            }
            do throws(PostgresError) {
                let connection = try await Connection.connect(configuration, logger: logger, until: deadline)
                shared.withLock { $0.backoff.succeed() }
                return connection
            } catch {
                if error.kind == .cancelled || !error.isRetryable {
                    releasePlace()
                    throw error
                }
                failure = error
                let jitter = Double.random(in: 0...1)
                shared.withLock { shared in
                    // Several callers may fail together: that is one failure of the server.
                    guard shared.nextAttempt <= .now else { return }
                    shared.nextAttempt = .now.advanced(by: shared.backoff.pauseAfterFailure(jitter: jitter))
                }
            }
        }
    }

    private func giveBack(_ connection: Connection, isolation: isolated (any Actor)? = #isolation) async {
        guard await connection.isReusable else {
            await connection.close()
            releasePlace()
            return
        }
        let (returned, waiter) = shared.withLock { shared -> (State.Returned, Waiter?) in
            let returned = shared.state.giveBack(connection)
            guard case .kept(let wake?) = returned else { return (returned, nil) }
            return (returned, shared.waiters[wake])
        }
        recordUse()
        waiter?.wake()
        if case .close = returned { await connection.close() }
    }

    private func releasePlace() {
        let waiter = shared.withLock { shared in
            shared.state.lose().flatMap { shared.waiters[$0] }
        }
        recordUse()
        waiter?.wake()
    }

    private func maintain() async {
        for _ in 0..<shared.withLock({ $0.state.idleCount }) {
            guard let connection = shared.withLock({ $0.state.takeIdle() }) else { break }
            await giveBack(connection)
        }
        let isEmpty = shared.withLock { shared in
            shared.state.inUse + shared.state.idleCount == 0 && shared.state.reserve()
        }
        guard isEmpty else { return }
        do throws(PostgresError) {
            await giveBack(try await open(until: .now.advanced(by: Self.maintenanceInterval)))
        } catch {
            logger.warning("no connection to the server", metadata: ["error": "\(error)"])
        }
    }

    private func recordUse() {
        let (inUse, waiting) = shared.withLock { ($0.state.inUse, $0.state.waiting) }
        metrics.inUse.record(inUse)
        metrics.waiting.record(waiting)
    }

    private func refused(_ reason: String, _ kind: PostgresError.Kind) -> PostgresError {
        metrics.refused.increment()
        return PostgresError(kind, statement: "pool", reason: reason)
    }
}
