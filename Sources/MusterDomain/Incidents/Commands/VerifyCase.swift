package import EventSourcing
import Records

/// Says that the suspicion is true.
package struct VerifyCase: Command, Hashable {
    package let incident: IncidentID
    /// Sites that became known meanwhile.
    package let sites: [SiteID]
    /// Where they are, in the order of the names.
    package let places: [String]
    package let text: String

    package init(
        incident: IncidentID,
        sites: [SiteID] = [],
        places: [String] = [],
        text: String
    ) {
        self.incident = incident
        self.sites = sites
        self.places = places
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
            Field("sites", \.sites, IncidentSites.names, Words("Sites added", zh: "新增点位")),
            Field(
                "places",
                \.places,
                IncidentSites.places,
                Words("Places", zh: "地点"),
                help: Words("Where each site is, in the same order", zh: "各点位的位置，顺序一致")
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
        try subject.requireNewSites(sites, at: places)
        return [
            .caseVerified(
                CaseVerified(
                    incident: incident,
                    person: about.person,
                    party: context.actor.party,
                    sites: sites,
                    places: places,
                    text: text,
                    isLate: subject.isLate(.verification, context)
                )
            )
        ]
    }
}
