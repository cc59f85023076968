package import Records

/// The suspicion is true.
package struct CaseVerified: Hashable, Sendable {
    package let incident: IncidentID
    /// Whom the incident is about; nil for an incident of no person.
    package let person: PersonID?
    package let party: PartyID
    package let sites: [SiteID]
    /// Where the sites are, in their order. Nil once the person is erased.
    package let places: [String]?
    package let text: String
    package let isLate: Bool

    package init(
        incident: IncidentID,
        person: PersonID? = nil,
        party: PartyID,
        sites: [SiteID] = [],
        places: [String]? = nil,
        text: String,
        isLate: Bool
    ) {
        self.incident = incident
        self.person = person
        self.party = party
        self.sites = sites
        self.places = places
        self.text = text
        self.isLate = isLate
    }

    package static let record = Record<CaseVerified>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("sites", \.sites, IncidentSites.names, Words("Sites added", zh: "新增点位")),
        Field("places", \.places, IncidentSites.erasablePlaces, Words("Places", zh: "地点"), isPersonal: true),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        make: CaseVerified.init
    )
}
