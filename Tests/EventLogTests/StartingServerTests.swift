import EventLog
import EventSourcing
import Logging
import MusterTesting
import Postgres
import PostgresServer
import Synchronization
import Testing

/// What is asked of a server that has not come up yet.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct StartingServerTests {
    @Test
    func `A server that recovers is waited for, and that is told once`() async throws {
        try await withRecoveringServer { servers, told, database in
            async let logs = database.logs()
            while told.lines.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            try await Task.sleep(for: .milliseconds(500))
            try servers.endRecovery()
            #expect(try await logs.map(\.tail) == [Position(1)])
            #expect(told.lines == ["the server is starting or recovering, and is waited for"])
        }
    }

    @Test
    func `Whoever gives up waiting for it is not held`() async throws {
        try await withRecoveringServer { servers, told, database in
            let asking = Task { try await database.logs() }
            while told.lines.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            asking.cancel()
            await #expect(throws: (any Error).self) { try await asking.value }
            try servers.endRecovery()
        }
    }

    /// A server with a log of one event; it recovers until the body ends that.
    private func withRecoveringServer(
        _ body: @escaping @Sendable (Servers, Told, LogDatabase) async throws -> Void
    ) async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                _ = try await log.append(Samples.append(Samples.write(Samples.stream("s"))))
                let recovering = try await servers.copyRecovering()
                try await recovering.prepare()
                try await withThrowingTaskGroup { group in
                    group.addTask { try await recovering.start() }
                    try await waitUntilItAnswers(recovering)
                    let told = Told()
                    try await body(servers, told, LogDatabase(conninfo: recovering.conninfo, logger: told.logger))
                    try await group.waitForAll()
                }
                try await recovering.stop(.immediate)
            }
        }
    }

    /// Returns when the server says that it cannot be used yet.
    private func waitUntilItAnswers(_ server: PrivateCluster) async throws {
        let configuration = ConnectionConfiguration(conninfo: server.conninfo, applicationName: "test")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        while true {
            do throws(PostgresError) {
                let connection = try await Connection.connect(configuration, logger: logger)
                await connection.close()
                Issue.record("the server is there already")
                return
            } catch {
                if error.sqlState == .cannotConnectNow { return }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

/// Keeps what is logged.
private final class Told: Sendable {
    private struct Handler: LogHandler {
        let told: Told
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.notice

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { told.kept.withLock { $0.append("\(event.message)") } }
    }

    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(told: self) } }
}
