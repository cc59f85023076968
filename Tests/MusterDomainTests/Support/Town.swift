import EventSourcing
import MusterDomain
import Records

/// A small town: one district, one street, two communities with a grid each, and everybody who acts in a whistle.
struct Town {
    static let noon = Timestamp(microseconds: 1_795_233_600_000_000)

    var authority = Authority()
    var territories = TerritoryRegister()
    var limits = Limits.standard
    var playbooks = PlaybookRegister()

    init() {
        define("he", .district, in: nil)
        define("he-s1", .street, in: "he")
        define("dq", .community, in: "he-s1", households: 800)
        define("xw", .community, in: "he-s1")
        define("dq-02", .grid, in: "dq")
        define("xw-01", .grid, in: "xw")
        for (party, kind) in Self.parties { register(party, kind) }
        for actor in Self.posts { appoint(actor) }
        publish(
            "2026-1",
            from: Self.noon - .seconds(86_400),
            [
                ResponsibilityEntry(
                    duty: "passage.clear",
                    nameEN: "Keep passages clear",
                    nameZH: "保持通道畅通",
                    territory: "he",
                    responsible: "fire",
                    supporting: ["police", "jindi", "bluesky"]
                ),
                ResponsibilityEntry(
                    duty: "trade.check",
                    nameEN: "Check traders",
                    nameZH: "检查商户",
                    territory: "he",
                    responsible: "market",
                    supporting: ["police"]
                ),
            ]
        )
    }

    static let parties: [(PartyID, PartyKind)] = [
        ("he-district", .district), ("street-1", .street), ("dq-committee", .community), ("xw-committee", .community),
        ("fire", .department), ("police", .department), ("market", .department), ("jindi", .property),
        ("bluesky", .ngo), ("hotline", .hotline), ("inspection", .inspectorate),
    ]

    static let gridWorker = Actor(person: "gw-02", party: "dq-committee", role: .gridWorker, territory: "dq-02")
    static let otherGridWorker = Actor(person: "gw-01", party: "xw-committee", role: .gridWorker, territory: "xw-01")
    static let head = Actor(person: "head-dq", party: "dq-committee", role: .communityHead, territory: "dq")
    static let otherHead = Actor(person: "head-xw", party: "xw-committee", role: .communityHead, territory: "xw")
    static let street = Actor(person: "street-duty", party: "street-1", role: .streetCoordinator, territory: "he-s1")
    static let district = Actor(person: "he-duty", party: "he-district", role: .districtCommand, territory: "he")
    static let fire = Actor(person: "fire-duty", party: "fire", role: .departmentOfficer, territory: "he")
    static let police = Actor(person: "police-duty", party: "police", role: .departmentOfficer, territory: "he")
    static let market = Actor(person: "market-duty", party: "market", role: .departmentOfficer, territory: "he")
    static let property = Actor(person: "jindi-duty", party: "jindi", role: .propertyManager, territory: "dq")
    static let ngo = Actor(person: "bluesky-duty", party: "bluesky", role: .ngoCoordinator, territory: "he")
    static let clerk = Actor(person: "clerk-7", party: "hotline", role: .hotlineClerk, territory: "he")
    static let inspector = Actor(person: "inspector-1", party: "inspection", role: .inspector, territory: "he")
    static let posts = [
        gridWorker, otherGridWorker, head, otherHead, street, district, fire, police, market, property, ngo, clerk,
        inspector,
    ]
    static let resident = Actor(person: "resident-1", party: "residents", role: .resident, territory: "dq-02")
    static let neighbour = Actor(person: "resident-2", party: "residents", role: .resident, territory: "dq-02")
    static let administrator = Actor(person: "admin", party: "office", role: .administrator, territory: "he")
    static let system = Actor.system(in: "dq-02")

    func context(
        of actor: Actor,
        occurredAt: Timestamp = noon,
        now: Timestamp? = nil,
        references: [StreamName: any Aggregate] = [:]
    ) -> Context {
        Context(
            actor: actor,
            command: CommandID(UniqueID(high: 1, low: 1)),
            occurredAt: occurredAt,
            now: now ?? occurredAt,
            authority: authority,
            territories: territories,
            limits: limits,
            playbooks: playbooks,
            references: references
        )
    }

    mutating func define(_ id: TerritoryID, _ level: TerritoryLevel, in parent: TerritoryID?, households: Int? = nil) {
        territories.evolve(
            .defined(
                TerritoryDefined(
                    territory: id,
                    level: level,
                    parent: parent,
                    nameEN: id.rawValue,
                    nameZH: id.rawValue,
                    households: households
                )
            ),
            from: .test
        )
    }

    mutating func register(_ party: PartyID, _ kind: PartyKind) {
        authority.evolve(
            .partyRegistered(
                PartyRegistered(
                    party: party,
                    nameEN: party.rawValue,
                    nameZH: party.rawValue,
                    kind: kind,
                    channel: .desk
                )
            ),
            from: .test
        )
    }

    mutating func appoint(_ actor: Actor, from: Timestamp = noon - .seconds(86_400), to: Timestamp? = nil) {
        authority.evolve(
            .personAppointed(
                PersonAppointed(
                    person: actor.person,
                    role: actor.role,
                    party: actor.party,
                    territory: actor.territory,
                    from: from,
                    to: to
                )
            ),
            from: .test
        )
    }

    mutating func publish(_ version: String, from time: Timestamp, _ entries: [ResponsibilityEntry]) {
        authority.evolve(
            .responsibilityListPublished(
                ResponsibilityListPublished(version: version, effectiveFrom: time, entries: entries)
            ),
            from: .test
        )
    }
}

extension Identifier: ExpressibleByStringLiteral {
    /// Tests name things in place.
    public init(stringLiteral value: String) { self = Identifier(rawValue: value)! }
}

extension Origin {
    /// For folds that do not look at it.
    static let test = Origin(
        actor: Town.administrator,
        occurredAt: Town.noon,
        recordedAt: Town.noon,
        correlation: CommandID(UniqueID(high: 1, low: 1))
    )
}
