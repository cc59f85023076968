import EventSourcing
import MusterDomain

/// A city through which a directive goes down in six hops: its command, the police bureau, a district's sub-bureau, a
/// street, communities, grids, and households by number.
enum Cascade {
    static let city = TerritoryID("bt")
    static let district = TerritoryID("kd")
    static let street = TerritoryID("kd-s1")
    static let community = TerritoryID("kd-c1")
    static let otherCommunity = TerritoryID("kd-c2")
    static let grid = TerritoryID("kd-g1")
    static let otherGrid = TerritoryID("kd-g2")

    static let command = actor("bt-duty", "bt-city", .districtCommand, city)
    static let bureau = actor("bt-officer", "bt-police", .departmentOfficer, city)
    static let subBureau = actor("kd-officer", "kd-police", .departmentOfficer, district)
    static let streetOffice = actor("kd-street-duty", "kd-street", .streetCoordinator, street)
    static let head = actor("kd-c1-head", "kd-c1-committee", .communityHead, community)
    static let otherHead = actor("kd-c2-head", "kd-c2-committee", .communityHead, otherCommunity)
    static let gridWorker = actor("kd-g1-worker", "kd-c1-committee", .gridWorker, grid)

    static let directive = DirectiveID("D-2020-03")
    static let text = "Who comes back from abroad stays at home for fourteen days.\n境外返回人员居家十四天。"
    static let amended = text + "\nThe day of arrival is day 0.\n抵达当日为第 0 天。"

    private static let foundation = Timestamp(microseconds: 1_767_225_600_000_000)

    /// What an administrator sends first.
    static var founding: [Posting] {
        (territories + parties + posts).map { Posting($0) }
    }

    private static let territories: [any Command] = [
        define(city, .city, nil), define(district, .district, city), define(street, .street, district),
        define(community, .community, street), define(otherCommunity, .community, street),
        define(grid, .grid, community, households: 240), define(otherGrid, .grid, otherCommunity, households: 210),
    ]

    private static let parties: [any Command] = [
        party(command, .district), party(bureau, .department), party(subBureau, .department),
        party(streetOffice, .street), party(head, .community), party(otherHead, .community),
    ]

    private static let posts: [any Command] =
        [command, bureau, subBureau, streetOffice, head, otherHead, gridWorker].map { actor in
            AppointPerson(
                person: actor.person,
                role: actor.role,
                party: actor.party,
                territory: actor.territory,
                from: foundation
            )
        }

    // MARK: - Commands

    static func issue() -> IssueDirective {
        IssueDirective(
            directive: directive,
            subject: DirectiveSubjectID("returnee.isolation"),
            title: "Those who come back stay at home",
            body: text,
            audience: [Addressee(city, bureau.party)],
            effectiveFrom: foundation
        )
    }

    static func relay(to addressee: Addressee, version: Int = 1, _ text: String = text) -> RelayDirective {
        RelayDirective(directive: directive, version: version, hash: TextHash(of: text), to: [addressee])
    }

    static func amend() -> AmendDirective {
        AmendDirective(
            directive: directive,
            body: amended,
            effectiveFrom: foundation,
            reason: "Days were counted in two ways."
        )
    }

    static func recall() -> RecallDirective {
        RecallDirective(directive: directive, reason: "The city follows the province's rule from now on.")
    }

    static func acknowledge(
        _ addressee: Addressee,
        version: Int,
        households: Int? = nil
    ) -> AcknowledgeReceipt {
        AcknowledgeReceipt(
            directive: directive,
            territory: addressee.territory,
            party: addressee.party,
            version: version,
            households: households,
            manner: households == nil ? nil : .visit
        )
    }

    private static func define(
        _ territory: TerritoryID,
        _ level: TerritoryLevel,
        _ parent: TerritoryID?,
        households: Int? = nil
    ) -> DefineTerritory {
        DefineTerritory(
            territory: territory,
            level: level,
            parent: parent,
            nameEN: "Place \(territory)",
            nameZH: "区域 \(territory)",
            households: households
        )
    }

    private static func party(_ actor: Actor, _ kind: PartyKind) -> RegisterParty {
        RegisterParty(
            party: actor.party,
            nameEN: "Party \(actor.party)",
            nameZH: "单位 \(actor.party)",
            kind: kind,
            channel: .lease
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
