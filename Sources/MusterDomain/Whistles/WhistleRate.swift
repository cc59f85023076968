package import Records

/// How often a community blows the whistle, as a gauge of its health: too seldom and too often both ask for a look
/// (R3.7).
package struct WhistleRate: Hashable, Sendable {
    /// Whistles per 1,000 households in seven days.
    package let lowest: Double
    package let highest: Double

    package init(lowest: Double, highest: Double) {
        self.lowest = lowest
        self.highest = highest
    }

    package static let standard = WhistleRate(lowest: 2.5, highest: 11)

    private static let rates = 0.0...10_000.0

    /// What a document does not name is as in `standard`.
    package static func record(standard: WhistleRate) -> Record<WhistleRate> {
        Record<WhistleRate>(
            standard: standard,
            Field(
                "lowest",
                \.lowest,
                .number(rates),
                Words("Lowest", zh: "下限"),
                help: Words("Fewer are flagged: nobody dares, or nobody knows (R3.7)", zh: "低于此数即提示：不敢吹或不会吹（R3.7）")
            ),
            Field(
                "highest",
                \.highest,
                .number(rates),
                Words("Highest", zh: "上限"),
                help: Words("More are flagged: too little is settled on the spot (R3.7)", zh: "高于此数即提示：就地解决过少（R3.7）")
            ),
            make: WhistleRate.init
        )
    }

    /// Whistles per 1,000 households in seven days; nil when households or days are unknown or none, which is missing
    /// and not zero.
    package static func rate(whistles: Int, households: Int?, days: Double) -> Double? {
        guard let households, households > 0, days > 0 else { return nil }
        return Double(whistles) * 1_000 / Double(households) * 7 / days
    }

    package func gauge(whistles: Int, households: Int?, days: Double) -> WhistleGauge {
        guard let rate = Self.rate(whistles: whistles, households: households, days: days) else { return .unknown }
        if rate < lowest { return .tooLow }
        return rate > highest ? .tooHigh : .healthy
    }
}

/// What a whistle rate says.
package enum WhistleGauge: String, Choice {
    case tooLow = "too-low"
    case healthy
    case tooHigh = "too-high"
    case unknown

    package var words: Words {
        switch self {
        case .tooLow: Words("Too low", zh: "偏低")
        case .healthy: Words("Healthy", zh: "正常")
        case .tooHigh: Words("Too high", zh: "偏高")
        case .unknown: Words("Not known", zh: "未知")
        }
    }
}
