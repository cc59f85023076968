package import EventSourcing
import Records

/// Says that the suspicion is true.
package struct VerifyCase: Command, Hashable {
    package let incident: IncidentID
    /// Places that became known meanwhile.
    package let sites: [IncidentSite]
    package let text: String

    package init(
        incident: IncidentID,
        sites: [IncidentSite] = [],
        text: String
    ) {
        self.incident = incident
        self.sites = sites
        self.text = text
    }

    package static let description = CommandDescription<VerifyCase>(
        "VerifyCase",
        of: .playbooks,
        Words("Verify the case", zh: "核实"),
        by: [.departmentOfficer, .districtCommand],
        under: "S6",
        Record<VerifyCase>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field(
                "sites",
                \.sites,
                IncidentSite.list(0...Incident.maximumSites).orMissing([]),
                Words("Sites added", zh: "新增点位")
            ),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: VerifyCase.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let about = try subject.requireSubject()
        try subject.requireSuspected(Self.description.words)
        try context.requireVerifier(about)
        try subject.requireNewSites(sites)
        return [
            .caseVerified(
                CaseVerified(
                    incident: incident,
                    person: about.person,
                    party: context.actor.party,
                    sites: sites.map(\.site),
                    places: sites.map(\.place),
                    text: text,
                    isLate: subject.isLate(.verification, context)
                )
            )
        ]
    }
}
