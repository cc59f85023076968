package import EventSourcing
import Records

/// Says what a compound lacks of what makes it safe; nothing lifts the flag.
package struct FlagThreeNo: Command, Hashable {
    package let territory: TerritoryID
    package let missing: [ThreeNo]

    package init(
        territory: TerritoryID,
        missing: [ThreeNo]
    ) {
        self.territory = territory
        self.missing = missing
    }

    package static let description = CommandDescription<FlagThreeNo>(
        "FlagThreeNo",
        of: .territory,
        Words("Flag a three-no compound", zh: "标记三无小区"),
        by: [.gridWorker, .communityHead, .streetCoordinator],
        under: "S2",
        Record<FlagThreeNo>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("missing", \.missing, .list(of: .choice, count: 0...3, isSet: true), Words("Lacks", zh: "缺少")),
            make: FlagThreeNo.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        let place = try register.requireStanding(territory, at: context.occurredAt)
        guard place.level == .community || TerritoryLevel.community.isAbove(place.level) else {
            throw Rejection(
                rule: "S2",
                reason: "not-a-compound",
                Words("\(place.level.words.en): this is larger than a compound.", zh: "\(place.level.words.zh)大于小区范围。")
            )
        }
        try context.requireCovers(territory)
        guard Set(missing) != place.missing else { return [] }
        return [.threeNoFlagged(ThreeNoFlagged(territory: territory, missing: missing))]
    }
}
