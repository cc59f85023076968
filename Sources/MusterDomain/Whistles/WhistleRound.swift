package import EventSourcing

/// One whistle of a matter. Withdrawn and repeated ones stay (R3.8).
package struct WhistleRound: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case open
        case withdrawn
        /// Both sides have filed.
        case over
    }

    /// Whether the community head has agreed to an emergency whistle that somebody else blew (R3.2).
    package enum Ratification: Hashable, Sendable {
        case notNeeded
        case waiting
        case given
        case refused
    }

    /// 1 for the first.
    package let number: Int
    package let kind: WhistleKind
    package let urgency: Urgency
    package let duty: DutyID
    package let blownAt: Timestamp
    /// Nil until the first receiver is known (R3.3).
    package internal(set) var lead: PartyID?
    /// In the order in which they were called.
    package internal(set) var calls: [DepartmentCall]
    package internal(set) var ratification: Ratification
    package internal(set) var hasPlan = false
    package internal(set) var state = State.open

    package var isOpen: Bool { state == .open }

    /// Departments that still have a part.
    package var departments: [PartyID] { calls.filter(\.isCalled).map(\.department) }

    package func call(of department: PartyID) -> DepartmentCall? {
        calls.first { $0.department == department }
    }

    mutating func update(_ department: PartyID, _ change: (inout DepartmentCall) -> Void) {
        guard let index = calls.firstIndex(where: { $0.department == department }) else { return }
        change(&calls[index])
    }
}
