import EventSourcing
import MusterCommands
import MusterDomain
import MusterTesting
import Records
import Synchronization
import Testing

@Suite("Command handler", .timeLimit(.minutes(20)))
struct CommandHandlerTests {
    let world = World()

    @Test("R0.2 an accepted command appends its events with actor, times and ids")
    func acceptedCommandAppends() async throws {
        let outcome = try await world.send(World.define("city", .city))
        guard case .appended(let receipt) = outcome else { throw WrongOutcome(outcome) }
        let recorded = try #require(try await world.store.events(after: .origin, limit: 10).first)
        let fact = try Fact(recorded)
        #expect(receipt.first == Position(1))
        #expect(fact.origin.actor == World.administrator)
        #expect(fact.origin.occurredAt == world.time)
        #expect(recorded.id.ordinal == 0)
    }

    @Test("R0.1 the same id again gets the first answer, though the state has moved on")
    func sameIDGetsFirstAnswer() async throws {
        let envelope = World.envelope(World.define("city", .city))
        let first = try await world.handler.handle(envelope)
        let again = try await world.handler.handle(envelope)
        let elsewhere = try await world.anotherHandler().handle(envelope)
        let receipt = try #require(first.receipt)
        #expect(again == .repeated(receipt))
        #expect(elsewhere == .repeated(receipt))
        #expect(try await world.store.tail() == Position(1))
    }

    @Test("R0.2 a rejected command appends nothing and names its rule")
    func rejectedCommandAppendsNothing() async throws {
        _ = try await world.send(World.define("city", .city))
        let failure = await #expect(throws: CommandFailure.self) { try await world.send(World.define("city", .city)) }
        guard case .rejected(let rejection) = failure else { throw WrongOutcome(failure) }
        #expect(!rejection.rule.isEmpty)
        #expect(try await world.store.tail() == Position(1))
    }

    @Test("R0.3 a late command keeps both times")
    func lateCommandKeepsBothTimes() async throws {
        let early = world.time - .seconds(3 * 86_400)
        _ = try await world.handler.handle(World.envelope(World.define("city", .city), occurredAt: early))
        let recorded = try #require(try await world.store.events(after: .origin, limit: 1).first)
        #expect(recorded.occurredAt == early)
        #expect(recorded.recordedAt >= world.time)
    }

    @Test("R0.5 a time in the future is refused as invalid, with a pointer")
    func futureIsRefused() async throws {
        let late = world.time + Limits.standard.clockAhead + .seconds(1)
        let failure = await #expect(throws: CommandFailure.self) {
            try await world.handler.handle(World.envelope(World.define("city", .city), occurredAt: late))
        }
        guard case .invalid(let problems) = failure else { throw WrongOutcome(failure) }
        #expect(problems.list.map(\.pointer) == ["/occurredAt"])
    }

    @Test("a refusal is given only after the log was asked for what other processes appended")
    func refusalAsksTheLogFirst() async throws {
        _ = try await world.send(World.define("city", .city))
        // Fills this handler's cache with a register that lacks the district.
        let other = world.anotherHandler()
        _ = try await other.register()
        _ = try await world.send(World.define("district", .district, under: "city"))
        let outcome = try await other.handle(World.envelope(World.define("street", .street, under: "district")))
        #expect(outcome.receipt?.first == Position(3))
    }

    @Test("a refusal asks for all that it rests on at once")
    func refusalAsksOnce() async throws {
        let store = AskedStore(store: world.store)
        let time = world.time
        let handler = CommandHandler(store: store, limits: .standard) { time }
        try await world.appointClerk()
        _ = try await handler.handle(World.envelope(World.report(), actor: World.resident))
        let before = store.count
        await #expect(throws: CommandFailure.self) {
            try await handler.handle(World.envelope(World.report(), actor: World.resident))
        }
        #expect(store.count == before + 1)
    }

    @Test("a command decided on a state that others have moved on is decided again, and lands")
    func conflictIsDecidedAgain() async throws {
        _ = try await world.send(World.define("city", .city))
        // Both territories are accepted on the state that this handler has kept, so only the log can tell it.
        let other = world.anotherHandler()
        _ = try await other.register()
        _ = try await world.send(World.define("north", .district, under: "city"))
        let outcome = try await other.handle(World.envelope(World.define("south", .district, under: "city")))
        #expect(outcome.receipt?.first == Position(3))
        #expect(try await world.store.tail() == Position(3))
    }

    @Test("a stream that another process began is not begun again, and a command that needs it finds it")
    func streamOfAnotherProcess() async throws {
        try await world.appointClerk()
        _ = try await world.handler.handle(World.envelope(World.report(), actor: World.resident))
        let failure = await #expect(throws: CommandFailure.self) {
            try await world.anotherHandler().handle(World.envelope(World.report(), actor: World.resident))
        }
        guard case .rejected = failure else { throw WrongOutcome(failure) }
        #expect(try await world.store.tail() == Position(4))
        let triage = TriageReport(report: World.report().report, urgency: .normal, duty: DutyID("lamps"))
        let outcome = try await world.anotherHandler().handle(World.envelope(triage, actor: World.clerk))
        #expect(outcome.receipt?.first == Position(5))
    }

    @Test("what a command names beside its own stream is looked for in the log before it is refused")
    func references() async throws {
        try await world.appointClerk()
        _ = try await world.handler.handle(World.envelope(World.report(), actor: World.resident))
        let merge = MergeReports(report: ReportID("R-1"), duplicates: [ReportID("R-2")])
        let other = world.anotherHandler()
        let failure = await #expect(throws: CommandFailure.self) {
            try await other.handle(World.envelope(merge, actor: World.clerk))
        }
        guard case .rejected(let rejection) = failure else { throw WrongOutcome(failure) }
        #expect(rejection.reason == "no-such-report")
        #expect(rejection.words.en.contains("R-2"))
        #expect(try await world.store.tail() == Position(4))
        // It comes by another process than the one that has just looked for it in vain.
        _ = try await world.handler.handle(World.envelope(World.report("R-2"), actor: World.resident))
        let envelope = World.envelope(merge, actor: World.clerk)
        let receipt = try #require(try await other.handle(envelope).receipt)
        #expect(receipt.first == Position(6))
        #expect(try await other.handle(envelope) == .repeated(receipt))
    }

    @Test("an actor without the role is forbidden")
    func wrongRoleIsForbidden() async throws {
        let failure = await #expect(throws: CommandFailure.self) {
            try await world.handler.handle(World.envelope(World.define("city", .city), actor: World.resident))
        }
        guard case .rejected(let rejection) = failure else { throw WrongOutcome(failure) }
        #expect(rejection.kind == .forbidden)
    }
}

