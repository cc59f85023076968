import EventLog
import EventSourcing
import MusterTesting
import Testing

@Suite(.testDatabase)
struct WriterProperties {
    private static let seeds = (0..<4).map { _ in UInt64.random(in: 0 ... .max) }

    @Test(.timeLimit(.minutes(5)), arguments: seeds)
    func `Any interleaving of many writers leaves a log that agrees with their verdicts`(seed: UInt64) async throws {
        try await TestDatabase.current.withLog("p-\(String(seed, radix: 36))") { log in
            let oracle = Oracle()
            try await write(to: [log], seed: seed, writers: 24, rounds: 30, oracle)
            try await oracle.check(log)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: seeds)
    func `Two processes may write to the same streams of one log`(seed: UInt64) async throws {
        let database = try TestDatabase.current
        let name = "q-\(String(seed, radix: 36))"
        try await database.withLog(name) { first in
            try await database.withLog(name) { second in
                let oracle = Oracle()
                try await write(to: [first, second], seed: seed, writers: 16, rounds: 20, oracle)
                try await oracle.check(first)
            }
        }
    }

    /// Writers that choose streams, expectations, sizes and repetitions at random, so that many disagree.
    private func write(to logs: [Log], seed: UInt64, writers: Int, rounds: Int, _ oracle: Oracle) async throws {
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &+ UInt64(writer))
                    var sent: [Append] = []
                    for _ in 0..<rounds {
                        let log = logs[Int.random(in: 0..<logs.count, using: &generator)]
                        let append: Append
                        if let old = sent.randomElement(using: &generator),
                            Int.random(in: 0..<5, using: &generator) == 0
                        {
                            append = old
                        } else {
                            append = try await Self.randomAppend(log, &generator)
                        }
                        let verdict = try await log.append(append)
                        oracle.note(append, verdict)
                        // A refused command may be sent again and be accepted then: it would be another story.
                        if verdict.receipt != nil { sent.append(append) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A process with one caller is served beside one with many`() async throws {
        let database = try TestDatabase.current
        try await database.withLog("fair") { busy in
            try await database.withLog("fair") { quiet in
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
