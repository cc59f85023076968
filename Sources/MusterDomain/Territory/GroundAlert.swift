package import EventSourcing

/// An incident is active on a ground: every grid of it keeps its worker (R2.3), and the vulnerable are checked.
package struct GroundAlert: Hashable, Sendable {
    package let incident: IncidentID
    package let territory: TerritoryID
    /// Until when the vulnerable are to have been checked for the first time.
    package let checkBy: Timestamp
}
