import EventSourcing
import Logging
import Postgres

/// A lane's connection with the calls it makes, reopened when it is lost. Used by one task at a time.
final class AppendSession {
    /// Where the events of a batch came to stand.
    struct BatchReceipt {
        let first: Position
        let recordedAt: Timestamp
    }

    let types: EventTypes
    private let connecting: ConnectionConfiguration
    private let appender: Appender
    private let logger: Logger
    private var connection: Connection?
    private var timeline: Int32 = 0
    /// What was acknowledged when the session began: the server has it.
    private var verified = Appender.Acknowledged()

    init(_ connecting: ConnectionConfiguration, types: EventTypes, appender: Appender, logger: Logger) {
        self.connecting = connecting
        self.types = types
        self.appender = appender
        self.logger = logger
    }

    /// Makes sure that there is a connection, to a server that has everything this process has acknowledged.
    func open() async throws(AppendFailure) {
        if let connection, !connection.isBroken { return }
        // Read before the server is asked: another lane may acknowledge more meanwhile.
        let acknowledged = appender.acknowledged
        let (fresh, timeline, tail, recordedAt) = try await Self.attempt { () async throws(PostgresError) in
            let fresh = try await Connection.connect(connecting, logger: logger)
            do throws(PostgresError) {
                let (timeline, tail, recordedAt) = try await fresh.query(
                    AppendSQL.standing,
                    (acknowledged.mark?.position ?? .origin).rawValue
                )[0].decode(Int32?.self, Int64.self, PostgresTimestamp?.self)
                try types.learn(try await fresh.query(AppendSQL.eventTypes))
                return (fresh, timeline, tail, recordedAt)
            } catch {
                await fresh.close()
                throw error
            }
        }
        guard let timeline else {
            await fresh.close()
            throw .lost(reason: "the server is in recovery and takes no writes")
        }
        // Whoever writes on where events were lost gives their positions to others.
        var isSame = true
        if let recordedAt, let mark = acknowledged.mark {
            isSame = Timestamp(microseconds: recordedAt.microsecondsSince1970) == mark.recordedAt
        }
        guard timeline >= acknowledged.timeline, tail >= acknowledged.position.rawValue, isSame else {
            await fresh.close()
            logger.critical(
                "the server stands behind what was acknowledged; appending stopped",
                metadata: [
                    "event.position": "\(tail)", "event.acknowledged": "\(acknowledged.position)",
                    "postgres.timeline": "\(timeline)", "postgres.timeline.acknowledged": "\(acknowledged.timeline)",
                ]
            )
            throw .regressed(.regressed(acknowledged: acknowledged.position, found: Position(tail)))
        }
        self.timeline = timeline
        verified = acknowledged
        connection = fresh
    }

    /// Ends the session; the next `open()` begins another.
    func close() async {
        await connection?.close()
        connection = nil
    }

    /// Asks whether the commands are known, and where their streams stand. A receipt it brings is of a durable append.
    func ask(about tickets: [AppendTicket], into answers: inout AppendAnswers) async throws(AppendFailure) {
        let connection = try current()
        let commands = Set(tickets.lazy.map(\.append.command))
        let streams = Array(Set(tickets.lazy.flatMap { $0.append.writes.lazy.map(\.stream) }))
        let receiptsCall = Call(AppendSQL.receipts, commands.map { UUIDBytes($0) })
        let headsCall = Call(AppendSQL.heads, streams.map(\.rawValue))
        // Each statement sees what is committed when it begins. Receipts last: a command that is missing there was not
        // committed when its streams were looked at, so that it never reads its own events as a conflict.
        let (heads, receipts) = try await Self.attempt { () async throws(PostgresError) in
            let results = try await connection.pipeline([headsCall, receiptsCall])
            let (heads, receipts) = (try Self.heads(results[0].get(), of: streams), try Self.receipts(results[1].get()))
            // Under the lock the batch's own commit will wait with it.
            if !receipts.isEmpty { try await connection.execute(AppendSQL.confirm) }
            return (heads, receipts)
        }
        answers.add(asked: commands, receipts: receipts, heads: heads)
    }

