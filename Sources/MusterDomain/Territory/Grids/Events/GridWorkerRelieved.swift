package import Records

/// A worker does not have a grid any more.
package struct GridWorkerRelieved: Hashable, Sendable {
    package let grid: TerritoryID
    package let person: PersonID
    package let kind: GridWorkerKind
    package let replacedBy: PersonID?
    package let reason: String?

    package init(
        grid: TerritoryID,
        person: PersonID,
        kind: GridWorkerKind,
        replacedBy: PersonID? = nil,
        reason: String? = nil
    ) {
        self.grid = grid
        self.person = person
        self.kind = kind
        self.replacedBy = replacedBy
        self.reason = reason
    }

    package static let record = Record<GridWorkerRelieved>(
        refusesUnknownMembers: false,
        Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("replacedBy", \.replacedBy, Codec<PersonID>.identifier().optional, Words("Replaced by", zh: "接替人员")),
        Field("reason", \.reason, Codec<String>.line().optional, Words("Reason", zh: "原因")),
        make: GridWorkerRelieved.init
    )
}
