import EventLog
import EventSourcing
import Glibc
import Logging
import MusterTesting
import PostgresServer
import Testing

@Suite(.timeLimit(roundsWithin: 20), .namesSeed)
struct ServerCrashTests {
    private static let writers = 8
    private static let rounds = 40

    @Test
    func `Every acknowledged append survives a server that is killed`() async throws {
        try await Rounds.run("a server that is killed") { try await crash(seed: $0) }
    }

    private func crash(seed: UInt64) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let directory = try TemporaryDirectory()
        let cluster = PrivateCluster(directory: directory.path, logger: logger)
        try await cluster.start()
        do {
            try await crash(cluster, seed: seed, logger)
            try await cluster.stop(.immediate)
            directory.remove()
        } catch {
            try await cluster.stop(.immediate)
            directory.remove()
            throw error
        }
    }

    private func crash(_ cluster: PrivateCluster, seed: UInt64, _ logger: Logger) async throws {
        let total = Self.writers * Self.rounds
        let oracle = Oracle("seed \(seed)")
        try await TestDatabase(conninfo: cluster.conninfo, logger: logger).withLog { log in
            try await withThrowingTaskGroup { group in
                for writer in 0..<Self.writers {
                    group.addTask { try await Self.write(writer, to: log, seed: seed, oracle) }
                }
                group.addTask {
                    var generator = SeededGenerator(seed: ~seed)
                    for _ in 0..<2 {
                        let next = oracle.acknowledgedCount + Int.random(in: 20...100, using: &generator)
                        while oracle.acknowledgedCount < min(next, total) { await Task.yield() }
                        try await Self.killServer(of: cluster)
                        try await cluster.start()
                    }
                }
                try await group.waitForAll()
            }
            #expect(oracle.acknowledgedCount == total, "seed \(seed)")
            try await oracle.check(log)
        }
    }

    /// Kills the server and waits for its end: a start meanwhile would find it running still, and ready.
    private static func killServer(of cluster: PrivateCluster) async throws {
        guard let server = cluster.serverProcessID else { return }
        kill(server, SIGKILL)
        while cluster.serverProcessID == server { try await Task.sleep(for: .milliseconds(1)) }
    }

    private static func write(_ writer: Int, to log: Log, seed: UInt64, _ oracle: Oracle) async throws {
        var generator = SeededGenerator(seed: seed &+ UInt64(writer))
        for _ in 0..<rounds {
            let stream = Samples.stream("\(Int.random(in: 0..<5, using: &generator))")
            let append = Samples.append(Samples.write(stream), command: Samples.command(&generator))
            let start = oracle.begin()
            oracle.note(append, try await log.insist(on: append), begunAfter: start)
        }
    }
}
