package import EventSourcing

/// Who works in a grid.
package struct GridPost: Aggregate, Hashable {
    static let maximumSupport = 50

    /// Nil while the grid has nobody who answers for it.
    package private(set) var primary: PersonID?
    package private(set) var support: Set<PersonID> = []

    package init() {}

    package static func stream(_ grid: TerritoryID) -> StreamName {
        StreamName(category: "grid", id: grid.rawValue)
    }

    package mutating func evolve(_ event: GridWorkerEvent, from origin: Origin) {
        switch event {
        case .assigned(let payload):
            switch payload.kind {
            case .primary: primary = payload.person
            case .support: support.insert(payload.person)
            }
        case .relieved(let payload):
            switch payload.kind {
            case .primary: if primary == payload.person { primary = nil }
            case .support: support.remove(payload.person)
            }
        }
    }

    func kind(of person: PersonID) -> GridWorkerKind? {
        if primary == person { return .primary }
        return support.contains(person) ? .support : nil
    }
}
