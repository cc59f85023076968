import EventLog
import EventSourcing
import Logging
import MusterCommands
import MusterDomain
import MusterTesting
import Postgres
import ServiceLifecycle
import TaskQueue
import Testing

@testable import MusterDispatch

/// A small town on a log of its own, in the suite's database.
struct Town: Sendable {
    let log: Log
    let handler: CommandHandler
    let queue: Queue
    let clock: ManualClock
    let logger: Logger

    static let district = TerritoryID("d-1")
    static let community = TerritoryID("c-1")
    static let fire = PartyID("fire")
    static let police = PartyID("police")
    static let duty = DutyID("passage.clear")

    private static func queue(of log: Log, _ logger: Logger) -> Queue {
        var configuration = QueueConfiguration()
        configuration.retries.first = .milliseconds(100)
        configuration.retries.jitter = 0
        configuration.candidacyInterval = .milliseconds(10)
        configuration.pollInterval = .milliseconds(20)
        return Queue(
            pool: log.pool,
            connecting: log.connecting,
            process: "town",
            logger: logger,
            configuration: configuration
        )
    }

    /// Builds the town, runs its log and the dispatcher of its tasks, and calls the body.
    static func with(
        mode: LogMode = .live,
        webhook: WebhookURL? = nil,
        _ body: @escaping @Sendable (Town) async throws -> Void
    ) async throws {
        let database = try TestDatabase.current
        let clock = ManualClock(try #require(Timestamp(rfc3339: "2026-03-01T08:00:00Z")))
        let name = "town-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        try await database.withLog(name, mode: mode) { log in
            let town = Town(
                log: log,
                handler: CommandHandler(store: log, limits: .standard, now: { clock.now }),
                queue: queue(of: log, database.logger),
                clock: clock,
                logger: database.logger
            )
            try await town.found(webhook: webhook)
            try await town.running(Dispatcher(queue: town.queue, logger: town.logger)) {
                try await town.eventually { town.queue.isLeading }
                try await body(town)
            }
        }
    }

    // MARK: Commands

    static let administrator = Actor(
        person: PersonID("admin"),
        party: PartyID("office"),
        role: .administrator,
        territory: district
    )
    static let head = Actor(
        person: PersonID("head"),
        party: PartyID("office"),
        role: .communityHead,
        territory: community
    )
    static let resident = Actor(
        person: PersonID("resident"),
        party: PartyID("residents"),
        role: .resident,
        territory: community
    )

    @discardableResult
    func send(_ command: some Command, as actor: Actor) async throws -> CommandOutcome {
        let id = CommandID(UniqueID(version7At: clock.now, random: (.random(in: 0 ... .max), .random(in: 0 ... .max))))
        return try await handler.handle(
            CommandEnvelope(id: id, command: command, entry: CommandCatalogue.entry(of: command), actor: actor)
        )
    }

    private func found(webhook: WebhookURL?) async throws {
        let admin = Self.administrator
        let start = clock.now
        try await send(define(Self.district, .district, in: nil), as: admin)
        try await send(define(Self.community, .community, in: Self.district), as: admin)
        try await send(register("office", .community), as: admin)
        try await send(register("police", .department), as: admin)
        try await send(register("fire", .department, webhook: webhook), as: admin)
        try await send(
            AppointPerson(
                person: Self.head.person,
                role: .communityHead,
                party: Self.head.party,
                territory: Self.community,
                from: start
            ),
            as: admin
        )
        try await send(
            PublishResponsibilityList(
                version: "1",
                effectiveFrom: start,
                entries: [
                    ResponsibilityEntry(
                        duty: Self.duty,
                        nameEN: "Clear passages",
                        nameZH: "疏通通道",
                        territory: Self.district,
                        responsible: Self.fire,
                        supporting: [Self.police]
                    )
                ]
            ),
            as: admin
        )
    }

    private func define(_ territory: TerritoryID, _ level: TerritoryLevel, in parent: TerritoryID?) -> DefineTerritory {
        DefineTerritory(territory: territory, level: level, parent: parent, nameEN: "Place", nameZH: "地方")
    }

    private func register(_ party: StaticString, _ kind: PartyKind, webhook: WebhookURL? = nil) -> RegisterParty {
        RegisterParty(
            party: PartyID(party),
            nameEN: "Party",
            nameZH: "单位",
            kind: kind,
            channel: webhook == nil ? .lease : .webhook,
            webhookURL: webhook
        )
    }

