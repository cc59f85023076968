import EventSourcing
import MusterCommands
import MusterDomain

/// A small town with its parties, posts and duties, whose people send commands.
struct SmallTown: Sendable {
    /// Saturday, 21 November 2026, 18:42:07 in the town (+08:00).
    static let evening = Timestamp(microseconds: 1_795_257_727_000_000)

    static let town = TerritoryID("heyan")
    static let community = TerritoryID("dongqiao")
    static let grid = TerritoryID("dq-02")

    static let administrator = actor("admin", "office", .administrator, town)
    static let gridWorker = actor("grid-worker-dq02", "dongqiao-committee", .gridWorker, grid)
    static let head = actor("head-dongqiao", "dongqiao-committee", .communityHead, community)
    static let street = actor("street-duty", "heyan-street", .streetCoordinator, town)
    static let fire = actor("fire-duty", "fire", .departmentOfficer, town)
    /// Of Fire's, and not appointed yet.
    static let nightOfficer = actor("fire-night", "fire", .departmentOfficer, town)
    static let police = actor("police-duty", "police", .departmentOfficer, town)
    static let gas = actor("gas-duty", "gas", .departmentOfficer, town)
    static let property = actor("dongqiao-property-desk", "anju", .propertyManager, community)
    static let resident = actor("resident-77", "residents", .resident, grid)
    static let system = Actor.system(in: town)

    let handler: CommandHandler
    let clock: HandClock
    /// What is done after each command.
    var afterEach: @Sendable () async throws -> Void = {}

    /// Sends a command as it would have come in `minutesAgo`; the log takes it then.
    @discardableResult
    func send(_ command: any Command, by actor: Actor, minutesAgo: Double = 0) async throws -> CommandOutcome {
        let evening = clock.now
        clock.set(evening - .milliseconds(Int64(minutesAgo * 60_000)))
        defer { clock.set(evening) }
        let id = CommandID(UniqueID(version7At: clock.now, random: (.random(in: 0 ... .max), .random(in: 0 ... .max))))
        let envelope = CommandEnvelope(
            id: id,
            command: command,
            entry: CommandCatalogue.entry(of: command),
            actor: actor
        )
        let outcome = try await handler.handle(envelope)
        try await afterEach()
        return outcome
    }

    /// Territories, parties, posts and the responsibility list, a day ago.
    func found() async throws {
        let day = 1_440.0
        let since = Self.evening - .seconds(30 * 86_400)
        func define(
            _ id: TerritoryID,
            _ level: TerritoryLevel,
            _ parent: TerritoryID?,
            _ en: String,
            _ zh: String,
            _ households: Int?
        ) async throws {
            try await send(
                DefineTerritory(
                    territory: id,
                    level: level,
                    parent: parent,
                    nameEN: en,
                    nameZH: zh,
                    households: households
                ),
                by: Self.administrator,
                minutesAgo: day
            )
        }
        try await define(Self.town, .street, nil, "Heyan town", "河沿镇", nil)
        try await define(Self.community, .community, Self.town, "Dongqiao", "东桥", 1_100)
        try await define(TerritoryID("beitang"), .community, Self.town, "Beitang", "北塘", 900)
        try await define(TerritoryID("xinwei"), .community, Self.town, "Xinwei", "新圩", nil)
        try await define(Self.grid, .grid, Self.community, "DQ-02", "DQ-02", 270)
        let parties: [(String, String, String, PartyKind)] = [
            ("fire", "Fire", "消防", .department), ("police", "Police", "公安", .department),
            ("gas", "Gas & power", "燃气供电", .department), ("market", "Market supervision", "市场监管", .department),
            ("dongqiao-committee", "Dongqiao community", "东桥社区", .community),
            ("heyan-street", "Heyan street office", "河沿街道", .street), ("anju", "Anju property", "安居物业", .property),
            ("residents", "Residents", "居民", .residents),
        ]
        for (id, en, zh, kind) in parties {
            try await send(
                RegisterParty(
                    party: PartyID(rawValue: id) ?? PartyID("x"),
                    nameEN: en,
                    nameZH: zh,
                    kind: kind,
                    channel: .desk
                ),
                by: Self.administrator,
                minutesAgo: day
            )
        }
        for actor in [Self.gridWorker, Self.head, Self.street, Self.fire, Self.police, Self.gas, Self.property] {
            try await send(
                AppointPerson(
                    person: actor.person,
                    role: actor.role,
                    party: actor.party,
                    territory: actor.territory,
                    from: since
                ),
                by: Self.administrator,
                minutesAgo: day
            )
        }
        let duties: [(DutyID, String, String, PartyID, [PartyID])] = [
            (DutyID("passage.enforce"), "Keep passages open", "保障通道", PartyID("fire"), [PartyID("police")]),
            (DutyID("gas.repair"), "Stop gas leaks", "处置燃气泄漏", PartyID("gas"), [PartyID("fire")]),
            (DutyID("passage.clear"), "Clear passages", "清理通道", PartyID("anju"), []),
        ]
        let entries = duties.map { duty, en, zh, party, supporting in
            ResponsibilityEntry(
                duty: duty,
                nameEN: en,
                nameZH: zh,
                territory: Self.town,
                responsible: party,
                supporting: supporting
            )
        }
        try await send(
            PublishResponsibilityList(version: "2026-1", effectiveFrom: since, entries: entries),
            by: Self.administrator,
            minutesAgo: day
        )
    }

