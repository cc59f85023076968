import EventLog
import EventSourcing
import Logging
import MusterBoards
import MusterCommands
import MusterDomain
import MusterRuntime
import NIOCore
import Records
import Synchronization

/// The commands of the town's people in seven systems: what deciding one costs, and how many go through one daemon in all
/// its roles, and how fast all live boards fold what came of it.
struct TownMixBenchmark: Benchmark {
    let ids = ["town.decide", "town.commands", "town.boards"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        var decisions: [[Duration]] = []
        var betweenAppends: [[Duration]] = []
        var runs: [HTTPLoad.Run] = []
        var events: [Double] = []
        var folds: [Double] = []
        guard let name = LogName("town") else { throw BenchError("no name of a log") }
        for run in 1...bench.runCount {
            BenchCluster.say("town.decide, town.boards: lives of seven systems, run \(run) of \(bench.runCount)")
            let (lives, logger) = (bench.isQuick ? 40 : 1_000, bench.logger)
            let memory = InMemoryEventStore(name: name, now: Timestamp.now)
            decisions.append(try await Self.decide(lives: lives, on: memory))
            let (times, fold) = try await bench.withLog("town-decide-\(run)") { log in
                (try await Self.decide(lives: lives, on: log), try await Self.fold(log, logger))
            }
            betweenAppends.append(times)
            folds.append(fold)
            BenchCluster.say("town.commands: 64 connections, all roles, run \(run) of \(bench.runCount)")
            let time = bench.runTime
            let (sent, appended) = try await BenchGateway.with(
                log: "town-\(run)",
                on: bench,
                hasAllRoles: true
            ) { gateway in
                let begin = ContinuousClock.now
                let sent = try await Self.send(to: gateway, for: time)
                let took = begin.duration(to: .now)
                // Nothing but what is set up was in the log before.
                let tail = try await bench.database.withLog(gateway.log) { try await $0.tail() }
                return (sent, Double(tail.rawValue) / (took / .seconds(1)))
            }
            runs.append(sent)
            events.append(appended)
        }
        /// In microseconds, of each run.
        func percentile(_ percent: Int, _ times: [[Duration]]) -> [Double] {
            times.compactMap { Measurement.percentile(percent, of: $0.sorted()) }.map { $0 * 1_000 }
        }
        return [
            Measurement(
                id: ids[0],
                unit: "µs",
                runs: percentile(50, decisions),
                beside: [
                    ("at the 99th percentile, µs", Measurement.median(percentile(99, decisions))),
                    (
                        "by one caller that waits for each durable append, µs",
                        Measurement.median(percentile(50, betweenAppends))
                    ),
                ]
            ),
            Measurement(
                id: ids[1],
                unit: "commands/s",
                runs: runs.map(\.perSecond),
                latencies: runs.flatMap(\.latencies),
                beside: [
                    ("events of it and of what Muster did about it, appended a second", Measurement.median(events)),
                    ("the load's share of all processors, %", Measurement.median(runs.map(\.share))),
                ]
            ),
            Measurement(id: ids[2], unit: "events/s", runs: folds),
        ]
    }

