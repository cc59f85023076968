package import Records

/// An incident of this kind, person and day there is now; it stands alone in a stream of its own, so that there is no second one.
package struct CaseRegistered: Hashable, Sendable {
    package let incident: IncidentID
    package let kind: IncidentKindID
    package let person: PersonID
    package let day: CaseDay

    package init(
        incident: IncidentID,
        kind: IncidentKindID,
        person: PersonID,
        day: CaseDay
    ) {
        self.incident = incident
        self.kind = kind
        self.person = person
        self.day = day
    }

    package static let record = Record<CaseRegistered>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("kind", \.kind, .identifier(), Words("Kind", zh: "类别")),
        Field("person", \.person, .identifier(), Words("Person concerned", zh: "涉及人员")),
        Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
        make: CaseRegistered.init
    )
}
