package import EventSourcing
import Logging
package import Postgres
import ServiceLifecycle
import Synchronization

/// One log, as one process holds it: appends from all its tasks share transactions, and one reader follows the log for
/// all its subscriptions.
///
/// Reading works from the start; appends and subscriptions wait until `run()` is running. Several handles, in one process
/// or many, may write to the same log at the same time.
package final class Log: EventStore, Service, Sendable {
    package let name: LogName
    package let mode: LogMode
    /// Connections bound to the log's schema, and to what logs share: for boards, tasks and reports.
    package let pool: ConnectionPool

    private let configuration: LogConfiguration
    /// How sessions of the log's own are opened, bound to its schema.
    package let connecting: ConnectionConfiguration
    private let channel: String
    private let logger: Logger
    private let metrics: AppendMetrics
    private let types = EventTypes()
    let reader: EventReader
    private let appender: Appender
    private let tailer: Tailer
    private let growth = Wakeup()

    init(entry: LogEntry, conninfo: String, configuration: LogConfiguration, logger: Logger) {
        let configuration = configuration.suited(to: entry.mode)
        var logger = logger
        logger[metadataKey: "log"] = "\(entry.name)"
        var connecting = ConnectionConfiguration(conninfo: conninfo, applicationName: "muster \(entry.name)")
        connecting.searchPath = "\(entry.schema),\(LogDatabase.sharedSchema)"
        // The next partition of the log is empty when it is first planned for, and planning anew for each call costs more
        // the more partitions there are.
        connecting.avoidsSequentialScans = true
        connecting.forceGenericPlans = true
        let pool = ConnectionPool(
            configuration: connecting,
            size: configuration.poolSize,
            waitLimit: 256,
            waitTimeout: .seconds(10),
            logger: logger
        )
        let reader = EventReader(log: entry.name, pool: pool, types: types)
        let tailer = Tailer(reader: reader, configuration: configuration, logger: logger)
        let metrics = AppendMetrics(log: entry.name)
        let growth = growth
        name = entry.name
        mode = entry.mode
        channel = "muster_\(entry.schema)"
        self.configuration = configuration
        self.connecting = connecting
        self.logger = logger
        self.pool = pool
        self.reader = reader
        self.tailer = tailer
        self.metrics = metrics
        appender = Appender(configuration, metrics: metrics) { batch in
            tailer.take(batch)
            growth.signal()
        }
    }

    // MARK: Running

    /// Writes, follows the log and tells other processes of its growth, until the task is cancelled or shut down.
    ///
    /// On graceful shutdown no append is accepted any more, and it returns when what was accepted has been answered. On
    /// cancellation appends under way are given up: their callers hear that the outcome is unknown. Call it once.
    package func run() async throws {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await self.runParts()
            } onGracefulShutdown: {
                self.appender.drain()
            }
        } onCancel: {
            appender.close(.unavailable(reason: "the log was stopped"))
        }
        appender.close(.unavailable(reason: "the log was stopped"))
    }

    private func runParts() async {
        await withTaskGroup(of: Bool.self) { group in
            // What must outlast the lanes, since their last commits are still to be told of.
            group.addTask {
                await self.runBackground()
                return false
            }
            for number in 0..<max(1, configuration.lanes) {
                // A lane does little besides calling PostgreSQL: where its answers arrive it is awake already.
                group.addTask(executorPreference: Connection.executor) {
                    await self.runLane(number)
                    return true
                }
            }
            var lanes = max(1, configuration.lanes)
            while lanes > 0, let wasLane = await group.next() {
                if wasLane { lanes -= 1 }
            }
            group.cancelAll()
        }
    }

    private func runLane(_ number: Int) async {
        var connecting = connecting
        connecting.applicationName += " append"
        connecting.interruption = .close
        connecting.callTimeout = configuration.appendTimeout
        // The client always gives up before the server does: a cancelled commit may be answered like a success.
        connecting.statementTimeout = .seconds(86_400)
        connecting.lockTimeout = configuration.appendTimeout / 2
        let session = AppendSession(connecting, types: types, appender: appender, logger: logger)
        var lane = AppendLane(
            number: number,
            appender: appender,
            session: session,
            configuration: configuration,
            metrics: metrics,
            logger: logger
        )
        await lane.run()
    }

    private func runBackground() async {
        let notifier = Notifier(
            channel: channel,
            connecting: connecting,
            tail: { self.lastKnownTail.rawValue },
            wakeup: growth,
            logger: logger
        )
        let listener = Listener(
            channel: channel,
            connecting: connecting,
            onGrowth: { tail in
                guard tail.map({ $0 > self.tailer.tail.rawValue }) ?? true else { return }
                self.tailer.signal()
            },
            logger: logger
        )
        await withDiscardingTaskGroup { group in
            group.addTask { await self.pool.run() }
            group.addTask { await self.tailer.run() }
            group.addTask { await notifier.run() }
            group.addTask { await listener.run() }
            group.addTask { await self.keepPartitions() }
            group.addTask { await self.poll() }
        }
    }

    private func poll() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: configuration.pollInterval)
            } catch {
                return
            }
            tailer.signal()
        }
    }

    /// Adds partitions long before they are needed; an append that finds no room adds them itself.
    private func keepPartitions() async {
        let room = configuration.partitionRoom
        var last = Position.origin
        while !Task.isCancelled {
            do {
                if lastKnownTail.advanced(by: room) > last {
                    last = try await reader.addPartitions(room: room, size: configuration.partitionEvents)
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("partitions cannot be added, trying again", metadata: ["postgres.error": "\(error)"])
            }
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                return
            }
        }
    }

    // MARK: Appending

    package func append(_ append: Append) async throws(AppendError) -> Verdict {
        let verdicts = try await appender.append([append])
        guard let verdict = verdicts.first else { throw .outcomeUnknown }
        return verdict
    }

    /// Hands in several appends at once, as from an import; a verdict for each, in their order.
    ///
    /// They are not one transaction: when it throws, some may have been appended; sending the same ids again tells.
    package func append(contentsOf appends: [Append]) async throws(AppendError) -> [Verdict] {
        try await appender.append(appends)
    }

    // MARK: Reading

    package func receipt(of command: CommandID) async throws -> AppendReceipt? {
        try await reader.receipt(of: command)
    }

    package func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await reader.events(after: versions, limit: limit)
    }

    package func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await reader.page(after: position, limit: limit)
    }

    /// The events of some streams within a range of positions, in the log's order, at most `limit`.
    ///
    /// - Parameter last: the last position of the range; nil for the whole rest of the log.
    package func events(
        of streams: [StreamName],
        after position: Position = .origin,
        through last: Position? = nil,
        limit: Int
    ) async throws -> [RecordedEvent] {
        try await reader.events(of: streams, after: position, through: last ?? Position(.max), limit: limit)
    }

    package func tail() async throws -> Position {
        try await reader.tail()
    }

    /// The furthest position this process has seen, without asking the database; `.origin` when it has seen none.
    package var lastKnownTail: Position {
        max(appender.acknowledged.position, tailer.tail)
    }

    /// The events after a position, and then those to come; see `Subscription`.
    ///
    /// - Parameter batchLimit: most events in one batch.
    package func subscribe(from position: Position, batchLimit: Int = 1_000) -> Subscription {
        Subscription(position: position, batchLimit: max(1, batchLimit), tailer: tailer, reader: reader)
    }
}
