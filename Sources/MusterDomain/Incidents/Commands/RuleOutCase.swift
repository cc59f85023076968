package import EventSourcing
import Records

/// Says that the suspicion is not true.
package struct RuleOutCase: Command, Hashable {
    package let incident: IncidentID
    package let text: String

    package init(
        incident: IncidentID,
        text: String
    ) {
        self.incident = incident
        self.text = text
    }

    package static let description = CommandDescription<RuleOutCase>(
        "RuleOutCase",
        of: .playbooks,
        Words("Rule out the case", zh: "排除"),
        by: [.departmentOfficer, .districtCommand],
        under: "R6.6",
        Record<RuleOutCase>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("text", \.text, .prose(), Words("Reason", zh: "理由")),
            make: RuleOutCase.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let about = try subject.requireSubject()
        try subject.requireSuspected(Self.description.words)
        try context.requireVerifier(about)
        return [
            .caseRuledOut(
                CaseRuledOut(
                    incident: incident,
                    person: about.person,
                    party: context.actor.party,
                    text: text,
                    isLate: subject.isLate(.verification, context)
                )
            )
        ]
    }
}
