import EventSourcing
import MusterDomain

/// A small neighbourhood: who acts in it, and what must be on record before they can.
enum Neighbourhood {
    static let log = "town"

    static let town = TerritoryID("heyan")
    static let community = TerritoryID("dongqiao")
    static let grid = TerritoryID("dq-02")

    static let administrator = actor("administrator", "office", .administrator, town)
    static let district = actor("district-duty", "office", .districtCommand, town)
    static let street = actor("street-duty", "heyan-street", .streetCoordinator, town)
    static let head = actor("head-dongqiao", "dongqiao-committee", .communityHead, community)
    static let gridWorker = actor("worker-dq-02", "dongqiao-committee", .gridWorker, grid)
    static let fire = actor("fire-duty", "fire", .departmentOfficer, town)
    static let police = actor("police-duty", "police", .departmentOfficer, town)
    static let property = actor("anju-duty", "anju", .propertyManager, community)
    static let volunteers = actor("volunteers-duty", "volunteers", .ngoCoordinator, town)
    static let hotline = actor("hotline-duty", "hotline", .hotlineClerk, town)
    static let resident = actor("resident-77", "residents", .resident, grid)

    private static let foundation = Timestamp(microseconds: 1_767_225_600_000_000)

    /// What an administrator sends first.
    static var founding: [Posting] {
        (territories + parties + posts + [list]).map { Posting($0) }
    }

    static func report(_ id: String) -> SubmitReport {
        SubmitReport(
            report: ReportID(rawValue: id) ?? ReportID("R-1"),
            channel: .web,
            kind: .noise,
            territory: grid,
            place: "Dongqiao Road 7",
            text: "Somebody drills since six in the morning."
        )
    }

    static func matter(_ id: String) -> RaiseMatter {
        RaiseMatter(
            matter: MatterID(rawValue: id) ?? MatterID("M-1"),
            kind: .blockedPassage,
            territory: grid,
            place: "Dongqiao Road 9",
            title: "Blocked fire lane",
            text: "Two cars stand in front of the entrance.",
            urgency: .emergency
        )
    }

    static func whistle(_ id: String) -> BlowWhistle {
        BlowWhistle(
            matter: MatterID(rawValue: id) ?? MatterID("M-1"),
            kind: .emergency,
            urgency: .emergency,
            duty: DutyID("passage.enforce"),
            departments: [fire.party, police.party],
            lead: LeadChoice(fire.party),
            basis: "A fire engine could not pass."
        )
    }

    private static let territories: [any Command] = [
        DefineTerritory(territory: town, level: .street, parent: nil, nameEN: "Heyan town", nameZH: "河沿镇"),
        DefineTerritory(
            territory: community,
            level: .community,
            parent: town,
            nameEN: "Dongqiao",
            nameZH: "东桥",
            households: 1_100
        ),
        DefineTerritory(
            territory: grid,
            level: .grid,
            parent: community,
            nameEN: "Dongqiao 2",
            nameZH: "东桥2网格",
            households: 270
        ),
    ]

    private static let parties: [any Command] = [
        party(administrator, "District command", "区指挥部", .district),
        party(street, "Heyan street office", "河沿街道", .street),
        party(head, "Dongqiao community", "东桥社区", .community),
        party(fire, "Fire", "消防", .department, .lease),
        party(police, "Police", "公安", .department, .lease),
        party(property, "Anju Property", "安居物业", .property),
        party(volunteers, "Volunteers", "志愿者", .ngo),
        party(hotline, "Hotline", "热线", .hotline),
        party(resident, "Residents", "居民", .residents),
    ]

    private static let posts: [any Command] =
        [district, street, head, gridWorker, fire, police, property, volunteers, hotline].map { actor in
            AppointPerson(
                person: actor.person,
                role: actor.role,
                party: actor.party,
                territory: actor.territory,
                from: foundation
            )
        }

    private static let list = PublishResponsibilityList(
        version: "2026-1",
        effectiveFrom: foundation,
        entries: [
            ResponsibilityEntry(
                duty: DutyID("passage.enforce"),
                nameEN: "Keep emergency passages open",
                nameZH: "保障应急通道",
                territory: town,
                responsible: fire.party,
                supporting: [police.party]
            )
        ]
    )

    private static func party(
        _ actor: Actor,
        _ en: String,
        _ zh: String,
        _ kind: PartyKind,
        _ channel: DeliveryChannel = .desk
    ) -> RegisterParty {
        RegisterParty(party: actor.party, nameEN: en, nameZH: zh, kind: kind, channel: channel)
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
