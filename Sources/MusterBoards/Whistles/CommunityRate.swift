package import MusterDomain
package import Records

/// How often a community whistles, beside how many live there (R3.7).
package struct CommunityRate: Hashable, Sendable {
    package let territory: TerritoryID
    package let name: Words
    /// Whistles in the last seven days, counted.
    package let whistles: Int
    /// Nil or 0 when nobody has counted them.
    package let households: Int?
    /// Scaled to seven days; nil when nobody has counted the households, and on the first day of a log, whose rate would
    /// be noise.
    package let perThousand: Double?
    /// What that says; `unknown` where there is no rate.
    package let gauge: WhistleGauge
    /// What the gauge compares it with.
    package let usual: WhistleRate
    /// How many whole days of the seven the log has seen.
    package let days: Int

    package var isCounted: Bool { households.map { $0 > 0 } ?? false }

    /// - Parameter days: for how much of the seven days the log has existed, with the fraction of a day.
    init(_ community: Territory, whistles: Int, days: Double, usual: WhistleRate) {
        territory = community.id
        name = community.words
        self.whistles = whistles
        self.usual = usual
        self.days = Int(days)
        households = community.households
        // Less than a day is none.
        let days = days < 1 ? 0 : days
        let rate = WhistleRate.rate(whistles: whistles, households: households, days: days)
        perThousand = rate.map { ($0 * 10).rounded() / 10 }
        gauge = usual.gauge(whistles: whistles, households: households, days: days)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("territory", territory.rawValue)
        writer.member("name", name)
        writer.member("whistles", whistles)
        writer.name("perThousand")
        if let perThousand { writer.number(perThousand) } else { writer.null() }
        writer.name("households")
        if let households { writer.integer(households) } else { writer.null() }
        writer.member("gauge", gauge.rawValue)
        writer.member("days", days)
        writer.name("lowest")
        writer.number(usual.lowest)
        writer.name("highest")
        writer.number(usual.highest)
        writer.endObject()
    }
}
