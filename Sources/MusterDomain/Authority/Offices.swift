import EventSourcing

/// Which party runs which territory, as policies need it: the posts of today and of later days, none of the past.
struct Offices: Sendable {
    private(set) var territories = TerritoryRegister()
    private var posts: [TerritoryID: [Appointment]] = [:]

    mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .territory(let event): territories.evolve(event, from: fact.origin)
        case .authority(.personAppointed(let payload)):
            let now = fact.origin.recordedAt
            var here = posts[payload.territory, default: []].filter { post in post.to.map { $0 > now } ?? true }
            here.append(Appointment(payload))
            posts[payload.territory] = here
        case .authority(.appointmentEnded(let payload)): end(payload)
        default: break
        }
    }

    private mutating func end(_ payload: AppointmentEnded) {
        guard var here = posts[payload.territory] else { return }
        for index in here.indices {
            let post = here[index]
            if post.person == payload.person, post.role == payload.role, post.party == payload.party,
                post.isInForce(at: payload.at)
            {
                here[index].to = payload.at
            }
        }
        posts[payload.territory] = here
    }

    /// The parties for which somebody holds a role in exactly this territory: whoever was appointed first comes first, by
    /// the post's beginning and then by name.
    func parties(of role: Role, in territory: TerritoryID, at time: Timestamp) -> [PartyID] {
        var parties: [PartyID] = []
        let held = posts[territory, default: []].filter { $0.role == role && $0.isInForce(at: time) }
        let sorted = held.sorted { ($0.from, $0.person) < ($1.from, $1.person) }
        for post in sorted where !parties.contains(post.party) { parties.append(post.party) }
        return parties
    }

    /// The parties that run a territory and those around it, the nearest first.
    func offices(from territory: TerritoryID, at time: Timestamp) -> [PartyID] {
        ([territory] + territories.ancestors(of: territory)).flatMap { place in
            guard let role = territories.territory(place)?.level.office else { return [PartyID]() }
            return parties(of: role, in: place, at: time)
        }
    }

    /// The party that runs the ground of a level around a territory; where there is none, or nobody runs it, the nearest
    /// one above.
    func office(of level: TerritoryLevel, around territory: TerritoryID, at time: Timestamp) -> PartyID? {
        let ground = ([territory] + territories.ancestors(of: territory)).first { place in
            guard let here = territories.territory(place)?.level else { return false }
            return here == level || here.isAbove(level)
        }
        return ground.flatMap { offices(from: $0, at: time).first }
    }

    /// The party that holds a role nearest to a territory, on it or on the ground around it.
    func nearest(_ role: Role, to territory: TerritoryID, at time: Timestamp) -> PartyID? {
        ([territory] + territories.ancestors(of: territory)).lazy
            .compactMap { parties(of: role, in: $0, at: time).first }.first
    }

    /// The party that holds a role highest in the tree; of several at one height, whoever was appointed first.
    func highest(_ role: Role, at time: Timestamp) -> PartyID? {
        posts.values.joined().filter { $0.role == role && $0.isInForce(at: time) }
            .min { one, other in
                let (height, otherHeight) = (
                    territories.ancestors(of: one.territory).count, territories.ancestors(of: other.territory).count
                )
                return (height, one.from, one.person) < (otherHeight, other.from, other.person)
            }?
            .party
    }

    /// Whom to tell what is for an addressee: the party itself, or the one that runs the territory. Where nobody does, the
    /// one that runs the nearest ground around it.
    func party(of addressee: Addressee, at time: Timestamp) -> PartyID? {
        addressee.party ?? offices(from: addressee.territory, at: time).first
    }
}
