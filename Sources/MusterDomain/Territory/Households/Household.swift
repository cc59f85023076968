package import EventSourcing

/// A household, as far as it decides; no names.
package struct Household: Hashable, Sendable {
    package static let maximumMembers = 30
    static let maximumAttempts = 10_000

    /// Where it lives within its building.
    package struct Address: Hashable, Sendable {
        package let unit: UnitID
        /// As people write it, without what makes no difference.
        package let door: String

        init(_ unit: UnitID, _ door: String) {
            self.unit = unit
            self.door = door.split(whereSeparator: \.isWhitespace).joined().uppercased()
        }
    }

    /// Who belongs to it.
    package struct Member: Hashable, Sendable {
        package internal(set) var presence: MemberPresence
        /// What stands on record.
        package internal(set) var declaredBy: EventID?
    }

    package struct Visit: Hashable, Sendable {
        package let at: Timestamp
        package internal(set) var event: EventID?
    }

    package struct Vulnerability: Hashable, Sendable {
        package let person: PersonID?
        package let reviewBy: Timestamp
        package let flaggedBy: EventID?
        package internal(set) var isReviewDue = false
    }

    package internal(set) var address: Address
    package internal(set) var contact: PersonID?
    package internal(set) var members: [PersonID: Member] = [:]
    /// The events that stand for parts of the record; a correction names them (R0.4).
    package internal(set) var addressBy: EventID?
    package internal(set) var contactBy: EventID?
    /// The latest that is known, by when it happened.
    package internal(set) var lastVisit: Visit?
    package internal(set) var hasMoved = false
    /// Failed visits since somebody was met.
    package internal(set) var attempts = 0
    /// The same before the last visit.
    package internal(set) var attemptsBefore = 0
    /// Nil where nobody is to come again.
    package internal(set) var revisitBy: Timestamp?
    package internal(set) var isRevisitMissed = false
    /// The patch police was asked to go, and nobody was met since.
    package internal(set) var isReferred = false
    package internal(set) var staleBy: Timestamp
    package internal(set) var isStale = false
    /// Somebody was met, and the record is not stale.
    package internal(set) var isCovered = false
    package internal(set) var vulnerability: Vulnerability?
    package internal(set) var checkBy: Timestamp?
    /// Who was not there, and of whom nobody has said that they are away.
    package internal(set) var undeclared: Set<PersonID> = []

    package var isOpen: Bool { revisitBy != nil }

    /// Whether the patch police is to be asked now.
    ///
    /// - Parameter failures: after how many visits in a row that came to nothing it is.
    func needsPolice(after failures: Int) -> Bool { !isReferred && attempts >= failures }

    /// Whether a person belongs to it, or speaks for it.
    func isOf(_ person: PersonID) -> Bool {
        contact == person || members[person].map { $0.presence != .left } ?? false
    }
}
