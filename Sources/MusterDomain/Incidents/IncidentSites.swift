import Records

/// How the places of an incident are written: their names, and where they are in the order of the names. Names are no
/// secret and decide what must be covered; where they are says something of a person.
enum IncidentSites {
    static let names =
        Codec<[SiteID]>.list(of: .identifier(), count: 0...Incident.maximumSites, isSet: true).orMissing([])
    static let places = Codec<[String]>.list(of: .line(), count: 0...Incident.maximumSites).orMissing([])
    /// The same where at least one is needed.
    static let someNames = Codec<[SiteID]>.list(of: .identifier(), count: 1...Incident.maximumSites, isSet: true)
    static let somePlaces = Codec<[String]>.list(of: .line(), count: 1...Incident.maximumSites)
    /// Nil once the person is erased.
    static let erasablePlaces = Codec<[String]>.list(of: .line(), count: 0...Incident.maximumSites).optional
}
