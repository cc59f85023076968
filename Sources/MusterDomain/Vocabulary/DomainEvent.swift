/// The events of one aggregate: an enum with one case a kind.
package protocol DomainEvent: Hashable, Sendable {
    static var table: EventTable<Self> { get }
}
