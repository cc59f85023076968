package import Records

/// What sort of organisation a party is.
package enum PartyKind: String, Choice {
    case department
    case community
    case street
    case district
    case property
    case ngo
    case ownersCommittee = "owners-committee"
    case residents
    case hotline
    case inspectorate

    package var words: Words {
        switch self {
        case .department: Words("Department", zh: "部门")
        case .community: Words("Community", zh: "社区")
        case .street: Words("Street office", zh: "街道")
        case .district: Words("District", zh: "区")
        case .property: Words("Property company", zh: "物业")
        case .ngo: Words("Social organisation", zh: "社会组织")
        case .ownersCommittee: Words("Owners' committee", zh: "业主委员会")
        case .residents: Words("Residents", zh: "居民")
        case .hotline: Words("Hotline", zh: "热线")
        case .inspectorate: Words("Inspectorate", zh: "督查机构")
        }
    }

    /// The roles that a person may hold for such a party.
    package var roles: [Role] {
        switch self {
        case .department: [.departmentOfficer]
        case .community: [.gridWorker, .communityHead]
        case .street: [.streetCoordinator]
        case .district: [.districtCommand]
        case .property: [.propertyManager]
        case .ngo: [.ngoCoordinator]
        case .ownersCommittee: [.ownersDelegate]
        case .residents: []
        case .hotline: [.hotlineClerk]
        case .inspectorate: [.inspector]
        }
    }
}
