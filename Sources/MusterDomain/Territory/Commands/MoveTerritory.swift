package import EventSourcing
import Records

/// Puts a territory below another one, or gives it another code, as a re-division does. Its past stays where it was.
package struct MoveTerritory: Command, Hashable {
    package let territory: TerritoryID
    /// The present one where only the code is another.
    package let parent: TerritoryID
    /// Nil when it keeps the old one.
    package let code: String?
    package let reason: String

    package init(
        territory: TerritoryID,
        parent: TerritoryID,
        code: String? = nil,
        reason: String
    ) {
        self.territory = territory
        self.parent = parent
        self.code = code
        self.reason = reason
    }

    package static let description = CommandDescription<MoveTerritory>(
        "MoveTerritory",
        of: .territory,
        Words("Move a territory", zh: "调整区域归属"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .administrator],
        under: "S2",
        isOrder: true,
        Record<MoveTerritory>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("parent", \.parent, .identifier(), Words("New parent", zh: "新上级区域")),
            Field("code", \.code, Codec<String>.line(24).optional, Words("New statistical code", zh: "新统计代码")),
            Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因")),
            make: MoveTerritory.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        let place = try register.requireStanding(territory, at: context.occurredAt)
        try context.requireCovers(territory)
        try context.requireCovers(parent)
        try register.requireBelow(parent, place.level, at: context.occurredAt)
        guard place.parent != parent || code != nil else { return [] }
        try register.requireNotBeforeChange(of: [territory, parent], at: context.occurredAt)
        let new = try code.map { (text) throws(Rejection) in
            try register.requireFree(text, level: place.level, below: parent)
        }
        if new == nil, let old = place.code { try register.requirePrefix(of: old, below: parent) }
        return [
            .moved(
                TerritoryMoved(
                    territory: territory,
                    parent: parent,
                    code: new?.digits,
                    from: context.occurredAt,
                    reason: reason
                )
            )
        ]
    }
}
