import AsyncHTTPClient
import EventLog
import EventSourcing
import Foundation
import Logging
import MusterDomain
import MusterRuntime
import NIOCore
import NIOHTTP1
import PostgresServer
import Records
import Synchronization

/// The time from sending a command over HTTP to seeing its event in the operations board's event stream, while 500
/// commands a second come in.
struct BoardLatencyBenchmark: Benchmark {
    let ids = ["board.latency"]

    private static let perSecond = 500
    private static let log = LogName("latency")

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        guard let log = Self.log else { return [] }
        BenchCluster.say("board.latency: \(Self.perSecond) commands a second over HTTP, watched over SSE")
        try await bench.database.createLog(log, mode: .live)
        let keys = NSTemporaryDirectory() + "muster-bench-keys-\(UUID().uuidString)"
        let daemon = Daemon(
            configuration: DaemonConfiguration(
                roles: [.gateway],
                databaseURL: bench.cluster.conninfo,
                log: log,
                listen: .init(host: "127.0.0.1", port: 0),
                keyDirectory: keys,
                drainLimit: .seconds(5),
                logLevel: .error
            )
        )
        let (addresses, announce) = AsyncStream.makeStream(of: String.self)
        let runs = try await withThrowingTaskGroup(of: [[Duration]]?.self) { group in
            group.addTask {
                try await daemon.run { announce.yield($0.url) }
                return nil
            }
            group.addTask {
                for await url in addresses {
                    return try await measure(at: url, log: log, keys: keys, on: bench)
                }
                return nil
            }
            while let finished = try await group.next() {
                guard let runs = finished else { continue }
                group.cancelAll()
                return runs
            }
            throw BenchError("the daemon stopped before the benchmark did")
        }
        try FileManager.default.removeItem(atPath: keys)
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

    private func measure(
        at url: String,
        log: LogName,
        keys: String,
        on bench: BenchCluster
    ) async throws -> [[Duration]] {
        let signer = try await TokenSigner(keyDirectory: keys)
        let city = TerritoryID("bench-city")
        let administrator = Actor(
            person: PersonID("administrator"),
            party: PartyID("bench"),
            role: .administrator,
            territory: city
        )
        let resident = Actor(
            person: PersonID("resident"),
            party: PartyID("residents"),
            role: .resident,
            territory: city
        )
        let token = try await signer.token(for: resident, log: log, lifetime: .seconds(3_600))
        let setUp = CommandSender(
            url: url,
            token: try await signer.token(for: administrator, log: log, lifetime: .seconds(3_600)),
            language: .en
        )
        let territory = DefineTerritory(
            territory: city,
            level: .city,
            parent: nil,
            nameEN: "Bench",
            nameZH: "测试",
            households: nil
        )
        let answer = try await setUp.send("DefineTerritory", data: territory.data, id: nil, log: log)
        guard answer.isAccepted else { throw BenchError("set-up was refused: \(answer.body)") }
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(configuration: configuration)
        do {
            var runs: [[Duration]] = []
            for _ in 0..<bench.runCount {
                runs.append(
                    try await Watched(url: url, token: token, log: log, client: client)
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
}

/// One run: commands go out at a fixed rate, whatever comes back, and the event stream says when each was seen.
private struct Watched: Sendable {
    let url: String
    let token: String
    let log: LogName
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
        var random = SystemRandomNumberGenerator()
        let id = UniqueID(version7At: .now(), random: (random.next(), random.next()))
        let report = SubmitReport(
            report: ReportID(id),
            channel: .app,
            kind: .lighting,
            territory: TerritoryID("bench-city"),
            place: "Bench Street 1",
            text: "The street light is out."
        )
        var request = HTTPClientRequest(url: url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Content-Type", value: "application/json")
        let data = String(decoding: report.data, as: UTF8.self)
        request.body = .bytes(
            ByteBuffer(string: #"{"command":"SubmitReport","id":"\#(id)","log":"\#(log)","data":\#(data)}"#)
        )
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
        var request = HTTPClientRequest(url: url + "/v1/boards/operations/events")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
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
