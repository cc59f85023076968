package import Records

/// The suspicion is not true: the incident is over, and what was ordered because of it ends (R6.6).
package struct CaseRuledOut: Hashable, Sendable {
    package let incident: IncidentID
    /// Whom the incident is about; nil for an incident of no person.
    package let person: PersonID?
    package let party: PartyID
    package let text: String
    package let isLate: Bool

    package init(
        incident: IncidentID,
        person: PersonID? = nil,
        party: PartyID,
        text: String,
        isLate: Bool
    ) {
        self.incident = incident
        self.person = person
        self.party = party
        self.text = text
        self.isLate = isLate
    }

    package static let record = Record<CaseRuledOut>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, .prose(), Words("Reason", zh: "理由"), isPersonal: true),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        make: CaseRuledOut.init
    )
}
