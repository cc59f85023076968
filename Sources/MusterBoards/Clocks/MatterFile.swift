import EventSourcing
import MusterDomain

/// What the boards keep of one matter besides its state: prose for people, and the events that its clocks point at.
struct MatterFile: Sendable {
    /// A filing of one side.
    struct Filing: Hashable, Sendable {
        let party: PartyID
        let at: Timestamp
        let position: Position
    }

    /// A department's objection to its competence.
    struct Dispute: Hashable, Sendable {
        let duty: DutyID
        let argument: String
        let at: Timestamp
        let position: Position
    }

    private(set) var matter = Matter()
    private(set) var title = ""
    private(set) var place = ""
    private(set) var raisedBy: PartyID?
    /// The event that brought the matter to its present stage.
    private(set) var changedBy: EventMark?
    private(set) var disputes: [PartyID: Dispute] = [:]
    private(set) var filings: [FilingSide: Filing] = [:]
    /// When the matter was reopened; nil when it was not, since the last whistle.
    private(set) var reopenedAt: Timestamp?
    private var marks: [EventID: EventMark] = [:]
    private var noShows: [PartyID: Timestamp] = [:]
    private var escalations: [PartyID: Timestamp] = [:]
    private var arrivals: [PartyID: EventMark] = [:]
    private var actions: [PartyID: EventMark] = [:]
    /// The rows as they were computed last.
    var rows: [ClockRow] = []

    func mark(_ id: EventID?) -> EventMark? { id.flatMap { marks[$0] } }
    func noShow(of party: PartyID) -> Timestamp? { noShows[party] }
    func escalation(of party: PartyID) -> Timestamp? { escalations[party] }
    func arrival(of party: PartyID) -> EventMark? { arrivals[party] }
    func lastAction(of party: PartyID) -> EventMark? { actions[party] }

    mutating func evolve(_ event: MatterEvent, _ fact: Fact) {
        let stage = matter.status
        matter.evolve(event, from: fact.origin)
        let mark = EventMark(event, fact)
        marks[fact.id] = mark
        if matter.status != stage { changedBy = mark }
        keep(event, fact, mark)
    }

    private mutating func keep(_ event: MatterEvent, _ fact: Fact, _ mark: EventMark) {
        let at = fact.origin.occurredAt
        switch event {
        case .raised(let payload):
            title = payload.title
            place = payload.place
            raisedBy = fact.origin.actor.role == .system ? nil : fact.origin.actor.party
        case .whistleBlown:
            forgetRound()
        case .competenceDisputed(let payload):
            disputes[payload.department] = Dispute(
                duty: payload.duty,
                argument: payload.argument,
                at: at,
                position: fact.position
            )
        case .competenceRuled(let payload):
            disputes[payload.department] = nil
        case .departmentNoShow(let payload): noShows[payload.department] = at
        case .whistleEscalated(let payload): escalations[payload.department] = at
        case .departmentArrived(let payload): arrivals[payload.department] = mark
        case .actionCompleted(let payload): actions[payload.department] = mark
        case .filedWithSuperior(let payload):
            filings[payload.side] = Filing(party: payload.party, at: at, position: fact.position)
        case .whistleWithdrawn: forgetRound()
        case .reopened:
            filings = [:]
            reopenedAt = at
        case .closed: marks = [:]
        case .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleAccepted, .findingsHandedOver, .jointPlanAgreed, .taskDelegated, .taskCompleted,
            .helpOffered, .feedbackAsked, .feedbackGiven, .feedbackMissing:
            break
        }
    }

    private mutating func forgetRound() {
        disputes = [:]
        filings = [:]
        noShows = [:]
        escalations = [:]
        arrivals = [:]
        actions = [:]
        reopenedAt = nil
    }
}

extension EventMark {
    init(_ event: MatterEvent, _ fact: Fact) {
        self.init(
            position: fact.position,
            id: fact.id,
            type: fact.type.name,
            words: FactWords.name(of: fact),
            occurredAt: fact.origin.occurredAt,
            recordedAt: fact.origin.recordedAt
        )
    }
}
