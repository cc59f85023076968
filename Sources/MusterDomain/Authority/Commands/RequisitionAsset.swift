package import EventSourcing
import Records

/// Takes a thing of somebody else into use, by law and for a time (征用).
package struct RequisitionAsset: Command, Hashable {
    package let asset: AssetID
    package let what: String
    package let owner: PartyID
    package let territory: TerritoryID
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let legalBasis: String?
    package let from: Timestamp
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let to: Timestamp?

    package init(
        asset: AssetID,
        what: String,
        owner: PartyID,
        territory: TerritoryID,
        legalBasis: String? = nil,
        from: Timestamp,
        to: Timestamp? = nil
    ) {
        self.asset = asset
        self.what = what
        self.owner = owner
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
    }

    package static let description = CommandDescription<RequisitionAsset>(
        "RequisitionAsset",
        of: .authority,
        Words("Requisition an asset", zh: "征用物资"),
        by: [.districtCommand],
        isOrder: true,
        Record<RequisitionAsset>(
            Field("asset", \.asset, .identifier(), Words("Asset", zh: "物资")),
            Field("what", \.what, .line(200), Words("What it is", zh: "名称")),
            Field("owner", \.owner, .identifier(), Words("Owner", zh: "所有单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "legalBasis",
                \.legalBasis,
                Codec<String>.line(300).optional,
                Words("Legal basis", zh: "法律依据")
            ),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            make: RequisitionAsset.init
        )
    )

    package var stream: StreamName { AssetRequisition.stream(asset) }

    package func decide(
        _ requisition: AssetRequisition,
        in context: Context
    ) throws(Rejection) -> [AssetRequisition.Event] {
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try context.requireParty(owner)
        let (legalBasis, to) = try context.requireBasisAndEnd(legalBasis, from, to)
        guard owner != context.actor.party else {
            throw Rejection(
                rule: "S1",
                reason: "own-asset",
                Words("\(asset) is \(owner)'s own.", zh: "\(asset) 本来就属于 \(owner)。")
            )
        }
        if let use = requisition.use {
            throw Rejection(
                rule: "S1",
                reason: "requisitioned-already",
                Words(
                    "\(asset) is in use by \(use.by) until \(use.to).",
                    zh: "\(asset) 已由 \(use.by) 征用至 \(use.to)。"
                ),
                advice: Words("\(use.by) must return it first.", zh: "须先由 \(use.by) 归还。")
            )
        }
        return [
            .assetRequisitioned(
                AssetRequisitioned(
                    asset: asset,
                    what: what,
                    owner: owner,
                    territory: territory,
                    legalBasis: legalBasis,
                    from: from,
                    to: to
                )
            )
        ]
    }
}
