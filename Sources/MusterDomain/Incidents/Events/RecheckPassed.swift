package import Records

/// A re-check found nothing any more.
package struct RecheckPassed: Hashable, Sendable {
    package let incident: IncidentID
    package let recheck: RecheckID
    package let party: PartyID
    package let text: String?
    package let sites: [SiteID]
    package let isLate: Bool

    package init(
        incident: IncidentID,
        recheck: RecheckID,
        party: PartyID,
        text: String? = nil,
        sites: [SiteID] = [],
        isLate: Bool
    ) {
        self.incident = incident
        self.recheck = recheck
        self.party = party
        self.text = text
        self.sites = sites
        self.isLate = isLate
    }

    package static let record = Record<RecheckPassed>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("recheck", \.recheck, .identifier(), Words("Re-check", zh: "复查")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
        Field("sites", \.sites, IncidentSites.names, Words("Sites covered", zh: "覆盖点位")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        make: RecheckPassed.init
    )
}
