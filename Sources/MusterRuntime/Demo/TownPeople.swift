import MusterDomain

/// Who acts in the made-up town. Each person is one actor with a post of its own.
extension Town {
    static let administrator = Actor(
        person: PersonID("administrator"),
        party: districtCommand,
        role: .administrator,
        territory: city
    )
    static let districtDuty = Actor(
        person: PersonID("district-duty"),
        party: districtCommand,
        role: .districtCommand,
        territory: district
    )
    static let streetDuty = Actor(
        person: PersonID("street-duty"),
        party: street,
        role: .streetCoordinator,
        territory: town
    )

    /// Whoever speaks for a party that works in the whole town: departments, property companies, the volunteers.
    static func duty(of party: PartyID) -> Actor? {
        guard let person = PersonID(rawValue: "\(party)-duty"),
            let kind = parties.first(where: { $0.id == party })?.kind
        else { return nil }
        let role: Role? =
            switch kind {
            case .department: .departmentOfficer
            case .property: .propertyManager
            case .ngo: .ngoCoordinator
            case .ownersCommittee: .ownersDelegate
            case .hotline: .hotlineClerk
            case .inspectorate: .inspector
            case .district, .street, .community, .residents: nil
            }
        return role.map { Actor(person: person, party: party, role: $0, territory: town) }
    }

    static func head(of community: Community) -> Actor? {
        PersonID(rawValue: "\(community.id)-head").map {
            Actor(person: $0, party: community.party, role: .communityHead, territory: community.id)
        }
    }

    static func worker(of grid: TerritoryID, in community: Community) -> Actor? {
        PersonID(rawValue: "\(grid)-worker").map {
            Actor(person: $0, party: community.party, role: .gridWorker, territory: grid)
        }
    }

    /// One of the residents of a grid; there are 50 of them.
    static func resident(_ number: Int, of grid: TerritoryID) -> Actor? {
        PersonID(rawValue: "\(grid)-resident-\(number % 50 + 1)").map {
            Actor(person: $0, party: residents, role: .resident, territory: grid)
        }
    }

    static func community(holding territory: TerritoryID) -> Community? {
        communities.first { $0.id == territory || $0.grids.contains(territory) }
    }

    /// Everybody who needs an appointment.
    static var posts: [Actor] {
        [districtDuty, streetDuty]
            + parties.compactMap { duty(of: $0.id) }
            + communities.compactMap(head)
            + communities.flatMap { community in community.grids.compactMap { worker(of: $0, in: community) } }
    }

    /// The head of one community also speaks for its volunteers: two posts, and one pair of hands (R1.6).
    static var secondPost: Actor? {
        communities.last.flatMap(head).map {
            Actor(person: $0.person, party: volunteers, role: .ngoCoordinator, territory: $0.territory)
        }
    }

    /// One person of each kind, for the sign-in links.
    static var visitors: [Actor] {
        let community = communities[0]
        let grid = community.grids[0]
        return [
            resident(0, of: grid), worker(of: grid, in: community), head(of: community), streetDuty, districtDuty,
            duty(of: fire), duty(of: anju), duty(of: volunteers), duty(of: hotline), duty(of: inspectorate),
        ].compactMap(\.self)
    }
}
