import EventSourcing
package import MusterDomain

/// Everything that is open in the town, who needs help soonest on top.
package struct OperationsBoard: Board {
    package static let name = "operations"
    package static let version = 1
    /// How many lines of news are kept.
    package static let feedLength = 40

    private var book = ClockBook()
    private var acceptTimes = AcceptTimes()
    /// When a party last began or ended to hold a clock.
    private var lastHeld: [PartyID: Timestamp] = [:]
    /// The newest first.
    private var feed: [FeedEntry] = []

    package init() {}

    package mutating func fold(_ fact: Fact) -> [String] {
        acceptTimes.fold(fact, before: book)
        let changes = book.fold(fact)
        for row in changes.lazy.flatMap({ [$0.before, $0.after] }) {
            if let row, row.hasClock, let party = row.holder.party { lastHeld[party] = fact.origin.recordedAt }
        }
        if let entry = FeedEntry(fact, book.register) {
            feed.insert(entry, at: 0)
            if feed.count > Self.feedLength { feed.removeLast() }
        }
        return changes.map(\.key)
    }

    package func row(_ key: String) -> ClockRow? { book.row(key) }

    package func rows() -> [ClockRow] { book.rows.sorted { $0.order < $1.order } }

    package func figures(at moment: BoardMoment) -> OperationsFigures {
        var byParty: [PartyID: [ClockRow]] = [:]
        var waiting = 0
        let today = moment.startOfDay
        var parties = Set(lastHeld.filter { $0.value >= today }.keys)
        for row in book.rows {
            if row.clock.state != .running { waiting += 1 }
            guard let party = row.holder.party else { continue }
            byParty[party, default: []].append(row)
            if row.hasClock { parties.insert(party) }
        }
        let lines = DepartmentFigures.make(
            of: parties,
            holding: byParty,
            in: book.register,
            acceptTimes: acceptTimes,
            at: moment.now
        )
        let departments = lines.filter { book.register.isDepartment($0.party) }
        let others = lines.filter { !book.register.isDepartment($0.party) }
        return OperationsFigures(departments: departments + others, feed: feed, waiting: waiting)
    }
}
