import EventLog
import EventSourcing
import MusterTesting
import Testing

@Suite(.testDatabase, .timeLimit(roundsWithin: 20), .namesSeed)
struct WriterProperties {
    @Test
    func `Any interleaving of many writers leaves a log that agrees with their verdicts`() async throws {
        let database = try TestDatabase.current
        try await Rounds.run("writers of one process", count: 3) { seed in
            try await database.withLog(Self.name("p", seed), configuration: .patient) { log in
                let oracle = Oracle("seed \(seed)")
                try await write(to: [log], seed: seed, writers: 24, rounds: 30, oracle)
                try await oracle.check(log)
            }
        }
    }

    @Test
    func `Several processes may write to the same streams of one log, whatever their bounds`() async throws {
        let database = try TestDatabase.current
        try await Rounds.run("writers of several processes", count: 3) { seed in
            var generator = SeededGenerator(seed: seed)
            let configurations = (0..<3).map { _ in Self.randomConfiguration(&generator) }
            let name = Self.name("q", seed)
            try await database.withLog(name, configuration: configurations[0]) { first in
                try await database.withLog(name, configuration: configurations[1]) { second in
                    try await database.withLog(name, configuration: configurations[2]) { third in
                        let oracle = Oracle("seed \(seed)")
                        try await write(to: [first, second, third], seed: seed, writers: 15, rounds: 16, oracle)
                        try await oracle.check(first)
                    }
                }
            }
        }
    }

    private static func name(_ prefix: String, _ seed: UInt64) -> String {
        "\(prefix)-\(String(seed, radix: 36))-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    }

    private static func randomConfiguration(_ generator: inout SeededGenerator) -> LogConfiguration {
        var configuration = LogConfiguration.patient
        configuration.lanes = Int.random(in: 1...3, using: &generator)
        configuration.batchEventLimit = [1, 3, 20, 256].randomElement(using: &generator) ?? 1
        configuration.batchByteLimit = [2_000, 100_000].randomElement(using: &generator) ?? 2_000
        configuration.poolSize = 3
        return configuration
    }

    /// Writers that choose streams, expectations, sizes and repetitions at random, so that many disagree.
    private func write(to logs: [Log], seed: UInt64, writers: Int, rounds: Int, _ oracle: Oracle) async throws {
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &+ UInt64(writer) &* 7_919)
                    var sent: [Append] = []
                    for _ in 0..<rounds {
                        let log = logs[Int.random(in: 0..<logs.count, using: &generator)]
                        switch Int.random(in: 0..<8, using: &generator) {
                        case 0:
                            // Again, after any time, to any process.
                            guard let old = sent.randomElement(using: &generator) else { continue }
                            oracle.note(old, try await log.append(old))
                        case 1:
                            // To all at once.
                            let append = try await Self.randomAppend(log, &generator)
                            if try await Self.write(append, to: logs + logs, oracle) { sent.append(append) }
                        case 2:
                            let count = Int.random(in: 2...12, using: &generator)
                            sent += try await Self.writeRequest(of: count, to: log, &generator, oracle)
                        default:
                            let append = try await Self.randomAppend(log, &generator)
                            if try await Self.write(append, to: [log], oracle) { sent.append(append) }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A process with one caller is served beside one with many`() async throws {
        let database = try TestDatabase.current
        try await database.withLog("fair", configuration: .patient) { busy in
            try await database.withLog("fair", configuration: .patient) { quiet in
                try await withThrowingTaskGroup { group in
                    for caller in 0..<300 {
                        group.addTask {
                            while !Task.isCancelled {
                                _ = try await busy.append(
                                    Samples.append(Samples.write(Samples.stream("busy-\(caller)")))
                                )
                            }
                        }
                    }
                    for _ in 0..<100 {
                        let verdict = try await quiet.append(Samples.append(Samples.write(Samples.stream("quiet"))))
                        #expect(verdict.receipt != nil)
                    }
                    group.cancelAll()
                }
                let own = try await quiet.events(of: Samples.stream("quiet"), after: .none, limit: 1_000)
                #expect(own.count == 100)
                // The busy one had its share meanwhile.
                #expect(try await busy.tail() > Position(200))
            }
        }
    }

    /// Sends an append as often as there are logs given, at the same time.
    ///
    /// - Returns: whether it is in the log.
    private static func write(_ append: Append, to logs: [Log], _ oracle: Oracle) async throws -> Bool {
        let start = oracle.begin()
        let verdicts = try await withThrowingTaskGroup(of: Verdict.self) { group in
            for log in logs { group.addTask { try await log.append(append) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // A refused command that is sent again may be accepted: that would be another story.
        let isIn = verdicts.contains { $0.receipt != nil }
        for verdict in verdicts where verdict.receipt != nil || !isIn {
            oracle.note(append, verdict, begunAfter: start)
        }
        #expect(verdicts.count { if case .appended = $0 { true } else { false } } <= 1)
        return isIn
    }

    /// Several appends in one request, some of them twice.
    ///
    /// - Returns: those that are in the log.
    private static func writeRequest(
        of count: Int,
        to log: Log,
        _ generator: inout SeededGenerator,
        _ oracle: Oracle
    ) async throws -> [Append] {
        var appends: [Append] = []
        for _ in 0..<count {
            let append = try await randomAppend(log, &generator)
            appends.append(append)
            if Int.random(in: 0..<6, using: &generator) == 0 { appends.append(append) }
        }
        let start = oracle.begin()
        let verdicts = try await log.append(contentsOf: appends)
        #expect(verdicts.count == appends.count)
        var receipts: [CommandID: AppendReceipt] = [:]
        for (append, verdict) in zip(appends, verdicts) {
            if receipts[append.command] == nil { receipts[append.command] = verdict.receipt }
        }
        for (append, verdict) in zip(appends, verdicts)
        where verdict.receipt != nil || receipts[append.command] == nil {
            oracle.note(append, verdict, begunAfter: start)
        }
        return appends.filter { receipts[$0.command] != nil }
    }

    private static func randomAppend(_ log: Log, _ generator: inout SeededGenerator) async throws -> Append {
        let streams = (0..<6).map { Samples.stream("\($0)") }.shuffled(using: &generator)
        var writes: [StreamWrite] = []
        for stream in streams.prefix(Int.random(in: 1...3, using: &generator)) {
            let expected: ExpectedVersion
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: expected = .noStream
            case 1: expected = .streamExists
            case 2, 3: expected = .any
            default:
                let known = try await log.events(of: stream, after: .none, limit: 100_000).last?.version ?? .none
                expected = .exactly(known)
            }
            writes.append(Samples.write(stream, expected, count: Int.random(in: 1...4, using: &generator)))
        }
        return Append(
            command: Samples.command(&generator),
            occurredAt: Samples.time,
            metadata: Array("{}".utf8),
            writes: writes
        )
    }
}
