import AsyncHTTPClient
import EventSourcing
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// The time from sending a command over HTTP to seeing its event in the operations board's event stream, while 500
/// commands a second come in.
struct BoardLatencyBenchmark: Benchmark {
    let ids = ["board.latency"]

    private static let perSecond = 500

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        BenchCluster.say("board.latency: \(Self.perSecond) commands a second over HTTP, watched over SSE")
        let runs = try await BenchGateway.with(log: "latency", on: bench) { gateway in
            var configuration = HTTPClient.Configuration()
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
            let client = HTTPClient(configuration: configuration)
            do {
                var runs: [[Duration]] = []
                for _ in 0..<bench.runCount {
                    runs.append(
                        try await Watched(gateway: gateway, client: client)
                            .run(perSecond: Self.perSecond, for: bench.runTime)
                    )
                }
                try await client.shutdown()
                return runs
            } catch {
                try await client.shutdown()
                throw error
            }
        }
        let notify = try await NotifyRoundTrip(bench: bench).medianMilliseconds()
        return [
            Measurement(
                id: ids[0],
                unit: "ms",
                runs: runs.map { Measurement.percentile(50, of: $0.sorted()) ?? 0 },
                latencies: runs.flatMap(\.self),
                beside: [("NOTIFY round trip, p50 ms", notify)]
            )
        ]
    }
}

/// One run: commands go out at a fixed rate, whatever comes back, and the event stream says when each was seen.
private struct Watched: Sendable {
    let gateway: BenchGateway
    let client: HTTPClient

    /// What senders and the watcher note, by position.
    private final class Notes: Sendable {
        let sentAt = Mutex<[Int64: ContinuousClock.Instant]>([:])
        let seenAt = Mutex<[(position: Int64, at: ContinuousClock.Instant)]>([])

        /// From each command's sending to the first update that includes it.
        var latencies: [Duration] {
            let seen = seenAt.withLock { $0 }
            var latencies: [Duration] = []
            var index = 0
            for (position, sentAt) in sentAt.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
                while index < seen.count, seen[index].position < position { index += 1 }
                if index < seen.count { latencies.append(seen[index].at - sentAt) }
            }
            return latencies
        }
    }

    func run(perSecond: Int, for time: Duration) async throws -> [Duration] {
        let notes = Notes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (ready, announce) = AsyncStream.makeStream(of: Void.self)
            group.addTask { try await watch(into: notes, ready: announce) }
            for await _ in ready { break }
            let start = ContinuousClock.now
            // The first second opens the connections and is not counted.
            let count = perSecond * (1 + Int(time.components.seconds))
            try await withThrowingTaskGroup(of: Void.self) { senders in
                for number in 0..<count {
                    try await Task.sleep(until: start + .seconds(1) * number / perSecond, clock: .continuous)
                    senders.addTask { try await send(into: number < perSecond ? nil : notes) }
                }
                try await senders.waitForAll()
            }
            try await Task.sleep(for: .milliseconds(200))
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
        return notes.latencies
    }

    private func send(into notes: Notes?) async throws {
        var request = HTTPClientRequest(url: gateway.url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(gateway.token)")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: gateway.command(.new())))
        let sentAt = ContinuousClock.now
        let response = try await client.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 16)
        guard response.status == .created else {
            throw BenchError("a command of the benchmark was answered \(response.status): \(String(buffer: body))")
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
        notes?.sentAt.withLock { $0[answer.last] = sentAt }
    }

    private struct Answer: Decodable {
        let last: Int64
    }

    private func watch(into notes: Notes, ready: AsyncStream<Void>.Continuation) async throws {
        var request = HTTPClientRequest(url: gateway.url + "/v1/boards/operations/events")
        request.headers.add(name: "Authorization", value: "Bearer \(gateway.token)")
        let response = try await client.execute(request, deadline: .distantFuture)
        ready.yield()
        var line: [UInt8] = []
        for try await chunk in response.body {
            let at = ContinuousClock.now
            for byte in chunk.readableBytesView {
                guard byte == UInt8(ascii: "\n") else {
                    if line.count < 32 { line.append(byte) }
                    continue
                }
                let text = String(decoding: line, as: UTF8.self)
                line.removeAll(keepingCapacity: true)
                if text.hasPrefix("id:"), let position = Int64(text.dropFirst(3).drop { $0 == " " }) {
                    notes.seenAt.withLock { $0.append((position, at)) }
                }
            }
        }
    }
}
