package import EventSourcing

/// Computes an appraisal from the log: what happened within a period, as far as the log is read. The same facts give the same
/// lines, whenever and wherever they are folded (R14.7).
package struct AppraisalFold: Sendable {
    private let formula: AppraisalFormula
    private let from: Timestamp
    private let to: Timestamp
    private var leads: [MatterID: MatterLead] = [:]
    private var outcomes: [PartyID: PartyOutcomes] = [:]

    /// - Parameter to: the end, which no longer belongs to the period.
    package init(_ formula: AppraisalFormula, from: Timestamp, to: Timestamp) {
        self.formula = formula
        self.from = from
        self.to = to
    }

    /// The period right after this one, knowing who led what at its beginning; the same as reading the log from its start.
    package func following(to end: Timestamp) -> AppraisalFold {
        var next = AppraisalFold(formula, from: to, to: end)
        next.leads = leads
        return next
    }

    /// Takes in one fact, in the order of positions.
    package mutating func fold(_ fact: Fact) {
        let time = fact.origin.occurredAt
        guard case .matter(let event) = fact.event, time < to else { return }
        let before = leads[event.matter] ?? MatterLead()
        var lead = before
        lead.evolve(event)
        leads[event.matter] = lead
        guard time >= from, let party = lead.party ?? before.party else { return }
        outcomes[party, default: PartyOutcomes()].take(event, wasLate: before.isLate)
    }

    /// By party.
    package var lines: [AppraisalLine] {
        var overdue: [PartyID: Int] = [:]
        for lead in leads.values {
            if let party = lead.party, let due = lead.due, due < to { overdue[party, default: 0] += 1 }
        }
        return Set(outcomes.keys).union(overdue.keys).sorted().map { party in
            let outcomes = outcomes[party] ?? PartyOutcomes()
            let open = overdue[party] ?? 0
            return AppraisalLine(
                party: party,
                outcomes: outcomes,
                overdueOpen: open,
                score: formula.score(outcomes, overdueOpen: open)
            )
        }
    }
}
