package import EventSourcing
package import Records

/// A re-check found that it is not over; it must be made again.
package struct RecheckFailed: Hashable, Sendable {
    package let incident: IncidentID
    package let recheck: RecheckID
    package let party: PartyID
    package let text: String
    package let sites: [SiteID]
    package let notBefore: Timestamp
    package let dueBy: Timestamp
    package let limit: Duration

    package init(
        incident: IncidentID,
        recheck: RecheckID,
        party: PartyID,
        text: String,
        sites: [SiteID] = [],
        notBefore: Timestamp,
        dueBy: Timestamp,
        limit: Duration
    ) {
        self.incident = incident
        self.recheck = recheck
        self.party = party
        self.text = text
        self.sites = sites
        self.notBefore = notBefore
        self.dueBy = dueBy
        self.limit = limit
    }

    package static let record = Record<RecheckFailed>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("recheck", \.recheck, .identifier(), Words("Re-check", zh: "复查")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, .prose(), Words("What was found", zh: "发现情况")),
        Field("sites", \.sites, IncidentSites.names, Words("Sites covered", zh: "覆盖点位")),
        Field("notBefore", \.notBefore, .timestamp, Words("Not before", zh: "不早于")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: RecheckFailed.init
    )
}
