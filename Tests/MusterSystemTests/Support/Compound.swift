import EventSourcing
import MusterDomain

/// A compound with its tenants and owners, its property company, the community around it, the departments that come when
/// they are called, the district above, and those who look into what others did.
enum Compound {
    static let district = TerritoryID("anping")
    static let street = TerritoryID("ap-s1")
    static let community = TerritoryID("liuyuan")
    static let grid = TerritoryID("ly-03")

    static let administrator = actor("administrator", "anping-command", .administrator, district)
    static let command = actor("anping-duty", "anping-command", .districtCommand, district)
    static let inspector = actor("inspector-4", "anping-inspectorate", .inspector, district)
    static let fire = actor("fire-duty", "anping-fire", .departmentOfficer, district)
    static let police = actor("police-duty", "anping-police", .departmentOfficer, district)
    static let head = actor("liuyuan-head", "liuyuan-committee", .communityHead, community)
    static let gridWorker = actor("ly-03-worker", "liuyuan-committee", .gridWorker, grid)
    static let property = actor("heju-duty", "heju-property", .propertyManager, community)
    static let tenant = actor("resident-31", "residents", .resident, grid)

    /// Whose emergency passages they are, by the list.
    static let keepPassagesOpen = DutyID("passage.enforce")
    /// Who moves what stands in them.
    static let clearPassages = DutyID("passage.clear")
    /// Who lets people in who may come in.
    static let openGates = DutyID("gate.open")

    static let foundation = Timestamp(microseconds: 1_767_225_600_000_000)

    /// What an administrator sends first.
    static var founding: [Posting] {
        (territories + parties + posts + [list]).map { Posting($0) }
    }

    private static let territories: [any Command] = [
        define(district, .district, nil, "Anping district", "安平区"),
        define(street, .street, district, "Anping street 1", "安平一街道"),
        define(community, .community, street, "Liuyuan", "柳园", households: 900),
        define(grid, .grid, community, "Liuyuan 3", "柳园3网格", households: 240),
    ]

    private static let parties: [any Command] = [
        party(command, "District command", "区指挥部", .district),
        party(inspector, "Inspectorate", "区督查室", .inspectorate),
        party(fire, "Fire", "消防", .department),
        party(police, "Police", "公安", .department),
        party(head, "Liuyuan community", "柳园社区", .community),
        party(property, "Heju Property", "和居物业", .property, area: community),
        party(tenant, "Residents", "居民", .residents),
    ]

    private static let posts: [any Command] =
        [command, inspector, fire, police, head, gridWorker, property].map { actor in
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
                duty: keepPassagesOpen,
                nameEN: "Keep emergency passages open",
                nameZH: "保障应急通道",
                territory: district,
                responsible: fire.party,
                supporting: [police.party]
            ),
            ResponsibilityEntry(
                duty: clearPassages,
                nameEN: "Clear emergency passages",
                nameZH: "清理应急通道",
                territory: community,
                responsible: property.party,
                supporting: [head.party]
            ),
            ResponsibilityEntry(
                duty: openGates,
                nameEN: "Let residents and tenants in",
                nameZH: "保障居民和租户出入",
                territory: community,
                responsible: property.party
            ),
        ]
    )

    private static func define(
        _ territory: TerritoryID,
        _ level: TerritoryLevel,
        _ parent: TerritoryID?,
        _ en: String,
        _ zh: String,
        households: Int? = nil
    ) -> DefineTerritory {
        DefineTerritory(
            territory: territory,
            level: level,
            parent: parent,
            nameEN: en,
            nameZH: zh,
            households: households
        )
    }

    private static func party(
        _ actor: Actor,
        _ en: String,
        _ zh: String,
        _ kind: PartyKind,
        area: TerritoryID? = nil
    ) -> RegisterParty {
        RegisterParty(
            party: actor.party,
            nameEN: en,
            nameZH: zh,
            kind: kind,
            channel: kind == .residents ? .desk : .lease,
            area: area
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
