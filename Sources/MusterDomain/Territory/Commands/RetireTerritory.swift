package import EventSourcing
import Records

/// Takes a territory off the tree, as after a re-division, and says what takes its place.
package struct RetireTerritory: Command, Hashable {
    package let territory: TerritoryID
    package let successors: [TerritoryID]
    package let reason: String

    package init(
        territory: TerritoryID,
        successors: [TerritoryID] = [],
        reason: String
    ) {
        self.territory = territory
        self.successors = successors
        self.reason = reason
    }

    package static let description = CommandDescription<RetireTerritory>(
        "RetireTerritory",
        of: .territory,
        Words("Retire a territory", zh: "撤销区域"),
        by: [.administrator, .districtCommand, .streetCoordinator, .communityHead],
        under: "S2",
        isOrder: true,
        Record<RetireTerritory>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "successors",
                \.successors,
                Codec<[TerritoryID]>.list(of: .identifier(), count: 0...100, isSet: true).orMissing([]),
                Words("What takes its place", zh: "承接区域")
            ),
            Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因")),
            make: RetireTerritory.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        let place = try register.requireStanding(territory, at: context.occurredAt)
        try context.requireCovers(territory)
        guard register.children(of: territory).isEmpty else {
            throw Rejection(
                rule: "R2.1",
                reason: "still-holds",
                Words("There are still territories in \(territory).", zh: "\(territory) 之下仍有区域。"),
                advice: Words("Move or retire them first.", zh: "请先调整或撤销下级区域。")
            )
        }
        for successor in successors {
            let other = try register.requireStanding(successor, at: context.occurredAt)
            guard other.level == place.level, successor != territory else {
                throw Rejection(
                    rule: "R2.1",
                    reason: "successor-unfit",
                    Words(
                        "\(successor) cannot take the place of \(territory): they are of different levels, or the same.",
                        zh: "\(successor) 不能承接 \(territory)：层级不同或为同一区域。"
                    )
                )
            }
        }
        try register.requireNotBeforeChange(of: [territory], at: context.occurredAt)
        return [
            .retired(
                TerritoryRetired(territory: territory, successors: successors, from: context.occurredAt, reason: reason)
            )
        ]
    }
}
