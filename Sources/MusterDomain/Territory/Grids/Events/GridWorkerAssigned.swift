package import Records

/// A grid has a worker.
package struct GridWorkerAssigned: Hashable, Sendable {
    package let grid: TerritoryID
    package let person: PersonID
    package let kind: GridWorkerKind

    package init(
        grid: TerritoryID,
        person: PersonID,
        kind: GridWorkerKind
    ) {
        self.grid = grid
        self.person = person
        self.kind = kind
    }

    package static let record = Record<GridWorkerAssigned>(
        refusesUnknownMembers: false,
        Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        make: GridWorkerAssigned.init
    )
}
