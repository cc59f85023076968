import EventSourcing

/// Opens the follow-up once the first disposal is summed up (R6.4), and records every time that passes without what was
/// due by it.
package struct IncidentPolicy: Policy {
    package static let name = "incidents"

    private var incidents: [IncidentID: Incident] = [:]
    /// Of incidents that have some; brought up to date with each fact, so that reading all timers costs no fold.
    private var pending: [IncidentID: [PolicyTimer]] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        guard case .incident(let event) = fact.event else { return }
        // A registration stands in a stream of its own, and changes nothing.
        if case .caseRegistered = event { return }
        incidents[event.incident, default: Incident()].evolve(event, from: fact.origin)
        let timers = incidents[event.incident].map(timers) ?? []
        pending[event.incident] = timers.isEmpty ? nil : timers
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .incident(.firstDisposalSummarised(let summary)) = fact.event else { return [] }
        let territory = incidents[summary.incident]?.subject?.territory ?? fact.origin.actor.territory
        return [
            .issue(
                command: OpenFollowUp(incident: summary.incident),
                actor: .system(in: territory),
                key: "open-follow-up/\(fact.id)"
            )
        ]
    }

    package var timers: [PolicyTimer] {
        pending.values.joined().sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }

    private func timers(of incident: Incident) -> [PolicyTimer] {
        guard let subject = incident.subject else { return [] }
        return incident.clocks.filter { !$0.value.isMissed }.map { clock, deadline in
            PolicyTimer(
                // The limit is a part of the key: after a reopening another clock runs for the same thing.
                key: "incident-deadline/\(subject.incident)/\(clock.key)/\(deadline.dueBy)",
                due: deadline.dueBy,
                command: RecordMissedDeadline(
                    incident: subject.incident,
                    clock: clock.kind,
                    name: clock.name,
                    dueBy: deadline.dueBy
                ),
                actor: .system(in: subject.territory),
                cause: deadline.startedBy
            )
        }
    }
}
