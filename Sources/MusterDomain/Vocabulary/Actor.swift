package import Records

/// The kinds of actor. A token is for one of them, and each command says which may send it.
package enum Role: String, Choice {
    case resident
    case hotlineClerk = "hotline-clerk"
    case gridWorker = "grid-worker"
    case communityHead = "community-head"
    case streetCoordinator = "street-coordinator"
    case districtCommand = "district-command"
    case departmentOfficer = "department-officer"
    case propertyManager = "property-manager"
    case ngoCoordinator = "ngo-coordinator"
    case ownersDelegate = "owners-delegate"
    /// Looks into what others did.
    case inspector
    /// Sets up parties, posts and territories; acts for no party in a matter.
    case administrator
    /// Muster itself: clocks and policies.
    case system

    package var words: Words {
        switch self {
        case .resident: Words("Resident", zh: "居民")
        case .hotlineClerk: Words("Hotline clerk", zh: "热线话务员")
        case .gridWorker: Words("Grid worker", zh: "网格员")
        case .communityHead: Words("Community head", zh: "社区负责人")
        case .streetCoordinator: Words("Street coordinator", zh: "街道协调员")
        case .districtCommand: Words("District command", zh: "区指挥部")
        case .departmentOfficer: Words("Department officer", zh: "部门值班员")
        case .propertyManager: Words("Property manager", zh: "物业经理")
        case .ngoCoordinator: Words("NGO coordinator", zh: "社会组织联络员")
        case .ownersDelegate: Words("Owners' delegate", zh: "业主委员会代表")
        case .inspector: Words("Inspector", zh: "督查员")
        case .administrator: Words("Administrator", zh: "系统管理员")
        case .system: Words("Muster", zh: "系统")
        }
    }

    /// Whether someone must hold a post on record to act in this role.
    package var needsAppointment: Bool {
        switch self {
        case .resident, .administrator, .system: false
        case .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer,
            .propertyManager, .ngoCoordinator, .ownersDelegate, .inspector:
            true
        }
    }
}

/// Who acts, for whom, as what and where (R0.1).
package struct Actor: Hashable, Sendable {
    package let person: PersonID
    package let party: PartyID
    package let role: Role
    package let territory: TerritoryID

    package init(person: PersonID, party: PartyID, role: Role, territory: TerritoryID) {
        self.person = person
        self.party = party
        self.role = role
        self.territory = territory
    }

    /// Muster's own name among the parties; nobody else may register it.
    package static let systemParty = PartyID("muster")

    /// Somebody whose name is recorded nowhere.
    package static func nobody(in territory: TerritoryID) -> Actor {
        Actor(person: PersonID("anonymous"), party: PartyID("residents"), role: .resident, territory: territory)
    }

    /// Muster itself, for clocks and policies.
    package static func system(in territory: TerritoryID) -> Actor {
        Actor(person: PersonID("muster"), party: systemParty, role: .system, territory: territory)
    }
}

extension Context {
    /// Who is recorded for somebody whose name is hidden: nobody, anywhere in the tree. A grid or a post on it is often one
    /// person's, so that the ground they act for would name them (R14.4).
    package var hiddenActor: Actor {
        .nobody(in: territories.ancestors(of: actor.territory).last ?? actor.territory)
    }
}
