import EventLog
import EventSourcing
import Hummingbird
import Logging
import MusterBoards
import MusterCommands
import MusterDomain
import MusterGateway
import TaskQueue

/// A gateway over a log in memory, with boards that follow it.
struct GatewayFixture: Sendable {
    static let log: LogName = {
        guard let name = LogName("heyan") else { preconditionFailure("a log name") }
        return name
    }()

    let clock = HandClock(SmallTown.evening)
    let store: FollowedLog
    var handler: CommandHandler
    let boards: LiveBoards
    let tokens: TokenAuthority
    let metrics = PrometheusRegistry()
    var town: SmallTown
    var configuration = GatewayConfiguration()
    var readiness: [ReadinessCheck] = []
    var queue: Queue?
    var seals: Seals?
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    init(mode: LogMode = .live, boards configuration: LiveBoards.Configuration = .init()) async throws {
        let clock = clock
        let store = FollowedLog(name: Self.log, mode: mode, now: { clock.now })
        self.store = store
        handler = CommandHandler(store: store, limits: .standard, now: { clock.now })
        boards = LiveBoards(
            log: Self.log,
            mode: mode,
            logger: Logger(label: "test"),
            now: { clock.now },
            configuration: configuration,
            tail: { try await store.tail() },
            events: { store.follow(after: $0) }
        )
        tokens = await TokenAuthority(keys: try .ephemeral(), now: { clock.now })
        town = SmallTown(handler: handler, clock: clock)
        self.configuration.openReading = .always
    }

    var gateway: Gateway {
        Gateway(
            configuration: configuration,
            services: Gateway.Services(
                log: Self.log,
                mode: store.mode,
                commands: handler,
                boards: boards,
                queue: queue,
                seals: seals,
                tokens: tokens,
                metrics: metrics,
                readiness: readiness,
                now: { [clock] in clock.now },
                sleep: sleep
            ),
            logger: Logger(label: "test")
        )
    }

    func token(of actor: Actor, use: TokenUse = .access, log: LogName = log) async throws -> String {
        try await tokens.makeToken(for: actor, log: log, use: use, lifetime: .seconds(3_600))
    }

    /// Runs `body` while the boards follow the log.
    func whileFollowing<Result>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await boards.run() }
            // The boards of an empty log have caught up as soon as they follow.
            while !boards.isCaughtUp { await Task.yield() }
            let result = try await body()
            group.cancelAll()
            return result
        }
    }
}
