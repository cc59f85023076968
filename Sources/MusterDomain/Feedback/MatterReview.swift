package import EventSourcing

/// An appeal about how a matter ended, and what became of it.
package struct MatterReview: Hashable, Sendable {
    package let decideBy: Timestamp
    /// Who had closed the matter.
    package let closedBy: PartyID?
    /// Who has taken it up.
    package internal(set) var reviewer: PartyID?
    /// Whether it is on record that its time has passed.
    package internal(set) var isOverdue = false
    /// Nil while it is open.
    package internal(set) var outcome: Outcome?

    package enum Outcome: Hashable, Sendable {
        case upheld
        case dismissed
    }
}
