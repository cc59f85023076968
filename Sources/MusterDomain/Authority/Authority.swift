package import EventSourcing
import Records

/// Who may act for whom, where and since when: parties, posts, responsibility lists and measures.
package struct Authority: Aggregate {
    package static let stream = StreamName("authority")

    package private(set) var parties: [PartyID: Party] = [:]
    /// In the order in which they were made.
    package private(set) var appointments: [PersonID: [Appointment]] = [:]
    /// Whoever was appointed to exactly this territory, once each.
    private(set) var people: [TerritoryID: [PersonID]] = [:]
    /// In the order in which they take force.
    package private(set) var lists: [ResponsibilityList] = []
    package private(set) var measures = MeasureBook()

    package init() {}

    package mutating func evolve(_ event: AuthorityEvent, from origin: Origin) {
        switch event {
        case .partyRegistered(let payload): parties[payload.party] = Party(payload)
        case .personAppointed(let payload): appoint(payload)
        case .appointmentEnded(let payload): end(payload)
        case .responsibilityListPublished(let payload): lists.publish(payload)
        case .listReviewDue(let payload):
            if let index = lists.firstIndex(where: { $0.version == payload.version }) {
                lists[index].isReviewDue = true
            }
        case .measureIssued(let payload): measures.add(Measure(payload, from: origin))
        case .localMeasureProposed(let payload): measures.add(Measure(payload, from: origin))
        case .localMeasureApproved(let payload): measures.approve(payload.measure, from: payload.from)
        case .localMeasureRefused(let payload): measures.settle(payload.measure, as: .refused)
        case .localMeasureLapsed(let payload): measures.settle(payload.measure, as: .lapsed)
        case .measureRepealed(let payload): measures.repeal(payload.measure, at: payload.at)
        case .measureExpired(let payload): measures.settle(payload.measure, as: .expired)
        // The first is for people to see; the others have streams of their own.
        case .escalationDetected, .measureAdopted, .measureChallenged, .assetRequisitioned, .assetReturned: break
        }
    }

    private mutating func appoint(_ payload: PersonAppointed) {
        appointments[payload.person, default: []].append(Appointment(payload))
        if people[payload.territory]?.contains(payload.person) != true {
            people[payload.territory, default: []].append(payload.person)
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
    package func list(at time: Timestamp) -> ResponsibilityList? { lists.inForce(at: time) }
}

extension Party {
    init(_ payload: PartyRegistered) {
        self.init(
            id: payload.party,
            words: Words(payload.nameEN, zh: payload.nameZH),
            kind: payload.kind,
            channel: payload.channel,
            webhookURL: payload.webhookURL,
            area: payload.area
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
