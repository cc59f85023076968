package import EventSourcing
package import Records

/// A thing of somebody else is taken into use by law, for a time (征用).
package struct AssetRequisitioned: Hashable, Sendable {
    package let asset: AssetID
    package let what: String
    package let owner: PartyID
    package let territory: TerritoryID
    package let legalBasis: String
    package let from: Timestamp
    package let to: Timestamp

    package init(
        asset: AssetID,
        what: String,
        owner: PartyID,
        territory: TerritoryID,
        legalBasis: String,
        from: Timestamp,
        to: Timestamp
    ) {
        self.asset = asset
        self.what = what
        self.owner = owner
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
    }

    package static let record = Record<AssetRequisitioned>(
        refusesUnknownMembers: false,
        Field("asset", \.asset, .identifier(), Words("Asset", zh: "物资")),
        Field("what", \.what, .line(200), Words("What it is", zh: "名称")),
        Field("owner", \.owner, .identifier(), Words("Owner", zh: "所有单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("legalBasis", \.legalBasis, .line(300), Words("Legal basis", zh: "法律依据")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("Until", zh: "结束")),
        make: AssetRequisitioned.init
    )
}
