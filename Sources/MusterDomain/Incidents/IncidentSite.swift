package import Records

/// A place of an incident, as it is reported: its name here, and where it is.
package struct IncidentSite: Hashable, Sendable {
    package let site: SiteID
    package let place: String

    package init(site: SiteID, place: String) {
        self.site = site
        self.place = place
    }

    static let record = Record<IncidentSite>(
        Field("site", \.site, .identifier(), Words("Site", zh: "点位")),
        Field("place", \.place, .line(), Words("Place", zh: "地点")),
        make: IncidentSite.init
    )

    static func list(_ count: ClosedRange<Int>) -> Codec<[IncidentSite]> { .list(of: record.codec, count: count) }

    /// Names are no secret and decide what must be covered; where they are says something of a person.
    static let names = Codec<[SiteID]>.list(of: .identifier(), count: 0...Incident.maximumSites, isSet: true).orMissing(
        [])
    /// In the order of the names. Nil once the person is erased.
    static let places = Codec<[String]>.list(of: .line(), count: 0...Incident.maximumSites).optional
}
