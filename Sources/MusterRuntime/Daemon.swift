import AsyncHTTPClient
package import EventLog
package import EventSourcing
import Evidence
import Glibc
import Hummingbird
package import Logging
import Metrics
import MusterBoards
import MusterCommands
import MusterDispatch
import MusterDomain
package import MusterGateway
import NIOCore
import PersonalData
package import ServiceLifecycle
import Synchronization
import TaskQueue
import UnixSignals

/// One process of Muster: opens the log, assembles the services of its roles, and runs them until it is told to stop.
///
/// SIGTERM and SIGINT drain: the services stop in the reverse of the order they are listed here, each when its work is
/// finished. SIGQUIT, or the drain limit, stops them at the next step; nothing that was acknowledged is lost then either.
package struct Daemon: Sendable {
    /// What a companion service is given, once the gateway listens.
    package struct Surroundings: Sendable {
        package let log: Log
        /// The log's events after a position, in clear, and then those to come.
        package let events: @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>
        package let tokens: TokenAuthority
        /// Where the gateway is reached from this machine, as `http://127.0.0.1:8080`.
        package let url: String
    }

    private let configuration: DaemonConfiguration
    private let logger: Logger
    private let companion: (@Sendable (Surroundings) -> any Service)?

    /// - Parameter companion: makes a service that is started once the gateway listens, and stopped first.
    package init(
        configuration: DaemonConfiguration,
        logger: Logger = Logger(label: "muster"),
        companion: (@Sendable (Surroundings) -> any Service)? = nil
    ) {
        self.configuration = configuration
        self.logger = logger
        self.companion = companion
    }

    /// Runs until a signal, or until a service fails.
    ///
    /// - Parameter onReady: called once, when the roles work and the gateway, if it is one of them, listens.
    package func run(onReady: @escaping @Sendable (Surroundings) async -> Void = { _ in }) async throws {
        let metrics = ProcessMetrics.registry
        let database = LogDatabase(conninfo: configuration.databaseURL, logger: logger)
        let log = try await database.openLog(configuration.log)
        let tokens = await TokenAuthority(
            keys: try TokenKeys.load(directory: configuration.keyDirectory),
            now: Timestamp.now
        )
        let keys = try await PersonKeyFile.open(for: log, directory: configuration.keyDirectory, logger: logger)
        let store = PersonalStore(log, keys: keys, logger: logger)
        let events: @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error> = {
            store.follow(log.subscribe(from: $0))
        }
        let limits = configuration.limits.scaled(by: 1 / configuration.speed)
        let commands = CommandHandler(store: store, limits: limits, now: Timestamp.now)
        let systemd = SystemdNotifier(logger: logger)
        // Yields the gateway's port once it listens.
        let (ports, listening) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))

        var services: [any Service] = [ClosureService { try await log.run() }, keys]
        let boards = LiveBoards(
            log: log.name,
            mode: log.mode,
            logger: logger,
            now: Timestamp.now,
            configuration: boardConfiguration,
            tail: { try await log.tail() },
            events: events
        )
        if !configuration.roles.isDisjoint(with: [.gateway, .projector]) {
            services.append(ClosureService { try await boards.run() })
        }
        if configuration.roles.contains(.projector) {
            let projector = BoardProjector(boards: boards, pool: log.pool, holder: Self.processName, logger: logger)
            services.append(ClosureService { await projector.run() })
            services.append(try sealing(log))
        }
        let queue = Queue(pool: log.pool, connecting: log.connecting, process: Self.processName, logger: logger)
        services.append(queue)
        if configuration.roles.contains(.worker), log.mode != .history {
            services += try workers(log: log, events: events, commands: commands, queue: queue, limits: limits)
        }
        services.append(Pulse(log: log, systemd: systemd))
        if configuration.roles.contains(.gateway) {
            let gateway = Gateway(
                configuration: gatewayConfiguration,
                services: Gateway.Services(
                    log: log.name,
                    mode: log.mode,
                    commands: commands,
                    boards: boards,
                    queue: queue,
                    seals: Seals(log: log),
                    tokens: tokens,
                    metrics: metrics,
                    readiness: [Self.logAnswers(log)],
                    now: Timestamp.now
                ),
                logger: logger
            )
            let application = try gateway.makeApplication { port in listening.yield(port) }
            services.append(
                ClosureService { [listen = configuration.listen] in
                    do {
                        try await application.run()
                    } catch let error as IOError {
                        throw ListenError(address: listen, errno: error.errnoCode)
                    }
                }
            )
        } else {
            listening.yield(0)
        }
        let host = configuration.listen.host
        services.append(
            ClosureService { [companion, roles = configuration.roles] in
                // None comes when the gateway cannot listen, or is told to stop before it does.
                guard let port = await ports.cancelOnGracefulShutdown().first(where: { _ in true }) else { return }
                let surroundings = Surroundings(
                    log: log,
                    events: events,
                    tokens: tokens,
                    url: "http://\(Self.local(host)):\(port)"
                )
                if roles.contains(.gateway) {
                    _ = await boards.wait(until: try await log.tail(), timeout: .seconds(600))
                }
                await onReady(surroundings)
                systemd.ready(status: "log \(log.name), \(log.mode.rawValue)")
                if let companion { try await companion(surroundings).run() }
                try await gracefulShutdown()
                systemd.stopping()
            }
        )
        try await group(of: services).run()
    }

    private func sealing(_ log: Log) throws -> any Service {
        let keys = try EvidenceKeys.load(directory: configuration.keyDirectory)
        let origin = configuration.evidenceOrigin ?? "\(Self.place(configuration.publicURL))/v1/logs/\(log.name)"
        return ClosureService { [witnesses = configuration.witnesses, logger] in
            let client = HTTPClient(eventLoopGroupProvider: .singleton)
            let sealer = Sealer(
                log: log,
                keys: keys,
                origin: origin,
                holder: Self.processName,
                witnesses: witnesses.map { witness in
                    Witness(key: witness.key) { try await WitnessClient(client: client, url: witness.url).ask($0) }
                },
                logger: logger
            )
            await sealer.run()
            try await client.shutdown()
        }
    }

    private func workers(
        log: Log,
        events: @escaping @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>,
        commands: CommandHandler,
        queue: Queue,
        limits: Limits
    ) throws -> [any Service] {
        let secrets = try WebhookKey.secrets(directory: configuration.keyDirectory)
        return [
            Dispatcher(queue: queue, logger: logger),
            WebhookDeliverer(handler: commands, queue: queue, secrets: secrets, now: Timestamp.now, logger: logger),
            PolicyRunner(
                log: log,
                events: events,
                handler: commands,
                queue: queue,
                policies: [
                    IntakePolicy(), WhistleClockPolicy(), MatterDeliveryPolicy(),
                    FeedbackPolicy(), InquiryDeliveryPolicy(), NoticePolicy(), AppraisalPolicy(),
                    AuthorityClockPolicy(), MeasureDeliveryPolicy(), ListDeliveryPolicy(),
                    DirectivePolicy(), DirectiveDeliveryPolicy(),
                    IncidentPolicy(), IncidentDeliveryPolicy(), RuledOutCasePolicy(),
                    GridPolicy(), HouseholdDeliveryPolicy(), IntakeDeliveryPolicy(), IntakeClockPolicy(),
                    SurgePolicy(limits: limits), DataRequestPolicy(limits: limits),
                ],
                now: Timestamp.now,
                logger: logger
            ),
        ]
    }

    private func group(of services: [any Service]) -> ServiceGroup {
        var group = ServiceGroupConfiguration(
            services: services.map { service in
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: service,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            cancellationSignals: [.sigquit],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = configuration.drainLimit
        return ServiceGroup(configuration: group)
    }

    private var boardConfiguration: LiveBoards.Configuration {
        var boards = LiveBoards.Configuration()
        boards.soon = boards.soon / configuration.speed
        boards.targets = BoardTargets(configuration.limits)
        return boards
    }

    private var gatewayConfiguration: GatewayConfiguration {
        var gateway = GatewayConfiguration()
        gateway.host = configuration.listen.host
        gateway.port = configuration.listen.port
        gateway.publicURL = configuration.publicURL
        return gateway
    }

    private static func logAnswers(_ log: Log) -> ReadinessCheck {
        ReadinessCheck("log") {
            do {
                _ = try await log.tail()
                return nil
            } catch {
                return "the database does not answer"
            }
        }
    }

    /// Names this process among all that share the database, and never another one later.
    static var processName: String { "\(hostName)/\(getpid())/\(Timestamp.now().microseconds)" }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, 255)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A URL without scheme and last slash; the machine's name when there is no URL.
    private static func place(_ url: String?) -> String {
        guard let url else { return hostName }
        let place = url.split(separator: "://", maxSplits: 1).last ?? ""
        return String(place.hasSuffix("/") ? place.dropLast() : place)
    }

    private static func local(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}
