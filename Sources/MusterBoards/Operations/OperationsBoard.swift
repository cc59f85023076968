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
    /// The newest first.
    private var feed: [FeedEntry] = []

    package init() {}

    package mutating func fold(_ fact: Fact) -> [String] {
        acceptTimes.fold(fact, before: book)
        let changes = book.fold(fact)
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
        for row in book.rows {
            if row.clock.state != .running { waiting += 1 }
            if let party = row.holder.party { byParty[party, default: []].append(row) }
        }
        let departments = DepartmentFigures.make(
            of: byParty,
            in: book.register,
            acceptTimes: acceptTimes,
            at: moment.now
        )
        return OperationsFigures(departments: departments, feed: feed, waiting: waiting)
    }
}
