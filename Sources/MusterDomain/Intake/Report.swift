package import EventSourcing

/// Something that somebody told Muster.
package struct Report: Aggregate, Hashable {
    /// How far it is dealt with.
    ///
    /// ```
    /// submitted ─▶ triaged ─▶ routed ⟲ ─▶ answered
    ///     └───────────┴──────────┴──▶ joined: goes along with another one
    /// ```
    package enum Stage: Hashable, Sendable {
        case unknown
        case submitted
        case triaged(Urgency)
        /// It lies with a party.
        case routed(PartyID)
        case answered
        /// It goes along with another one (R5.3).
        case joined(ReportID)
    }

    package private(set) var stage = Stage.unknown
    /// Nil before it is submitted.
    package private(set) var territory: TerritoryID?
    /// Nil when nobody can be asked.
    package private(set) var reporter: PersonID?
    package private(set) var channel: ReportChannel?
    /// When somebody told it.
    package private(set) var submittedAt: Timestamp?
    /// Until when somebody is to deal with it, outside of surges; nil for one that has no clock.
    package private(set) var answerBy: Timestamp?
    /// That time has passed, and was recorded as such.
    package private(set) var isOverdue = false
    /// Those that go along with it.
    package private(set) var duplicates: Set<ReportID> = []
    /// Those that it was split into.
    package private(set) var parts: Set<ReportID> = []

    package init() {}

    package static func stream(_ report: ReportID) -> StreamName {
        StreamName(category: "report", id: report.rawValue)
    }

    package mutating func evolve(_ event: ReportEvent, from origin: Origin) {
        switch event {
        case .submitted(let payload):
            stage = .submitted
            territory = payload.territory
            reporter = payload.reporter
            channel = payload.channel
            submittedAt = origin.occurredAt
            answerBy = payload.answerBy
        case .triaged(let payload): stage = .triaged(payload.urgency)
        case .merged(let payload): duplicates.formUnion(payload.duplicates)
        case .joined(let payload): stage = .joined(payload.into)
        case .split(let payload): parts.formUnion(payload.parts)
        case .routed(let payload): stage = .routed(payload.party)
        case .answered: stage = .answered
        case .overdue: isOverdue = true
        }
    }
}
