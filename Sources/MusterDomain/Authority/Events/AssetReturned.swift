package import EventSourcing
package import Records

/// A requisitioned thing is back with its owner.
package struct AssetReturned: Hashable, Sendable {
    package let asset: AssetID
    package let owner: PartyID
    package let condition: AssetCondition
    /// What the owner is given for loss or damage.
    package let compensation: String?
    package let at: Timestamp
    package let isLate: Bool

    package init(
        asset: AssetID,
        owner: PartyID,
        condition: AssetCondition,
        compensation: String? = nil,
        at: Timestamp,
        isLate: Bool
    ) {
        self.asset = asset
        self.owner = owner
        self.condition = condition
        self.compensation = compensation
        self.at = at
        self.isLate = isLate
    }

    package static let record = Record<AssetReturned>(
        refusesUnknownMembers: false,
        Field("asset", \.asset, .identifier(), Words("Asset", zh: "物资")),
        Field("owner", \.owner, .identifier(), Words("Owner", zh: "所有单位")),
        Field("condition", \.condition, .choice, Words("Condition", zh: "状况")),
        Field(
            "compensation",
            \.compensation,
            Codec<String>.line(500).optional,
            Words("Compensation", zh: "补偿")
        ),
        Field("at", \.at, .timestamp, Words("Returned", zh: "归还时间")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: AssetReturned.init
    )
}
