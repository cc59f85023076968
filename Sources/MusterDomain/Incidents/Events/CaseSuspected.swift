package import EventSourcing
package import Records

/// Something is suspected, and must be verified or ruled out in time.
package struct CaseSuspected: Hashable, Sendable {
    package let incident: IncidentID
    package let kind: IncidentKindID
    /// Whom the incident is about; nil for an incident of no person.
    package let person: PersonID?
    /// By the local calendar of whoever reported it.
    package let day: CaseDay
    package let territory: TerritoryID
    package let sites: [SiteID]
    /// Where the sites are, in their order. Nil once the person is erased.
    package let places: [String]?
    package let text: String
    package let verifyBy: Timestamp
    package let limit: Duration
    /// Nil leaves it to any department of the place.
    package let verifyDuty: DutyID?

    package init(
        incident: IncidentID,
        kind: IncidentKindID,
        person: PersonID? = nil,
        day: CaseDay,
        territory: TerritoryID,
        sites: [SiteID] = [],
        places: [String]? = nil,
        text: String,
        verifyBy: Timestamp,
        limit: Duration,
        verifyDuty: DutyID? = nil
    ) {
        self.incident = incident
        self.kind = kind
        self.person = person
        self.day = day
        self.territory = territory
        self.sites = sites
        self.places = places
        self.text = text
        self.verifyBy = verifyBy
        self.limit = limit
        self.verifyDuty = verifyDuty
    }

    package static let record = Record<CaseSuspected>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("kind", \.kind, .identifier(), Words("Kind", zh: "类别")),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
        Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("sites", \.sites, IncidentSites.names, Words("Sites", zh: "点位")),
        Field("places", \.places, IncidentSites.erasablePlaces, Words("Places", zh: "地点"), isPersonal: true),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field("verifyBy", \.verifyBy, .timestamp, Words("Verify by", zh: "核实期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field(
            "verifyDuty",
            \.verifyDuty,
            Codec<DutyID>.identifier().optional,
            Words("Duty of who verifies", zh: "核实职责")
        ),
        make: CaseSuspected.init
    )
}
