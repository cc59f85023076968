import MusterDomain
import Records

/// How far a directive has come with some of those who were given it.
package struct CascadeTally: Hashable, Sendable {
    /// Who was given it, copies for information apart.
    package private(set) var addressees = 0
    /// To whom it has come.
    package private(set) var received = 0
    /// Who acknowledged the current version, or said that it does not apply there.
    package private(set) var acknowledged = 0
    package private(set) var inapplicable = 0
    /// Who has carried out the current version in full.
    package private(set) var executed = 0
    /// Who let the limit to acknowledge the current version pass, and has not done it since.
    package private(set) var overdue = 0
    /// Who was told that it was recalled or superseded.
    package private(set) var toldOfEnd = 0
    /// Households of the grids that were given it, where somebody has counted them.
    package private(set) var households = 0
    package private(set) var householdsReached = 0
    package private(set) var householdsDone = 0

    init() {}

    /// One addressee.
    ///
    /// - Parameter households: of its territory, when it is one whose households are reported.
    init(_ copy: AddressedDirective, households: Int?) {
        addressees = 1
        self.households = households ?? 0
        guard let current = copy.current else { return }
        let isAcknowledged = copy.isInapplicable || copy.acknowledged == current.version
        received = 1
        acknowledged = isAcknowledged ? 1 : 0
        inapplicable = copy.isInapplicable ? 1 : 0
        executed = copy.executions[current.version]?.isFull == true ? 1 : 0
        overdue = copy.isAckOverdue && !isAcknowledged ? 1 : 0
        toldOfEnd = copy.ending == nil ? 0 : 1
        guard households != nil else { return }
        householdsReached = copy.households?.count ?? 0
        householdsDone = copy.executions[current.version]?.count ?? 0
    }

    /// The whole of a hundred; nil while nobody was given it.
    package var acknowledgedPercent: Int? { addressees == 0 ? nil : acknowledged * 100 / addressees }

    static func + (lhs: CascadeTally, rhs: CascadeTally) -> CascadeTally { lhs.combined(rhs, +) }

    static func - (lhs: CascadeTally, rhs: CascadeTally) -> CascadeTally { lhs.combined(rhs, -) }

    private func combined(_ other: CascadeTally, _ combine: (Int, Int) -> Int) -> CascadeTally {
        var result = CascadeTally()
        result.addressees = combine(addressees, other.addressees)
        result.received = combine(received, other.received)
        result.acknowledged = combine(acknowledged, other.acknowledged)
        result.inapplicable = combine(inapplicable, other.inapplicable)
        result.executed = combine(executed, other.executed)
        result.overdue = combine(overdue, other.overdue)
        result.toldOfEnd = combine(toldOfEnd, other.toldOfEnd)
        result.households = combine(households, other.households)
        result.householdsReached = combine(householdsReached, other.householdsReached)
        result.householdsDone = combine(householdsDone, other.householdsDone)
        return result
    }

    func write(to writer: inout JSONWriter) {
        writer.member("addressees", addressees)
        writer.member("received", received)
        writer.member("acknowledged", acknowledged)
        writer.member("acknowledgedPercent", acknowledgedPercent.map(Int64.init))
        writer.member("inapplicable", inapplicable)
        writer.member("executed", executed)
        writer.member("overdue", overdue)
        writer.member("toldOfEnd", toldOfEnd)
        writer.member("households", households)
        writer.member("householdsReached", householdsReached)
        writer.member("householdsNotReached", max(0, households - householdsReached))
        writer.member("householdsDone", householdsDone)
    }
}
