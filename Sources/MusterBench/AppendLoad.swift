import EventLog
import EventSourcing
import MusterRuntime

/// Callers that append to one log at the same time, each to a stream of its own, one append after the other: with
/// verdict, idempotency and expected version.
struct AppendLoad: Sendable {
    struct Run: Sendable {
        let eventsPerSecond: Double
        /// Of each append.
        let latencies: [Duration]
    }

    let callers: Int
    /// Events in one append.
    var events = 1

    private static let payload = Array(#"{"note":"\#(String(repeating: "x", count: 285))"}"#.utf8)
    private static let metadata = Array(#"{"person":"bench","party":"bench","role":"system","territory":"bench"}"#.utf8)

    /// Appends for half a second to warm up, and then for `time`.
    func measure(for time: Duration, on log: Log, stream name: String = "warm") async throws -> Run {
        _ = try await append(until: .now + .milliseconds(500), to: log, stream: name)
        return try await append(until: .now + time, to: log, stream: name + "-run")
    }

    /// Appends until the log holds so many events.
    func fill(_ log: Log, to size: Int, stream name: String, progress: @Sendable (Int) -> Void) async throws {
        while true {
            let tail = Int(try await log.tail().rawValue)
            guard tail < size else { return }
            progress(tail)
            _ = try await append(until: .now + .seconds(2), to: log, stream: "\(name)-\(tail)")
        }
    }

    private func append(until end: ContinuousClock.Instant, to log: Log, stream name: String) async throws -> Run {
        let start = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    try await call(StreamName(category: "bench", id: "\(name)-\(caller)"), log, until: end)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let count = Double(latencies.count * events)
        return Run(eventsPerSecond: count / ((.now - start) / .seconds(1)), latencies: latencies)
    }

    private func call(_ stream: StreamName, _ log: Log, until end: ContinuousClock.Instant) async throws -> [Duration] {
        var latencies: [Duration] = []
        var random = SystemRandomNumberGenerator()
        var version = StreamVersion.none
        let events = Array(repeating: NewEvent(type: EventType("Measured"), data: Self.payload), count: events)
        while true {
            let before = ContinuousClock.now
            guard before < end else { return latencies }
            let now = Timestamp.now()
            let append = Append(
                command: CommandID(UniqueID(version7At: now, random: (random.next(), random.next()))),
                occurredAt: now,
                metadata: Self.metadata,
                writes: [StreamWrite(stream: stream, expected: .exactly(version), events: events)]
            )
            guard case .appended = try await log.append(append) else {
                throw BenchError("an append of the benchmark was not appended")
            }
            version = version.advanced(by: events.count)
            latencies.append(.now - before)
        }
    }
}
