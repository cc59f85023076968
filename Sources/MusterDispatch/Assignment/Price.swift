/// What people cost a plan: first how many come from the higher tiers, then the cost that is weighed.
struct Price: Comparable, AdditiveArithmetic, Hashable, Sendable {
    /// One person of a tier outweighs any number of the tiers below.
    var tiers: Int64
    var cost: Double

    init(tiers: Int64 = 0, cost: Double) {
        self.tiers = tiers
        self.cost = cost
    }

    static let zero = Price(cost: 0)

    /// Sums of costs differ in their last digits by the order in which they were added: less than this is none.
    static let leastGain = Price(cost: -1e-7)

    static func + (lhs: Price, rhs: Price) -> Price {
        Price(tiers: lhs.tiers + rhs.tiers, cost: lhs.cost + rhs.cost)
    }

    static func - (lhs: Price, rhs: Price) -> Price {
        Price(tiers: lhs.tiers - rhs.tiers, cost: lhs.cost - rhs.cost)
    }

    static func < (lhs: Price, rhs: Price) -> Bool {
        lhs.tiers == rhs.tiers ? lhs.cost < rhs.cost : lhs.tiers < rhs.tiers
    }

    var isGain: Bool { self < Self.leastGain }

    /// The share of one assignment, by tier. With 20,000 pieces of work a count has 15 bits, and four counts fit.
    static func tiers(of tier: Int) -> Int64 {
        tier <= 1 ? 0 : 1 << (Int64(min(tier, 5) - 2) * 15)
    }
}
