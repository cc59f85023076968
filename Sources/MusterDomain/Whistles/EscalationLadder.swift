package import Records

/// After which share of a limit each level is told (S3): from the community that blew the whistle to the street, the
/// district and the city. Events that start a clock record the ladder by which it is chased (R0.5).
package struct EscalationLadder: Hashable, Sendable {
    /// Nil where communities are not told of their own whistles.
    package let communityPercent: Int?
    package let streetPercent: Int
    package let districtPercent: Int
    package let cityPercent: Int

    package init(communityPercent: Int? = nil, streetPercent: Int, districtPercent: Int, cityPercent: Int) {
        self.communityPercent = communityPercent
        self.streetPercent = streetPercent
        self.districtPercent = districtPercent
        self.cityPercent = cityPercent
    }

    /// Also that of clocks that were started before ladders were recorded.
    package static let standard = EscalationLadder(streetPercent: 50, districtPercent: 100, cityPercent: 150)

    /// Nil for a level that is not told.
    package func percent(of level: EscalationLevel) -> Int? {
        switch level {
        case .community: communityPercent
        case .street: streetPercent
        case .district: districtPercent
        case .city: cityPercent
        }
    }

    private static let share = Codec<Int>.integer(1...1_000)

    /// As limits give it. What a document does not name is as in `standard`.
    package static func record(standard: EscalationLadder) -> Record<EscalationLadder> {
        makeRecord(standard: standard, refusesUnknownMembers: true)
    }

    /// As events hold it.
    static let recorded = makeRecord(standard: .standard, refusesUnknownMembers: false)

    private static func makeRecord(
        standard: EscalationLadder,
        refusesUnknownMembers: Bool
    ) -> Record<EscalationLadder> {
        Record<EscalationLadder>(
            standard: standard,
            refusesUnknownMembers: refusesUnknownMembers,
            Field(
                "communityPercent",
                \.communityPercent,
                share.optional,
                Words("Community", zh: "社区"),
                help: Words(
                    "The community that blew the whistle; without a figure it is not told (S3)",
                    zh: "吹哨社区，不填则不告知（S3）"
                )
            ),
            Field(
                "streetPercent",
                \.streetPercent,
                share,
                Words("Street", zh: "街道"),
                help: Words("Its street (S3)", zh: "街道（S3）")
            ),
            Field(
                "districtPercent",
                \.districtPercent,
                share,
                Words("District", zh: "区"),
                help: Words("Its district (S3)", zh: "区（S3）")
            ),
            Field(
                "cityPercent",
                \.cityPercent,
                share,
                Words("City", zh: "市"),
                help: Words("Its city (S3)", zh: "市（S3）")
            ),
            make: EscalationLadder.init
        )
    }
}
