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

    /// Everybody with a post, by party. Who holds several posts for one party is there once; who serves several parties is
    /// with each of them, and is one pair of hands all the same (R1.6). Looks through all posts, so it is for boards.
    package func staff(at time: Timestamp) -> [PartyID: Set<PersonID>] {
        var staff: [PartyID: Set<PersonID>] = [:]
        for (person, posts) in appointments {
            for post in posts where post.isInForce(at: time) { staff[post.party, default: []].insert(person) }
        }
        return staff
    }

    /// Persons with more than one post at a time, with their posts (R1.6).
    package func multiHatted(at time: Timestamp) -> [PersonID: [Appointment]] {
        appointments.mapValues { posts in posts.filter { $0.isInForce(at: time) } }.filter { $0.value.count > 1 }
    }
}
