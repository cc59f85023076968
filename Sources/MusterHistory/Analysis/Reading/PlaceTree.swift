import EventSourcing
import MusterDomain
import Records

/// Which places lie in which: in a log of Muster's own the tree of territories, as it was at any time (R2.4). The places of
/// an import are names, and none is known to lie in another.
struct PlaceTree {
    private var register = TerritoryRegister()

    /// Takes in one event of the tree; others are passed over.
    mutating func take(_ event: RecordedEvent) throws(Problems) {
        guard event.stream == TerritoryRegister.stream else { return }
        let fact = try Fact(event)
        if case .territory(let change) = fact.event { register.evolve(change, from: fact.origin) }
    }

    /// The territory of a name; nil for other names.
    func territory(_ name: String) -> TerritoryID? {
        TerritoryID(rawValue: name).flatMap { register.territory($0)?.id }
    }

    /// Whether one territory lay in the other at a time.
    func contains(_ ground: TerritoryID, _ territory: TerritoryID, at time: Timestamp) -> Bool {
        register.ancestors(of: territory, at: time).contains(ground)
    }
}
