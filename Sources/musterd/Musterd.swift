import ArgumentParser
import MusterRuntime

/// The daemon: one role a process, or all in one.
@main
struct Musterd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "musterd",
        abstract: "The Muster daemon: gateway, projector, worker, or all of them in one process.",
        discussion: """
            Keys come from flags, then the environment (MUSTER_DATABASE_URL, MUSTER_HTTP_LISTEN, …), then the file.
            SIGTERM drains: no new work is taken, what is under way is finished, then the process ends with 0.
            """
    )

    /// What this process does.
    enum Role: String, ExpressibleByArgument, CaseIterable {
        case gateway, projector, worker, all

        var roles: DaemonConfiguration.Roles {
            switch self {
            case .gateway: .gateway
            case .projector: .projector
            case .worker: .worker
            case .all: .all
            }
        }
    }

    @Argument(help: "What this process does: gateway, projector, worker or all.")
    var role: Role

    @Option(help: "A YAML file with the keys of the configuration.")
    var config: String?

    @Option(help: "Connection string or URL of the database (key database.url).")
    var database: String?

    @Option(help: "The log to serve (key log.name).")
    var log: String?

    @Option(help: "HOST:PORT where the gateway listens (key http.listen).")
    var listen: String?

    func run() async throws {
        var flags: [String: String] = [:]
        flags["database.url"] = database
        flags["log.name"] = log
        flags["http.listen"] = listen
        let reader = try await DaemonConfiguration.reader(flags: flags, file: config)
        let configuration = try DaemonConfiguration(roles: role.roles, reader: reader)
        LogOutput.bootstrap(level: configuration.logLevel)
        try await Daemon(configuration: configuration).run()
    }
}
