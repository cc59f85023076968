import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@Suite(.testDatabase)
struct BoundsTests {
    private static let stream = Samples.stream("bounds")

    private static let bad: [(String, Append)] = [
        ("too many events", Samples.append(Samples.write(stream, .any, count: 1_001))),
        ("too large an event", append(data: Array(repeating: UInt8(ascii: "x"), count: 256 * 1_024 + 1))),
        ("no UTF-8", append(data: [0x22, 0xFF, 0x22])),
        ("a NUL byte", append(data: [0x22, 0, 0x22])),
        ("an escaped NUL", append(data: Array(#"{"a":"\\\u0000"}"#.utf8))),
        ("no payload", append(data: [])),
        ("a stream without a name", Samples.append(Samples.write(StreamName(stored: "")))),
        (
            "a stream with a long name",
            Samples.append(Samples.write(StreamName(stored: String(repeating: "a", count: 201))))
        ),
        ("a stream with a NUL in its name", Samples.append(Samples.write(StreamName(stored: "a\0b")))),
        ("an event type without a name", append(type: "")),
        ("an event type with a long name", append(type: String(repeating: "T", count: 1_000))),
        ("an event type with a NUL in its name", append(type: "A\0B")),
        (
            "too large metadata",
            Append(
                command: Samples.command(),
                occurredAt: Samples.time,
                metadata: Array(repeating: UInt8(ascii: "1"), count: 256 * 1_024 + 1),
                writes: [Samples.write(stream)]
            )
        ),
        (
            "too many bytes in all",
            Samples.append(
                StreamWrite(
                    stream: stream,
                    expected: .any,
                    events: (0..<40).map { _ in
                        NewEvent(type: EventType("Large"), data: Array(repeating: UInt8(ascii: "1"), count: 250_000))
                    }
                )
            )
        ),
        ("a negative version", Samples.append(Samples.write(stream, .exactly(StreamVersion(-1))))),
        (
            "a time beyond the calendar",
            Append(
                command: Samples.command(),
                occurredAt: Timestamp(microseconds: .max),
                metadata: Array("{}".utf8),
                writes: [Samples.write(stream)]
            )
        ),
    ]

    @Test(.timeLimit(.minutes(20)))
    func `What breaks a bound is refused and does no harm to others`() async throws {
        try await TestDatabase.current.withLog(configuration: .patient) { log in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (what, append) in Self.bad {
                    group.addTask {
                        _ = await #expect("\(what)") { _ = try await log.append(append) } throws: {
                            if case AppendError.invalid = $0 { true } else { false }
                        }
                    }
                    group.addTask {
                        let good = Samples.append(Samples.write(Samples.stream(what), .noStream))
                        let verdict = try await log.append(good)
                        #expect(verdict.receipt != nil)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await log.events(of: Self.stream, after: .none, limit: 1).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The largest append goes through and reads back`() async throws {
        try await TestDatabase.current.withLog("large") { log in
            let text = "\"" + String(repeating: "文\\\\u0000", count: 20_000) + "\""
            let append = Samples.append(
                StreamWrite(
                    stream: Self.stream,
                    expected: .noStream,
                    events: (0..<30).map { _ in NewEvent(type: EventType("Large"), data: Array(text.utf8)) }
                ),
                Samples.write(Samples.stream("many"), .noStream, count: 970)
            )
            let verdict = try await log.append(append)
            #expect(verdict.receipt?.count == 1_000)
            let events = try await log.events(of: Self.stream, after: .none, limit: 1)
            #expect(events.first?.data == Array(text.utf8))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A large request is answered append by append, in order`() async throws {
        try await TestDatabase.current.withLog("request", configuration: .patient) { log in
            let appends = (0..<3_000).map { Samples.append(Samples.write(Samples.stream("\($0 % 100)"))) }
            let verdicts = try await log.append(contentsOf: appends)
            #expect(verdicts.count == 3_000)
            #expect(Set(verdicts.compactMap(\.receipt?.first)).count == 3_000)
            let repeated = try await log.append(contentsOf: appends)
            #expect(repeated == verdicts.compactMap(\.receipt).map { .duplicate(of: $0) })
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Wrong expected versions are conflicts that name the actual one, and fail no neighbour`() async throws {
        try await TestDatabase.current.withLog("versions") { log in
            let (old, new) = (Samples.stream("old"), Samples.stream("new"))
            _ = try await log.append(Samples.append(Samples.write(old, .noStream, count: 3)))
            func conflict(_ stream: StreamName, _ actual: Int32) -> Verdict {
                .conflict(stream: stream, actual: StreamVersion(actual))
            }
            let wrong: [(StreamName, ExpectedVersion, Verdict)] = [
                (old, .noStream, conflict(old, 3)),
                (old, .exactly(StreamVersion(2)), conflict(old, 3)),
                (old, .exactly(StreamVersion(4)), conflict(old, 3)),
                (old, .exactly(StreamVersion(.max)), conflict(old, 3)),
                (new, .streamExists, conflict(new, 0)),
                (new, .exactly(StreamVersion(1)), conflict(new, 0)),
            ]
            // One request, so that all of them are in one batch with good ones.
            let appends = wrong.enumerated().flatMap { number, entry in
                [
                    Samples.append(Samples.write(entry.0, entry.1)),
                    Samples.append(
                        Samples.write(Samples.stream("good-\(number)"), .noStream),
                        Samples.write(Samples.stream("shared"))
                    ),
                ]
            }
            let verdicts = try await log.append(contentsOf: appends)
            for (number, entry) in wrong.enumerated() {
                #expect(verdicts[2 * number] == entry.2, "\(entry.1)")
                #expect(verdicts[2 * number + 1].receipt?.count == 2)
            }
            #expect(try await log.tail() == Position(3 + 2 * Int64(wrong.count)))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A stream takes events up to the last version there is, and refuses more`() async throws {
        try await TestDatabase.current.withLog("full") { log in
            let stream = Samples.stream("full")
            _ = try await log.append(Samples.append(Samples.write(stream, .noStream)))
            let skip = Statement(
                "test_skip",
                "update stream_versions set stream_version = (stream_version >> 32 << 32) + 2147483645"
            )
            try await log.pool.execute(skip)
            // Another handle: this one remembers where the stream stood.
            try await TestDatabase.current.withLog("full") { other in
                for (count, isTaken) in [(3, false), (2, true), (1, false)] {
                    let append = Samples.append(Samples.write(stream, .any, count: count))
                    do throws(AppendError) {
                        let verdict = try await other.append(append)
                        #expect(isTaken && verdict.receipt != nil, "\(count)")
                    } catch {
                        #expect(!isTaken && error == .invalid(reason: "stream \(stream) is full"), "\(count)")
                    }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `More than may wait is told to come again later, and nothing of it is written`() async throws {
        var configuration = LogConfiguration.patient
        configuration.waitingLimit = 20
        configuration.lanes = 1
        try await TestDatabase.current.withLog("crowd", configuration: configuration) { log in
            let oracle = Oracle()
            try await log.pool.withConnection { connection in
                try await connection.script("begin; set local idle_in_transaction_session_timeout = 0")
                _ = try await connection.query(Statement("test_lock", "select lock_log()"))
                let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                    // The first is under way and waits for the lock; then twenty may wait.
                    for number in 0..<60 {
                        group.addTask {
                            let append = Samples.append(Samples.write(Samples.stream("\(number)"), .noStream))
                            do throws(AppendError) {
                                oracle.note(append, try await log.append(append))
                                return true
                            } catch {
                                guard case .overloaded(let retryAfter) = error else { throw error }
                                #expect(retryAfter > .zero)
                                return false
                            }
                        }
                    }
                    var answers: [Bool] = []
                    while let answer = try await group.next() {
                        answers.append(answer)
                        // All that can be refused have been: the others wait for us.
                        if answers.count == 60 - 21 { try await connection.execute(Statement("test_end", "commit")) }
                    }
                    return answers
                }
                #expect(answers.count { !$0 } == 39)
            }
            #expect(oracle.acknowledgedCount == 21)
            try await oracle.check(log)
            #expect(try await log.tail() == Position(21))
        }
    }

    private static func append(type: String) -> Append {
        let event = NewEvent(type: EventType(type), data: Array("{}".utf8))
        return Samples.append(StreamWrite(stream: stream, expected: .any, events: [event]))
    }

    private static func append(data: [UInt8]) -> Append {
        Samples.append(
            StreamWrite(stream: stream, expected: .any, events: [NewEvent(type: EventType("Odd"), data: data)])
        )
    }
}