    /// Events a second that all live boards take in, as after the start of a gateway.
    private static func fold(_ log: Log, _ logger: Logger) async throws -> Double {
        let boards = LiveBoards(
            log: log.name,
            mode: log.mode,
            logger: logger,
            now: Timestamp.now,
            configuration: LiveBoards.Configuration(),
            tail: { try await log.tail() },
            events: { log.subscribe(from: $0) }
        )
        let tail = try await log.tail()
        let begin = ContinuousClock.now
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await boards.run() }
            defer { group.cancelAll() }
            guard await boards.wait(until: tail, timeout: .seconds(600)) else {
                throw BenchError("the boards did not catch up")
            }
            return Double(tail.rawValue) / (begin.duration(to: .now) / .seconds(1))
        }
    }

    /// What handling each command takes, but for the log: checking, loading what is remembered, deciding, encoding.
    ///
    /// One caller who waits for the server between commands finds the processor's caches full of other things each time.
    /// A log in memory shows the work itself.
    private static func decide(lives: Int, on log: any EventStore) async throws -> [Duration] {
        let store = TimedStore(store: log)
        let handler = CommandHandler(store: store, limits: .standard, now: Timestamp.now)
        var times: [Duration] = []
        func send(_ command: TownCommand) async throws {
            let entry = CommandCatalogue.entry(of: command.command)
            let envelope = CommandEnvelope(id: command.id, command: command.command, entry: entry, actor: command.actor)
            store.forget()
            let begin = ContinuousClock.now
            guard case .appended = try await handler.handle(envelope) else {
                throw BenchError("\(entry.name) of the town was not appended")
            }
            times.append(begin.duration(to: .now) - store.time)
        }
        for command in TownLife.setup { try await send(command) }
        times.removeAll()
        for number in 0..<lives {
            let life = TownLife(lane: number % TownLife.lanes, name: "d\(number)", now: .now())
            for command in life.commands { try await send(command) }
        }
        return times
    }

    private static func send(to gateway: BenchGateway, for time: Duration) async throws -> HTTPLoad.Run {
        var tokens: [PersonID: String] = [:]
        func token(of actor: Actor) async throws {
            guard tokens[actor.person] == nil else { return }
            tokens[actor.person] = try await gateway.signer.token(
                for: actor,
                log: gateway.log,
                lifetime: .seconds(3_600)
            )
        }
        for command in TownLife.setup {
            try await token(of: command.actor)
            let sender = CommandSender(url: gateway.url, token: tokens[command.actor.person] ?? "", language: .en)
            let name = CommandCatalogue.entry(of: command.command).name
            let answer = try await sender.send(name, data: command.command.data, id: command.id, log: gateway.log)
            guard answer.isAccepted else { throw BenchError("the town's set-up was refused: \(answer.body)") }
        }
        for lane in 0..<TownLife.lanes {
            for command in TownLife(lane: lane, name: "x", now: .now()).commands { try await token(of: command.actor) }
        }
        let (log, known) = (gateway.log, tokens)
        // Muster itself may have done what somebody was about to: then there is nothing to do.
        let load = HTTPLoad(server: gateway.process, statuses: 200...201) { connection in
            LifeRequests(lane: connection, log: log, tokens: known)
        }
        return try await load.measure(for: time)
    }
}

/// What the people of one lane send, life after life.
private struct LifeRequests: RequestSource {
    let lane: Int
    let log: LogName
    let tokens: [PersonID: String]
    private var lives = 0
    private var commands: ArraySlice<TownCommand> = []

    init(lane: Int, log: LogName, tokens: [PersonID: String]) {
        self.lane = lane
        self.log = log
        self.tokens = tokens
    }

    mutating func next() -> ByteBuffer {
        if commands.isEmpty {
            lives += 1
            commands = TownLife(lane: lane, name: "\(lane)-\(lives)", now: .now()).commands[...]
        }
        let command = commands.removeFirst()
        let body = CommandSender.body(
            CommandCatalogue.entry(of: command.command).name,
            data: command.command.data,
            id: command.id,
            log: log
        )
        let token = tokens[command.actor.person] ?? ""
        var request = ByteBuffer(
            string: "POST /v1/commands HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(token)\r\nContent-Length: \(body.count)\r\n\r\n"
        )
        request.writeBytes(body)
        return request
    }
}

/// The log, and how long one caller waited for it.
private final class TimedStore: EventStore {
    private let store: any EventStore
    private let spent = Mutex(Duration.zero)

    init(store: any EventStore) { self.store = store }

    var name: LogName { store.name }
    var mode: LogMode { store.mode }
    var time: Duration { spent.withLock { $0 } }

    func forget() { spent.withLock { $0 = .zero } }

    func append(_ append: Append) async throws(AppendError) -> Verdict {
        let begin = ContinuousClock.now
        defer { note(since: begin) }
        return try await store.append(append)
    }

    func receipt(of command: CommandID) async throws -> AppendReceipt? {
        try await timed { try await store.receipt(of: command) }
    }

    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await timed { try await store.events(after: versions, limit: limit) }
    }

    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await timed { try await store.events(after: position, limit: limit) }
    }

    func tail() async throws -> Position { try await timed { try await store.tail() } }

    private func timed<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let begin = ContinuousClock.now
        defer { note(since: begin) }
        return try await body()
    }

    private func note(since begin: ContinuousClock.Instant) {
        spent.withLock { $0 += begin.duration(to: .now) }
    }
}
