package import Records

/// How long a directive may take on its way down.
package struct DirectiveLimits: Hashable, Sendable {
    /// For a hop to acknowledge and pass on, in a level-I response.
    package let levelOneHop: Duration
    /// The same otherwise.
    package let hop: Duration
    /// From the issue to the last level.
    package let cascade: Duration

    package init(levelOneHop: Duration, hop: Duration, cascade: Duration) {
        self.levelOneHop = levelOneHop
        self.hop = hop
        self.cascade = cascade
    }

    package static let standard = DirectiveLimits(
        levelOneHop: .seconds(1_800),
        hop: .seconds(7_200),
        cascade: .seconds(14_400)
    )

    package func hop(under response: ResponseLevel?) -> Duration { response == .first ? levelOneHop : hop }

    func scaled(by factor: Double) -> DirectiveLimits {
        DirectiveLimits(
            levelOneHop: levelOneHop.scaled(by: factor),
            hop: hop.scaled(by: factor),
            cascade: cascade.scaled(by: factor)
        )
    }

    /// What a document does not name is as in `standard`.
    package static func record(standard: DirectiveLimits) -> Record<DirectiveLimits> {
        Record<DirectiveLimits>(
            standard: standard,
            Field(
                "levelOneHopSeconds",
                \.levelOneHop,
                .seconds,
                Words("One hop, level I", zh: "单级转发（一级响应）"),
                help: Words(
                    "For a hop to acknowledge and pass on, in a level-I response (S4)",
                    zh: "一级响应时单级签收并转发的时限（S4）"
                )
            ),
            Field(
                "hopSeconds",
                \.hop,
                .seconds,
                Words("One hop", zh: "单级转发"),
                help: Words("The same otherwise (S4)", zh: "平时单级签收并转发的时限（S4）")
            ),
            Field(
                "cascadeSeconds",
                \.cascade,
                .seconds,
                Words("Whole cascade", zh: "全程"),
                help: Words("From the issue to the last level (S4)", zh: "自下达至最末一级的时限（S4）")
            ),
            make: DirectiveLimits.init
        )
    }
}
