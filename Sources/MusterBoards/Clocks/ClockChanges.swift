import EventSourcing
import MusterDomain

/// What one fact did to the clocks of a log.
package struct ClockChanges: Sendable {
    /// A matter after the fact, as far as boards ask for more than its rows.
    struct MatterState: Sendable {
        let matter: MatterID
        /// Nil while it has not been raised.
        let territory: TerritoryID?
        /// Whether it had rows before, and whether it has some now.
        let wasOpen: Bool
        let isOpen: Bool
        /// Since when the clock ran that this fact, an acceptance, has ended; nil for other facts.
        let acceptedSince: Timestamp?
        /// Nil when nothing about it waits for a person's attention.
        let note: MatterNote?
    }

    /// The rows that are new, altered or gone.
    var rows: [RowChange] = []
    /// Nil for facts that are not about one matter.
    var matter: MatterState?
    /// What reads otherwise now of matters that an erasure has reached.
    var notes: [MatterID: MatterNote] = [:]
}

/// A row before and after a fact; one of them may be missing, never both.
struct RowChange: Sendable {
    let before: ClockRow?
    let after: ClockRow?

    var key: String { after?.key ?? before?.key ?? "" }
}
