import EventLog
import EventSourcing
import MusterTesting
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

    @Test(.timeLimit(.minutes(5)))
    func `What breaks a bound is refused and does no harm to others`() async throws {
        try await TestDatabase.current.withLog { log in
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

    @Test(.timeLimit(.minutes(5)))
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

    @Test(.timeLimit(.minutes(5)))
    func `A large request is answered append by append, in order`() async throws {
        try await TestDatabase.current.withLog("request") { log in
            let appends = (0..<3_000).map { Samples.append(Samples.write(Samples.stream("\($0 % 100)"))) }
            let verdicts = try await log.append(contentsOf: appends)
            #expect(verdicts.count == 3_000)
            #expect(Set(verdicts.compactMap(\.receipt?.first)).count == 3_000)
            let repeated = try await log.append(contentsOf: appends)
            #expect(repeated == verdicts.compactMap(\.receipt).map { .duplicate(of: $0) })
        }
    }

    private static func append(data: [UInt8]) -> Append {
        Samples.append(
            StreamWrite(stream: stream, expected: .any, events: [NewEvent(type: EventType("Odd"), data: data)])
        )
    }
}
