package import EventSourcing

/// Who holds which posts.
extension Authority {
    /// The posts in force of one person.
    package func posts(of person: PersonID, at time: Timestamp) -> [Appointment] {
        appointments[person, default: []].filter { $0.isInForce(at: time) }
    }

    /// Whether somebody holds the post they act in: their role, for their party, where they act or around it.
    package func holdsPost(_ actor: Actor, in territories: TerritoryRegister, at time: Timestamp) -> Bool {
        guard let posts = appointments[actor.person] else { return false }
        return posts.contains { post in
            post.role == actor.role && post.party == actor.party && post.isInForce(at: time)
                && territories.contains(post.territory, actor.territory)
        }
    }

    /// The person who holds a role in exactly this territory; the one appointed first among several, by the post's
    /// beginning and then by name, so that every replay finds the same.
    package func holder(of role: Role, in territory: TerritoryID, at time: Timestamp) -> PersonID? {
        people[territory, default: []].lazy
            .flatMap { appointments[$0, default: []] }
            .filter { $0.role == role && $0.territory == territory && $0.isInForce(at: time) }
            .min { ($0.from, $0.person) < ($1.from, $1.person) }?
            .person
    }

    /// Everybody with a post in a territory or inside it. Who holds several is there once: their hands are one pair,
    /// and capacity counts them so (R1.6). Looks through all territories that have posts, so it is for boards and plans.
    package func staff(
        of territory: TerritoryID,
        in territories: TerritoryRegister,
        at time: Timestamp
    ) -> Set<PersonID> {
        var staff: Set<PersonID> = []
        for (place, people) in people where territories.contains(territory, place) {
            for person in people where !staff.contains(person) {
                let isThere = appointments[person, default: []].contains {
                    $0.territory == place && $0.isInForce(at: time)
                }
                if isThere { staff.insert(person) }
            }
        }
        return staff
    }

    /// Persons with more than one post at a time, with their posts (R1.6).
    package func multiHatted(at time: Timestamp) -> [PersonID: [Appointment]] {
        appointments.mapValues { posts in posts.filter { $0.isInForce(at: time) } }.filter { $0.value.count > 1 }
    }
}
