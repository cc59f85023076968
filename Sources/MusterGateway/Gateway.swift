package import EventLog
package import EventSourcing
package import Hummingbird
import HummingbirdCore
package import Logging
package import MusterBoards
package import MusterCommands
import NIOCore
package import TaskQueue

/// The HTTP door of one log: commands in, boards out, as JSON, as pages and as event streams.
package struct Gateway: Sendable {
    /// What the door leads to.
    package struct Services: Sendable {
        package var log: LogName
        package var mode: LogMode
        package var commands: CommandHandler
        package var boards: LiveBoards
        /// The tasks that agencies lease; nil where there are none to lease.
        package var queue: Queue?
        /// The evidence of the log; nil where the log has none.
        package var seals: Seals?
        package var tokens: TokenAuthority
        package var metrics: PrometheusRegistry
        /// What must be true before the process is ready, besides boards that have caught up.
        package var readiness: [ReadinessCheck]
        package var now: @Sendable () -> Timestamp
        /// Waits between two heartbeats of an event stream.
        package var sleep: @Sendable (Duration) async throws -> Void

        package init(
            log: LogName,
            mode: LogMode,
            commands: CommandHandler,
            boards: LiveBoards,
            queue: Queue?,
            seals: Seals?,
            tokens: TokenAuthority,
            metrics: PrometheusRegistry,
            readiness: [ReadinessCheck] = [],
            now: @escaping @Sendable () -> Timestamp,
            sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        ) {
            self.log = log
            self.mode = mode
            self.commands = commands
            self.boards = boards
            self.queue = queue
            self.seals = seals
            self.tokens = tokens
            self.metrics = metrics
            self.readiness = readiness
            self.now = now
            self.sleep = sleep
        }
    }

    let configuration: GatewayConfiguration
    let services: Services
    let logger: Logger

    package init(configuration: GatewayConfiguration, services: Services, logger: Logger) {
        self.configuration = configuration
        self.services = services
        self.logger = logger
    }

    /// The server as a service: it listens when run, and on graceful shutdown ends event streams, finishes requests in
    /// flight and returns.
    ///
    /// - Parameter onListening: called once with the port that is listened on.
    package func makeApplication(
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let limits = configuration.limits
        return Application(
            responder: StreamResponder(inner: try makeRouter().buildResponder()),
            server: HTTPServerBuilder { responder in
                LoopChannel(
                    base: HTTP1Channel(
                        responder: responder,
                        configuration: .init(
                            idleTimeout: TimeAmount(limits.idleTime),
                            httpDecoderConfiguration: .init(
                                maxHeaderFieldSize: limits.headerBytes,
                                maxHeaderListSize: limits.headerBytes,
                                maxHeaderFieldCount: limits.headerFields
                            )
                        )
                    )
                )
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "muster"
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    /// Every route and the layers around them; tests drive it without a socket.
    package func makeRouter() throws -> Router<GatewayContext> {
        let assets = Assets()
        let templates = try Templates()
        let duty = Duty(boards: services.boards, now: services.now)
        let operators = QueueAccess(boards: services.boards, duty: duty)
        let frame = PageFrame(
            configuration: configuration,
            log: services.log,
            mode: services.mode,
            tokens: services.tokens,
            assets: assets,
            now: services.now,
            operators: services.queue.map { _ in operators }
        )
        let access = Access(configuration: configuration)
        let limits = configuration.limits
        let limiter = RateLimiter(burst: limits.attemptsAtOnce, perMinute: limits.attemptsPerMinute)
        let door = CommandDoor(log: services.log, handler: services.commands, boards: services.boards)
        let stream = EventStream(
            watchers: Watchers(
                maximum: limits.watchers,
                heart: Heart(interval: configuration.heartbeat, sleep: services.sleep, beat: services.boards.beat)
            )
        )
        let rendered = RenderedChanges()

        let router = Router(context: GatewayContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(errorPages: ErrorPages(templates: templates, frame: frame)))
        router.add(middleware: ChoiceMiddleware())
        router.add(middleware: AuthenticationMiddleware(tokens: services.tokens, log: services.log))
        WatchRoutes(
            checks: services.readiness,
            boards: services.boards,
            metrics: services.metrics,
            access: access
        ).add(to: router)
        CommandRoutes(
            door: door,
            access: access,
            limiter: limiter,
            configuration: configuration,
            now: services.now
        ).add(to: router)
        let past = PastBoards(
            store: services.commands.store,
            offset: configuration.offset,
            soon: services.boards.soon,
            targets: services.boards.targets,
            limit: limits.pasts
        )
        BoardRoutes(
            boards: services.boards,
            past: past,
            access: access,
            stream: stream,
            rendered: rendered,
            offset: configuration.offset,
            now: services.now
        ).add(to: router)
        let matters = Matters(store: services.commands.store, boards: services.boards)
        MatterRoutes(matters: matters, access: access).add(to: router)
        if let queue = services.queue {
            TaskRoutes(
                channel: LeaseChannel(queue: queue),
                access: access,
                duty: duty,
                configuration: configuration
            )
            .add(to: router)
            let desk = QueueDesk(queue: queue, boards: services.boards)
            QueueRoutes(desk: desk, access: access, operators: operators, configuration: configuration)
                .add(to: router)
            QueuePages(desk: desk, access: access, operators: operators, templates: templates, frame: frame)
                .add(to: router)
            DeliveryRoutes(queue: queue, access: access, duty: duty).add(to: router)
        }
        if let seals = services.seals {
            EvidenceRoutes(seals: seals, log: services.log, access: access).add(to: router)
        }
        OpenAPIRoutes().add(to: router)
        assets.add(to: router)
        BoardPages(
            boards: services.boards,
            past: past,
            matters: matters,
            access: access,
            templates: templates,
            frame: frame,
            stream: stream,
            rendered: rendered
        ).add(to: router)
        DeskPages(
            door: door,
            boards: services.boards,
            access: access,
            templates: templates,
            frame: frame,
            outcomes: RecentOutcomes(),
            now: services.now
        ).add(to: router)
        SignInPages(
            tokens: services.tokens,
            log: services.log,
            links: SignInLinks(),
            limiter: limiter,
            templates: templates,
            frame: frame,
            now: services.now
        ).add(to: router)
        return router
    }
}