    /// A resident reports something, from which the intake policy makes a matter.
    func report(_ number: Int) async throws {
        let report = SubmitReport(
            report: try #require(ReportID(rawValue: "R-\(number)")),
            channel: .app,
            kind: .blockedPassage,
            territory: Self.community,
            place: "Gate 2",
            text: "A lorry blocks the passage."
        )
        try await send(report, as: Self.resident)
    }

    /// The community head raises a matter and blows the whistle to fire and police.
    func blow(_ number: Int, reporter: PersonID? = nil) async throws {
        let matter = try #require(MatterID(rawValue: "M-\(number)"))
        let raise = RaiseMatter(
            matter: matter,
            kind: .blockedPassage,
            territory: Self.community,
            place: "Gate 2",
            title: "Blocked passage",
            text: "A lorry blocks the passage.",
            reporter: reporter,
            urgency: .emergency
        )
        try await send(raise, as: Self.head)
        let blow = BlowWhistle(
            matter: matter,
            kind: .emergency,
            urgency: .emergency,
            duty: Self.duty,
            departments: [Self.fire, Self.police],
            lead: .party(Self.fire),
            basis: "Fire engines cannot pass."
        )
        try await send(blow, as: Self.head)
    }

    /// The community head withdraws the whistle of a matter.
    func withdraw(_ number: Int) async throws {
        let matter = try #require(MatterID(rawValue: "M-\(number)"))
        try await send(WithdrawWhistle(matter: matter, reason: "The lorry has left."), as: Self.head)
    }

    func erase(_ person: PersonID) async throws {
        try await send(EraseSubjectKey(person: person, ground: .request), as: Self.administrator)
    }

    // MARK: Services

    func runner(_ policies: [any Policy]) -> PolicyRunner {
        PolicyRunner(
            log: log,
            events: { [log] in log.subscribe(from: $0) },
            handler: handler,
            queue: queue,
            policies: policies,
            clock: clock.dispatch,
            retryInterval: .milliseconds(5),
            silenceLimit: .seconds(1),
            logger: logger
        )
    }

    /// Runs the services as long as the body runs, then cancels them.
    func running(_ services: any Service..., body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for service in services { group.addTask { try await service.run() } }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    // MARK: Looking

    /// Reads the log from its beginning until the condition holds, and returns what was read.
    @discardableResult
    func events(until condition: @Sendable ([RecordedEvent]) -> Bool) async throws -> [RecordedEvent] {
        var seen: [RecordedEvent] = []
        for try await batch in log.subscribe(from: .origin) {
            seen += batch
            if condition(seen) { return seen }
        }
        return seen
    }

    /// Everything that is in the log now.
    func allEvents() async throws -> [RecordedEvent] {
        try await log.events(after: .origin, limit: 100_000)
    }

    /// Asks the database until the condition holds.
    func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
    }

    func waitSeconds() async throws -> [Double] {
        try await log.pool.query(Self.waits).map { try $0.value(0, as: Double.self) }
    }

    func states() async throws -> [String] {
        try await log.pool.query(Self.states).map { try $0.value(0, as: String.self) }
    }

    /// Ends the session of whoever leads the policies; false when nobody does.
    func killLeader() async throws -> Bool {
        try await !log.pool.query(Self.killLeader, "muster \(log.name)").isEmpty
    }

    /// How many sessions lead the policies.
    func leaders() async throws -> Int64 {
        try await log.pool.query(Self.leaders, "muster \(log.name)")[0].value(0, as: Int64.self)
    }

    private static let waits = Statement(
        "test.waits",
        """
        select extract(epoch from due_at - statement_timestamp())::double precision
        from task_standings
        where state = 'waiting'
        order by number
        """
    )
    private static let states = Statement("test.states", "select state from task_standings order by agency, number")
    private static let killLeader = Statement(
        "test.kill_leader",
        """
        select pg_terminate_backend(pg_locks.pid)
        from pg_locks
        join pg_stat_activity on pg_stat_activity.pid = pg_locks.pid
        where locktype = 'advisory'
            -- By one number; the log's own locks are by two.
            and objsubid = 1
            and granted
            and application_name = $1
        """
    )
    private static let leaders = Statement(
        "test.leaders",
        """
        select count(*)
        from pg_locks
        join pg_stat_activity on pg_stat_activity.pid = pg_locks.pid
        where locktype = 'advisory'
            -- By one number; the log's own locks are by two.
            and objsubid = 1
            and granted
            and application_name = $1
        """
    )
}

extension [RecordedEvent] {
    func named(_ name: String) -> [RecordedEvent] { filter { $0.type.name == name } }
}
