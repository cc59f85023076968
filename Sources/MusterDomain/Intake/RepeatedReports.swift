import EventSourcing

/// Who lately said what: the same words of the same person of the same thing are one report, however often a device
/// sends them. What was said longer ago is forgotten, so this holds no more than comes in within the time.
struct RepeatedReports: Sendable {
    private struct Said: Hashable, Sendable {
        let reporter: PersonID
        let territory: TerritoryID
        let kind: ReportKind
        /// Not the words themselves: they are the person's.
        let words: TextHash
    }

    private struct Entry: Sendable {
        let said: Said
        let at: Timestamp
    }

    private let time: Duration
    private var first: [Said: ReportID] = [:]
    /// The oldest first; those before `begin` are forgotten.
    private var entries: [Entry] = []
    private var begin = 0

    init(within time: Duration) { self.time = time }

    /// Takes a report in.
    ///
    /// - Returns: the report that it repeats; nil for a new one, and where nobody is known who reported it.
    mutating func take(_ report: ReportSubmitted, at now: Timestamp) -> ReportID? {
        forget(before: now - time)
        guard let reporter = report.reporter else { return nil }
        let said = Said(
            reporter: reporter,
            territory: report.territory,
            kind: report.kind,
            words: TextHash(of: report.text)
        )
        if let first = first[said] { return first }
        first[said] = report.report
        entries.append(Entry(said: said, at: now))
        return nil
    }

    mutating func forget(_ person: PersonID) {
        first = first.filter { $0.key.reporter != person }
        entries.removeFirst(begin)
        begin = 0
        entries.removeAll { $0.said.reporter == person }
    }

    private mutating func forget(before horizon: Timestamp) {
        while begin < entries.count, entries[begin].at < horizon {
            first[entries[begin].said] = nil
            begin += 1
        }
        guard begin > 64, begin * 2 > entries.count else { return }
        entries.removeFirst(begin)
        begin = 0
    }
}
