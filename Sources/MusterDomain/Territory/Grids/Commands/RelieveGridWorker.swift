package import EventSourcing
import Records

/// Takes a worker off a grid.
package struct RelieveGridWorker: Command, Hashable {
    package let grid: TerritoryID
    package let person: PersonID
    package let reason: String

    package init(
        grid: TerritoryID,
        person: PersonID,
        reason: String
    ) {
        self.grid = grid
        self.person = person
        self.reason = reason
    }

    package static let description = CommandDescription<RelieveGridWorker>(
        "RelieveGridWorker",
        of: .territory,
        Words("Relieve a grid worker", zh: "解除网格员"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .system],
        under: "S2",
        isOrder: true,
        Record<RelieveGridWorker>(
            Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("reason", \.reason, .line(), Words("Reason", zh: "原因")),
            make: RelieveGridWorker.init
        )
    )

    package var stream: StreamName { GridPost.stream(grid) }

    package func decide(_ post: GridPost, in context: Context) throws(Rejection) -> [GridPost.Event] {
        guard let place = context.territories.territory(grid) else { throw .territoryUnknown(grid) }
        try context.requireCovers(grid)
        guard let kind = post.kind(of: person) else {
            throw Rejection(
                kind: .notFound,
                rule: "S2",
                reason: "not-the-worker",
                Words("\(person) does not work in \(grid).", zh: "\(person) 不是 \(grid) 的网格员。")
            )
        }
        if kind == .primary, !place.isRetired, context.actor.role != .system,
            let alert = context.territories.alert(on: grid)
        {
            throw Rejection(
                rule: "R2.3",
                reason: "last-worker",
                Words(
                    "Incident \(alert.incident) is active: \(grid) keeps exactly one primary worker.",
                    zh: "事件 \(alert.incident) 处置期间，\(grid) 必须有且只有一名主责网格员。"
                ),
                advice: Words("Assign somebody who takes over from \(person).", zh: "请指派接替 \(person) 的人员。")
            )
        }
        return [.relieved(GridWorkerRelieved(grid: grid, person: person, kind: kind, reason: reason))]
    }
}
