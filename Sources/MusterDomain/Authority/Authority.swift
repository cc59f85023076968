package import EventSourcing
import Records

/// Who may act for whom, where and since when: parties, posts, responsibility lists and measures.
package struct Authority: Aggregate {
    package static let stream = StreamName("authority")

    package private(set) var parties: [PartyID: Party] = [:]
    /// In the order in which they were made.
    package private(set) var appointments: [PersonID: [Appointment]] = [:]
    /// In the order in which they take force.
    package private(set) var lists: [ResponsibilityList] = []
    package private(set) var measures: Set<MeasureID> = []

    package init() {}

    package mutating func evolve(_ event: AuthorityEvent, from origin: Origin) {
        switch event {
        case .partyRegistered(let payload):
            parties[payload.party] = Party(payload)
        case .personAppointed(let payload):
            appointments[payload.person, default: []].append(Appointment(payload))
        case .appointmentEnded(let payload):
            end(payload)
        case .responsibilityListPublished(let payload):
            let list = ResponsibilityList(
                version: payload.version,
                effectiveFrom: payload.effectiveFrom,
                entries: payload.entries
            )
            // Behind those of the same instant: the last one published counts.
            let index = lists.lastIndex { $0.effectiveFrom <= list.effectiveFrom }.map { $0 + 1 } ?? 0
            lists.insert(list, at: index)
        case .measureIssued(let payload):
            measures.insert(payload.measure)
        }
    }

    private mutating func end(_ payload: AppointmentEnded) {
        guard var posts = appointments[payload.person] else { return }
        for index in posts.indices {
            let post = posts[index]
            if post.role == payload.role, post.party == payload.party, post.territory == payload.territory,
                post.isInForce(at: payload.at)
            {
                posts[index].to = payload.at
            }
        }
        appointments[payload.person] = posts
    }

    /// The responsibility list that decides at a time, whatever was published later (R1.7).
    package func list(at time: Timestamp) -> ResponsibilityList? {
        lists.last { $0.effectiveFrom <= time }
    }

    /// The posts in force of one person.
    package func posts(of person: PersonID, at time: Timestamp) -> [Appointment] {
        appointments[person, default: []].filter { $0.isInForce(at: time) }
    }

    /// The person who holds a role in exactly this territory; the one appointed first among several, by the post's
    /// beginning and then by name, so that every replay finds the same.
    package func holder(of role: Role, in territory: TerritoryID, at time: Timestamp) -> PersonID? {
        appointments.values.joined()
            .filter { $0.role == role && $0.territory == territory && $0.isInForce(at: time) }
            .min { ($0.from, $0.person) < ($1.from, $1.person) }?
            .person
    }
}

extension Party {
    init(_ payload: PartyRegistered) {
        self.init(
            id: payload.party,
            words: Words(payload.nameEN, zh: payload.nameZH),
            kind: payload.kind,
            channel: payload.channel,
            webhookURL: payload.webhookURL
        )
    }
}

extension Appointment {
    init(_ payload: PersonAppointed) {
        self.init(
            person: payload.person,
            role: payload.role,
            party: payload.party,
            territory: payload.territory,
            from: payload.from,
            to: payload.to
        )
    }
}
