import AsyncHTTPClient
import EventLog
package import EventSourcing
import Glibc
package import Logging
import MusterDomain
import MusterGateway
import PostgresServer
import Records
import ServiceLifecycle

/// Everything on this machine: `muster up`.
package struct EmbeddedDaemon: Sendable {
    /// What `muster up` was asked for.
    package struct Options: Sendable {
        package var access: DatabaseAccess
        package var log: LogName
        package var listen: DaemonConfiguration.Address
        /// Plays a made-up town.
        package var isDemo: Bool
        /// Divides all time limits, and makes the town as much faster.
        package var speed: Double
        package var seed: UInt64
        package var logLevel: Logger.Level

        package init(
            access: DatabaseAccess,
            log: LogName,
            listen: DaemonConfiguration.Address,
            isDemo: Bool,
            speed: Double,
            seed: UInt64,
            logLevel: Logger.Level
        ) {
            self.access = access
            self.log = log
            self.listen = listen
            self.isDemo = isDemo
            self.speed = speed
            self.seed = seed
            self.logLevel = logLevel
        }
    }

    private static let linkLifetime = Duration.seconds(3_600)

    private let options: Options
    private let logger = Logger(label: "muster")

    package init(_ options: Options) { self.options = options }

    /// Runs until Ctrl-C or SIGTERM, then stops cleanly; the private server too, unless others use it.
    ///
    /// - Parameter say: takes the lines for the person who started it.
    package func run(say: @escaping @Sendable (String) -> Void) async throws {
        switch options.access {
        case .url(let url):
            // Only the keys lie here then. An existing directory is as good, and one that cannot be made is named by them.
            mkdir(DatabaseAccess.defaultDirectory, geteuid() == 0 ? 0o711 : 0o700)
            try await run(on: url, keyDirectory: DatabaseAccess.defaultDirectory + "/keys", say: say)
        case .directory(let directory):
            let cluster = PrivateCluster(directory: directory, logger: logger)
            say("Starting PostgreSQL in \(directory) …")
            try await cluster.start()
            do {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await ServerWatch(cluster: cluster, logger: logger).run() }
                    group.addTask { try await run(on: cluster.conninfo, keyDirectory: directory + "/keys", say: say) }
                    try await group.next()
                    group.cancelAll()
                }
            } catch {
                try await cluster.leave()
                throw error
            }
            say("Stopping PostgreSQL …")
            try await cluster.leave()
        }
    }

    private func run(on url: String, keyDirectory: String, say: @escaping @Sendable (String) -> Void) async throws {
        let database = LogDatabase(conninfo: url, logger: logger)
        try await database.migrate()
        try await database.createLog(options.log, mode: .live)
        let configuration = DaemonConfiguration(
            roles: .all,
            databaseURL: url,
            log: options.log,
            listen: options.listen,
            keyDirectory: keyDirectory,
            speed: options.speed,
            logLevel: options.logLevel
        )
        let client = HTTPClient()
        let daemon = Daemon(configuration: configuration, logger: logger) { surroundings in
            if options.isDemo { town(in: surroundings, client: client) } else { Idle() }
        }
        do {
            try await daemon.run { surroundings in await announce(surroundings, say: say) }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func town(in surroundings: Daemon.Surroundings, client: HTTPClient) -> TownPlay {
        let dice = TownDice(seed: options.seed)
        return TownPlay(
            events: surroundings.events,
            door: TownDoor(
                url: surroundings.url,
                log: surroundings.log.name,
                tokens: surroundings.tokens,
                client: client
            ),
            story: TownStory(dice: dice, limits: .standard, speed: options.speed),
            reports: TownReports(dice: dice, speed: options.speed),
            speed: options.speed,
            logger: logger
        )
    }

    private func announce(_ surroundings: Daemon.Surroundings, say: @Sendable (String) -> Void) async {
        say("\nMuster is up.\n")
        say("  Boards     \(surroundings.url)/")
        if options.isDemo {
            say("  Sign in as (each link works once, for an hour)")
            for actor in Town.visitors {
                guard
                    let token = try? await surroundings.tokens.makeToken(
                        for: actor,
                        log: surroundings.log.name,
                        use: .signIn,
                        lifetime: Self.linkLifetime
                    )
                else { continue }
                say("    \(actor.role.words.en), \(actor.role.words.zh)  (\(actor.person))")
                say("      \(surroundings.url)/sign-in?token=\(token)")
            }
            say("  The town moves at \(options.speed)× the speed of life; --speed changes that.")
        } else {
            say("  Sign-in links and tokens: muster token --help")
        }
        say("  Log \(surroundings.log.name), \(surroundings.log.mode.rawValue). Ctrl-C stops.\n")
    }
}