/// What came instead of what was expected.
struct WrongOutcome: Error, CustomStringConvertible {
    let description: String
    init(_ outcome: some Any) { description = "\(outcome)" }
}

/// A log in memory, a clock that stands still, and handlers on them.
struct World: Sendable {
    static let administrator = Actor(
        person: PersonID("administrator"),
        party: PartyID("command"),
        role: .administrator,
        territory: TerritoryID("city")
    )

    static let resident = Actor(
        person: PersonID("ann"),
        party: PartyID("residents"),
        role: .resident,
        territory: TerritoryID("city")
    )
    static let clerk = Actor(
        person: PersonID("clerk"),
        party: PartyID("hotline"),
        role: .hotlineClerk,
        territory: TerritoryID("city")
    )
    static func report(_ id: String = "R-1") -> SubmitReport {
        SubmitReport(
            report: ReportID(rawValue: id)!,
            channel: .app,
            kind: .lighting,
            territory: TerritoryID("city"),
            place: "Lamp Street 1",
            text: "The street light is out."
        )
    }

    let time = Timestamp(microseconds: 1_795_257_727_000_000)
    let store: InMemoryEventStore
    let handler: CommandHandler

    init() {
        let time = time
        store = InMemoryEventStore(name: LogName("test")!, now: { time })
        handler = CommandHandler(store: store, limits: .standard, now: { time })
    }

    /// As in another process: with a cache of its own.
    func anotherHandler() -> CommandHandler {
        let time = time
        return CommandHandler(store: store, limits: .standard, now: { time })
    }

    /// Three events: a city, and the clerk of its hotline.
    func appointClerk() async throws {
        let clerk = Self.clerk
        _ = try await send(Self.define("city", .city))
        _ = try await send(
            RegisterParty(party: clerk.party, nameEN: "Hotline", nameZH: "热线", kind: .hotline, channel: .desk)
        )
        _ = try await send(
            AppointPerson(
                person: clerk.person,
                role: clerk.role,
                party: clerk.party,
                territory: clerk.territory,
                from: time
            )
        )
    }

    func send(_ command: any Command) async throws -> CommandOutcome {
        try await handler.handle(Self.envelope(command))
    }

    static func define(_ id: String, _ level: TerritoryLevel, under parent: String? = nil) -> DefineTerritory {
        DefineTerritory(
            territory: TerritoryID(rawValue: id)!,
            level: level,
            parent: parent.flatMap(TerritoryID.init(rawValue:)),
            nameEN: id,
            nameZH: id,
            households: nil
        )
    }

    static func envelope(
        _ command: any Command,
        actor: Actor = administrator,
        occurredAt: Timestamp? = nil
    ) -> CommandEnvelope {
        CommandEnvelope(
            id: Samples.command(),
            command: command,
            entry: CommandCatalogue.entry(of: command),
            actor: actor,
            occurredAt: occurredAt
        )
    }
}

/// A log that counts how often it is asked for the events of streams.
private final class AskedStore: EventStore {
    private let store: any EventStore
    private let asked = Mutex(0)

    init(store: any EventStore) { self.store = store }

    var name: LogName { store.name }
    var mode: LogMode { store.mode }
    var count: Int { asked.withLock { $0 } }

    func append(_ append: Append) async throws(AppendError) -> Verdict { try await store.append(append) }
    func receipt(of command: CommandID) async throws -> AppendReceipt? { try await store.receipt(of: command) }
    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        asked.withLock { $0 += 1 }
        return try await store.events(after: versions, limit: limit)
    }
    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: position, limit: limit)
    }
    func tail() async throws -> Position { try await store.tail() }
}
