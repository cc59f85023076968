import ArgumentParser
import EventSourcing
import Logging
import MusterRuntime

/// The gateway that benchmarks ask, in a process of its own.
struct ServeGateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve-gateway", shouldDisplay: false)

    @Option var database: String
    @Option var log: String
    @Option var keys: String
    /// Of the daemon, not the gateway's alone.
    @Flag var allRoles = false

    func run() async throws {
        guard let log = LogName(log) else { throw BenchError("'\(log)' is no name for a log") }
        LogOutput.bootstrap(level: .error)
        let daemon = Daemon(
            configuration: DaemonConfiguration(
                roles: allRoles ? .all : [.gateway],
                databaseURL: database,
                log: log,
                listen: .init(host: "127.0.0.1", port: 0),
                keyDirectory: keys,
                logLevel: .error
            )
        )
        try await daemon.run { ServerProcess.announce($0.url) }
    }
}
