package import Records

/// How the households of a building stand. Every event of a registry says it, so that whoever reads them needs no
/// registry to count.
package struct HouseholdTally: Hashable, Sendable {
    package var households = 0
    /// Met since they were registered, and not stale.
    package var covered = 0
    package var vulnerable = 0
    /// Where somebody is to come again (R2.5).
    package var open = 0
    /// Of those, where the patch police was asked to go.
    package var referred = 0
    package var stale = 0
    /// Persons who were not there, and of whom nobody has said that they are away.
    package var undeclared = 0
    /// Vulnerable ones whose review is due (R2.6).
    package var reviewsDue = 0

    package init() {}

    init(
        households: Int,
        covered: Int,
        vulnerable: Int,
        open: Int,
        referred: Int,
        stale: Int,
        undeclared: Int,
        reviewsDue: Int?
    ) {
        self.households = households
        self.covered = covered
        self.vulnerable = vulnerable
        self.open = open
        self.referred = referred
        self.stale = stale
        self.undeclared = undeclared
        self.reviewsDue = reviewsDue ?? 0
    }

    /// What one household adds.
    init(_ household: Household) {
        self.init()
        guard !household.hasMoved else { return }
        households = 1
        covered = household.isCovered ? 1 : 0
        vulnerable = household.vulnerability == nil ? 0 : 1
        open = household.isOpen ? 1 : 0
        referred = household.isReferred ? 1 : 0
        stale = household.isStale ? 1 : 0
        undeclared = household.undeclared.count
        reviewsDue = household.vulnerability?.isReviewDue == true ? 1 : 0
    }

    /// The same with one household changed; nil before it was registered.
    func replacing(_ before: Household?, by after: Household) -> HouseholdTally {
        (before.map { self - HouseholdTally($0) } ?? self) + HouseholdTally(after)
    }

    package static func + (lhs: HouseholdTally, rhs: HouseholdTally) -> HouseholdTally { lhs.adding(rhs, 1) }

    package static func - (lhs: HouseholdTally, rhs: HouseholdTally) -> HouseholdTally { lhs.adding(rhs, -1) }

    private func adding(_ other: HouseholdTally, _ sign: Int) -> HouseholdTally {
        HouseholdTally(
            households: households + sign * other.households,
            covered: covered + sign * other.covered,
            vulnerable: vulnerable + sign * other.vulnerable,
            open: open + sign * other.open,
            referred: referred + sign * other.referred,
            stale: stale + sign * other.stale,
            undeclared: undeclared + sign * other.undeclared,
            reviewsDue: reviewsDue + sign * other.reviewsDue
        )
    }

    /// Written only where there are some, as registries of earlier releases did not count them.
    private var recordedReviewsDue: Int? { reviewsDue == 0 ? nil : reviewsDue }

    private static let count = Codec<Int>.integer(0...10_000_000)

    package static let record = Record<HouseholdTally>(
        refusesUnknownMembers: false,
        Field("households", \.households, count, Words("Households", zh: "户数")),
        Field("covered", \.covered, count, Words("Covered", zh: "已走访")),
        Field("vulnerable", \.vulnerable, count, Words("Vulnerable", zh: "重点户")),
        Field("open", \.open, count, Words("To be visited again", zh: "待再访")),
        Field("referred", \.referred, count, Words("Referred", zh: "已转片警")),
        Field("stale", \.stale, count, Words("Stale", zh: "已过期")),
        Field("undeclared", \.undeclared, count, Words("Absent without a word", zh: "未报备离开")),
        Field("reviewsDue", \.recordedReviewsDue, count.optional, Words("Review is due", zh: "应复核")),
        make: HouseholdTally.init(households:covered:vulnerable:open:referred:stale:undeclared:reviewsDue:)
    )
}
