package import MusterDomain
package import Records

/// How often a community whistles, beside how many live there (R3.7).
package struct CommunityRate: Hashable, Sendable {
    package let territory: TerritoryID
    package let name: Words
    /// Whistles in the last seven days, counted.
    package let whistles: Int
    /// In seven days; nil when nobody has counted the households, and on the first day of a log, whose rate would be noise.
    package let perThousand: Double?
    /// What that says; `unknown` where there is no rate.
    package let gauge: WhistleGauge
    /// How many whole days of the seven the log has seen.
    package let days: Int

    init(_ community: Territory, whistles: Int, days: Int) {
        territory = community.id
        name = community.words
        self.whistles = whistles
        self.days = days
        let rate = WhistleRate.rate(whistles: whistles, households: community.households, days: Double(days))
        perThousand = rate.map { ($0 * 10).rounded() / 10 }
        gauge = WhistleRate.gauge(whistles: whistles, households: community.households, days: Double(days))
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("territory", territory.rawValue)
        writer.member("name", name)
        writer.member("whistles", whistles)
        writer.name("perThousand")
        if let perThousand { writer.number(perThousand) } else { writer.null() }
        writer.member("gauge", gauge.rawValue)
        writer.member("days", days)
        writer.endObject()
    }
}