    /// Takes as many blocks of numbers as so many new streams need.
    ///
    /// - Returns: the first number of each.
    func takeStreamIDs(_ count: Int) async throws(AppendFailure) -> [Int32] {
        let connection = try current()
        let blocks = Int32(clamping: count / Int(StreamIDs.blockSize) + 1)
        return try await Self.attempt { () async throws(PostgresError) in
            var firsts: [Int32] = []
            for row in try await connection.query(AppendSQL.streamIDs, blocks) {
                firsts.append(try row.value(0, as: Int32.self))
            }
            return firsts
        }
    }

    /// Makes room for events after the tail.
    func addPartitions(room: Int, size: Int) async throws(AppendFailure) {
        let connection = try current()
        try await Self.attempt { () async throws(PostgresError) in
            _ = try await connection.query(AppendSQL.addPartitions, Int64(room), Int64(size))
        }
    }

    /// Gives event types numbers that have none.
    func register(_ missing: Set<EventType>) async throws(AppendFailure) {
        let connection = try current()
        let (names, versions) = (missing.map(\.name), missing.map(\.version))
        try await Self.attempt { () async throws(PostgresError) in
            try await connection.execute(AppendSQL.addEventTypes, names, versions)
            try types.learn(try await connection.query(AppendSQL.eventTypes))
        }
    }

    /// Begins a transaction that holds the log's lock: no other process writes until it ends.
    func beginUnderLock() async throws(AppendFailure) {
        let connection = try current()
        try await Self.attempt { () async throws(PostgresError) in
            try await connection.execute(AppendSQL.begin)
            try await connection.execute(AppendSQL.lock)
        }
    }

    /// Ends that transaction.
    func commit() async throws(AppendFailure) {
        let connection = try current()
        let tag = try await Self.attempt { () async throws(PostgresError) in
            try await connection.query(AppendSQL.commit).commandTag
        }
        guard tag == "COMMIT" else { throw .unavailable(reason: "the transaction had failed before its commit") }
    }

    /// Writes a batch, and commits it unless a transaction is open.
    func append(_ call: Call) async throws(AppendFailure) -> BatchReceipt {
        let connection = try current()
        return try await Self.attempt { () async throws(PostgresError) in
            let rows = try await connection.query(call)
            let (first, recordedAt) = try rows[0].decode(Int64.self, PostgresTimestamp.self)
            return BatchReceipt(
                first: Position(first),
                recordedAt: Timestamp(microseconds: recordedAt.microsecondsSince1970)
            )
        }
    }

    /// Notes that callers are going to be told of a batch. To be called before any of them is.
    func acknowledge(_ receipt: BatchReceipt, count: Int) throws(AppendFailure) {
        let last = receipt.first.advanced(by: count - 1)
        let mark = Appender.Acknowledged.Mark(position: last, recordedAt: receipt.recordedAt)
        try acknowledge(Appender.Acknowledged(position: last, timeline: timeline, mark: mark))
    }

    /// The same for what was found in the log.
    func acknowledge(_ receipts: some Collection<AppendReceipt>) throws(AppendFailure) {
        guard let last = receipts.lazy.map(\.last).max() else { return }
        // No mark: the time of what stands in a detached part is not exact.
        try acknowledge(Appender.Acknowledged(position: last, timeline: timeline))
    }

    private func acknowledge(_ new: Appender.Acknowledged) throws(AppendFailure) {
        try appender.acknowledge(new, verified: verified)
    }

    private func current() throws(AppendFailure) -> Connection {
        guard let connection else { throw .lost(reason: "the session is closed") }
        return connection
    }

    private static func attempt<T>(
        _ body: () async throws(PostgresError) -> T
    ) async throws(AppendFailure) -> T {
        do {
            return try await body()
        } catch {
            throw AppendFailure(error)
        }
    }

    private static func heads(
        _ rows: Rows,
        of streams: [StreamName]
    ) throws(PostgresError) -> [StreamName: StreamHead] {
        var heads: [StreamName: StreamHead] = [:]
        for row in rows {
            let (place, id, packed) = try row.decode(Int64.self, Int32.self, Int64.self)
            guard streams.indices.contains(Int(place) - 1) else { continue }
            heads[streams[Int(place) - 1]] = StreamHead(id: id, version: StreamHead(packed: packed).version)
        }
        return heads
    }

    private static func receipts(_ rows: Rows) throws(PostgresError) -> [CommandID: AppendReceipt] {
        var receipts: [CommandID: AppendReceipt] = [:]
        for row in rows {
            let (command, receipt) = try AppendReceipt.decode(row)
            receipts[command] = receipt
        }
        return receipts
    }
}
