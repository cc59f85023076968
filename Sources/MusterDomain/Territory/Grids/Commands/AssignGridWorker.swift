package import EventSourcing
import Records

/// Gives a grid its worker. Who takes over from another one names them, so that the grid has exactly one at any instant (R2.3).
package struct AssignGridWorker: Command, Hashable {
    package let grid: TerritoryID
    package let person: PersonID
    package let kind: GridWorkerKind
    /// The primary worker who goes; nil for a grid that has none.
    package let replaces: PersonID?

    package init(
        grid: TerritoryID,
        person: PersonID,
        kind: GridWorkerKind = .primary,
        replaces: PersonID? = nil
    ) {
        self.grid = grid
        self.person = person
        self.kind = kind
        self.replaces = replaces
    }

    package static let description = CommandDescription<AssignGridWorker>(
        "AssignGridWorker",
        of: .territory,
        Words("Assign a grid worker", zh: "指派网格员"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .system],
        under: "S2",
        isOrder: true,
        Record<AssignGridWorker>(
            Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("kind", \.kind, Codec<GridWorkerKind>.choice.orMissing(.primary), Words("Kind", zh: "类别")),
            Field("replaces", \.replaces, Codec<PersonID>.identifier().optional, Words("Takes over from", zh: "接替")),
            make: AssignGridWorker.init
        )
    )

    package var stream: StreamName { GridPost.stream(grid) }

    package func decide(_ post: GridPost, in context: Context) throws(Rejection) -> [GridPost.Event] {
        _ = try context.territories.requireGrid(grid, at: context.occurredAt)
        try context.requireCovers(grid)
        try context.requireGridWorker(person, near: grid)
        switch kind {
        case .primary: return try assignPrimary(post)
        case .support: return try assignSupport(post)
        }
    }

    private func assignPrimary(_ post: GridPost) throws(Rejection) -> [GridWorkerEvent] {
        if post.primary == person, replaces == nil || replaces == person { return [] }
        guard post.primary == replaces else {
            guard let primary = post.primary else {
                throw Rejection(
                    rule: "R2.3",
                    reason: "not-the-worker",
                    Words("\(grid) has no primary worker to take over from.", zh: "\(grid) 目前没有主责网格员可接替。"),
                    advice: Words("Assign without naming anybody.", zh: "请直接指派。")
                )
            }
            throw Rejection(
                rule: "R2.3",
                reason: "primary-taken",
                Words("\(primary) is the primary worker of \(grid).", zh: "\(grid) 的主责网格员是 \(primary)。"),
                advice: Words("Say that \(person) takes over from \(primary).", zh: "请注明 \(person) 接替 \(primary)。")
            )
        }
        var events: [GridWorkerEvent] = []
        if let old = replaces {
            events.append(
                .relieved(GridWorkerRelieved(grid: grid, person: old, kind: .primary, replacedBy: person))
            )
        }
        if post.support.contains(person) {
            events.append(.relieved(GridWorkerRelieved(grid: grid, person: person, kind: .support)))
        }
        return events + [.assigned(GridWorkerAssigned(grid: grid, person: person, kind: .primary))]
    }

    private func assignSupport(_ post: GridPost) throws(Rejection) -> [GridWorkerEvent] {
        guard post.primary != person else {
            throw Rejection(
                rule: "R2.3",
                reason: "is-primary",
                Words("\(person) is the primary worker of \(grid).", zh: "\(person) 是 \(grid) 的主责网格员。"),
                advice: Words("Let somebody take over first.", zh: "请先由他人接替主责。")
            )
        }
        if post.support.contains(person) { return [] }
        guard post.support.count < GridPost.maximumSupport else {
            throw Rejection(
                rule: "S2",
                reason: "grid-full",
                Words(
                    "\(grid) has \(GridPost.maximumSupport) helpers already.",
                    zh: "\(grid) 已有 \(GridPost.maximumSupport) 名协助人员。"
                )
            )
        }
        return [.assigned(GridWorkerAssigned(grid: grid, person: person, kind: .support))]
    }
}
