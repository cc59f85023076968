import EventSourcing
package import MusterDomain

/// Everything that is open in the town, who needs help soonest on top.
package struct OperationsBoard: Board {
    package static let name = "operations"
    package static let version = 2
    /// How many lines of news are kept.
    package static let feedLength = 40

    private var register = Register()
    private var table = RowTable()
    private var acceptTimes = AcceptTimes()
    /// When a party last began or ended to hold a clock.
    private var lastHeld: [PartyID: Timestamp] = [:]
    /// The newest last; twice the length before the older half goes.
    private var feed: [FeedEntry] = []

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        register.fold(fact)
        acceptTimes.fold(fact, clocks)
        for change in clocks.rows {
            table.apply(change)
            for row in [change.before, change.after] {
                if let content = row?.content, content.hasClock, let party = content.holder.party {
                    lastHeld[party] = fact.origin.recordedAt
                }
            }
        }
        if let entry = FeedEntry(fact, in: clocks.matter?.matter, register) {
            feed.append(entry)
            if feed.count == 2 * Self.feedLength { feed.removeFirst(Self.feedLength) }
        }
        return clocks.rows.map(\.key)
    }

    package func row(_ key: String) -> ClockRow? { table.row(key) }

    package func rows() -> [ClockRow] { table.rows }

    package func figures(at moment: BoardMoment) -> OperationsFigures {
        let today = moment.startOfDay
        var parties = Set(lastHeld.filter { $0.value >= today }.keys)
        for (party, rows) in table.byParty where rows.contains(where: { $0.content.hasClock }) { parties.insert(party) }
        let lines = DepartmentFigures.make(
            of: parties,
            holding: table.byParty,
            in: register,
            acceptTimes: acceptTimes,
            at: moment.now
        )
        let departments = lines.filter { register.isDepartment($0.party) }
        let others = lines.filter { !register.isDepartment($0.party) }
        return OperationsFigures(
            departments: departments + others,
            feed: feed.suffix(Self.feedLength).reversed(),
            waiting: table.waiting
        )
    }
}
