package import EventSourcing
import Records

/// Gives a requisitioned thing back to its owner.
package struct ReturnAsset: Command, Hashable {
    package let asset: AssetID
    package let condition: AssetCondition
    /// What the owner is given; needed when it was damaged or lost.
    package let compensation: String?

    package init(
        asset: AssetID,
        condition: AssetCondition,
        compensation: String? = nil
    ) {
        self.asset = asset
        self.condition = condition
        self.compensation = compensation
    }

    package static let description = CommandDescription<ReturnAsset>(
        "ReturnAsset",
        of: .authority,
        Words("Return an asset", zh: "归还物资"),
        by: [.districtCommand],
        isOrder: true,
        Record<ReturnAsset>(
            Field("asset", \.asset, .identifier(), Words("Asset", zh: "物资")),
            Field("condition", \.condition, .choice, Words("Condition", zh: "状况")),
            Field(
                "compensation",
                \.compensation,
                Codec<String>.line(500).optional,
                Words("Compensation", zh: "补偿")
            ),
            make: ReturnAsset.init
        )
    )

    package var stream: StreamName { AssetRequisition.stream(asset) }

    package func decide(
        _ requisition: AssetRequisition,
        in context: Context
    ) throws(Rejection) -> [AssetRequisition.Event] {
        guard let use = requisition.use else {
            throw Rejection(
                rule: "S1",
                reason: "not-requisitioned",
                Words("\(asset) is not requisitioned.", zh: "\(asset) 未被征用。")
            )
        }
        try context.requireActsFor(use.by)
        guard condition == .intact || compensation != nil else {
            throw Rejection(
                rule: "S1",
                reason: "compensation-missing",
                Words(
                    "What comes back damaged or not at all must be made good.",
                    zh: "损坏或灭失的，必须给予补偿。"
                ),
                advice: Words("Say what \(use.owner) is given.", zh: "请写明给 \(use.owner) 的补偿。")
            )
        }
        return [
            .assetReturned(
                AssetReturned(
                    asset: asset,
                    owner: use.owner,
                    condition: condition,
                    compensation: compensation,
                    at: context.occurredAt,
                    isLate: context.occurredAt > use.to
                )
            )
        ]
    }
}
