import EventSourcing
import Foundation
import MusterDomain
import MusterRuntime
import Records

/// Watchers of one board in one process: how soon after a command was sent the last of them has the change, and what each
/// keeps in memory.
struct WatcherBenchmark: Benchmark {
    let ids = ["sse.watchers"]

    /// Descriptors that are needed besides one for each watcher.
    private static let spareDescriptors = 256

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let wanted = bench.isQuick ? 2_000 : 10_000
        let limit = DescriptorLimit.raise()
        let count = min(wanted, limit - Self.spareDescriptors)
        guard count > 0 else { throw BenchError("\(ids[0]): \(limit) open files are too few for any watcher") }
        if count < wanted {
            BenchCluster.say(
                "\(ids[0]): NOT with \(wanted) watchers: this process may open \(limit) files (ulimit -Hn), so \(count) watch"
            )
        }
        let changes = bench.isQuick ? 10 : 30
        BenchCluster.say("\(ids[0]): \(count) watchers of one board, \(changes) changes")
        return try await BenchGateway.with(log: "watchers", on: bench) { gateway in
            [try await measure(gateway, watchers: count, changes: changes)]
        }
    }

    private func measure(_ gateway: BenchGateway, watchers count: Int, changes: Int) async throws -> Measurement {
        let door = ReportDoor(gateway: gateway)
        // What the gateway loads and keeps once for all is not the watchers'.
        for _ in 0..<20 { try await door.send() }
        let crowd = WatcherCrowd(count: count)
        do {
            let before = try ProcessFigures(of: gateway.process.processID)
            try await crowd.open(
                "/v1/boards/operations/events",
                at: gateway.url,
                after: door.position
            )
            var times: [[Duration]] = []
            var share = 0.0
            for _ in 0..<changes {
                try await Task.sleep(for: .milliseconds(100))
                let (own, start) = (try ProcessFigures.own.processorTime, ContinuousClock.now)
                times.append(try await crowd.times(after: door.position) { try await door.send() })
                share += try (ProcessFigures.own.processorTime - own) / (ContinuousClock.now - start)
            }
            let after = try ProcessFigures(of: gateway.process.processID)
            try await crowd.close()
            return Measurement(
                id: ids[0],
                unit: "ms",
                runs: times.map { ($0.max() ?? .zero) / .milliseconds(1) },
                latencies: times.flatMap(\.self),
                beside: [
                    ("watchers", Double(count)),
                    ("resident memory of each, KiB", (after.residentKiB - before.residentKiB) / Double(count)),
                    ("processors that the watchers themselves took", share / Double(changes)),
                ]
            )
        } catch {
            try await crowd.close()
            throw error
        }
    }
}

/// Sends reports, one after the other.
private final class ReportDoor {
    private let gateway: BenchGateway
    private let sender: CommandSender
    /// Of the last report.
    private(set) var position: Int64 = 0

    init(gateway: BenchGateway) {
        self.gateway = gateway
        sender = CommandSender(url: gateway.url, token: gateway.token, language: .en)
    }

    func send() async throws {
        let id = UniqueID.new()
        let answer = try await sender.send(
            "SubmitReport",
            data: BenchGateway.report(id).data,
            id: CommandID(id),
            log: gateway.log
        )
        guard answer.isAccepted else { throw BenchError("a report was refused: \(answer.body)") }
        position = try JSONDecoder().decode(Receipt.self, from: Data(answer.body.utf8)).last
    }

    private struct Receipt: Decodable {
        let last: Int64
    }
}