    /// Raises a matter and brings it to where a whistle can be blown.
    func raise(
        _ id: MatterID,
        _ title: String,
        _ place: String,
        kind: ReportKind = .blockedPassage,
        urgency: Urgency = .emergency,
        minutesAgo: Double
    ) async throws {
        try await send(
            RaiseMatter(
                matter: id,
                kind: kind,
                territory: Self.grid,
                place: place,
                title: title,
                text: "Two cars stand in front of the entrance.",
                reporter: Self.resident.person,
                urgency: urgency
            ),
            by: Self.gridWorker,
            minutesAgo: minutesAgo
        )
    }

    /// Raises a matter and blows an emergency whistle for it.
    func whistle(
        _ id: MatterID,
        _ title: String,
        _ place: String,
        to departments: [PartyID],
        duty: DutyID = DutyID("passage.enforce"),
        urgency: Urgency = .emergency,
        minutesAgo: Double
    ) async throws {
        try await raise(id, title, place, urgency: urgency, minutesAgo: minutesAgo + 4)
        try await send(
            AssignInvestigator(matter: id, person: Self.gridWorker.person),
            by: Self.head,
            minutesAgo: minutesAgo + 3
        )
        try await send(
            RecordFindings(matter: id, text: "The passage is blocked.", needsDepartment: true),
            by: Self.gridWorker,
            minutesAgo: minutesAgo + 2
        )
        if urgency != .emergency {
            try await send(
                RequestConsent(matter: id, reason: "It needs a department."),
                by: Self.gridWorker,
                minutesAgo: minutesAgo + 1
            )
            try await send(
                GiveConsent(matter: id, text: "Agreed."),
                by: Self.head,
                minutesAgo: minutesAgo + 0.5
            )
        }
        try await send(
            BlowWhistle(
                matter: id,
                kind: urgency == .emergency ? .emergency : .jointEnforcement,
                urgency: urgency,
                duty: duty,
                departments: departments,
                lead: departments.first.map(LeadChoice.init),
                basis: "An engine could not pass."
            ),
            by: Self.head,
            minutesAgo: minutesAgo
        )
    }

    private static func actor(
        _ person: StaticString,
        _ party: StaticString,
        _ role: Role,
        _ territory: TerritoryID
    ) -> Actor {
        Actor(person: PersonID(person), party: PartyID(party), role: role, territory: territory)
    }
}
