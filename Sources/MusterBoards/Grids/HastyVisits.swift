import EventSourcing
import MusterDomain

/// Who recorded more visits in one minute than anybody can make (R14.5): a pattern to be looked at, and no verdict.
struct HastyVisits: Sendable {
    /// This many within a minute stand out. It is no key of the configuration: a board depends on the log alone, so that
    /// stored, live, rebuilt and past boards agree whatever is configured when.
    static let limit = 5
    private static let minute: Duration = .seconds(60)
    /// For how long it is shown.
    private static let shown: Duration = .seconds(7 * 86_400)

    /// Visits of one person that lie within a minute of the first.
    struct Run: Hashable, Sendable {
        var since: Timestamp
        var count: Int
        var grid: TerritoryID?
    }

    /// The last run of whoever visits.
    private var runs: [PersonID: Run] = [:]
    /// The last run of each person that stands out.
    private(set) var found: [PersonID: Run] = [:]

    /// Takes in a visit.
    ///
    /// - Returns: whether what was found is not as it was.
    mutating func fold(_ visit: VisitRecorded, _ origin: Origin) -> Bool {
        let count = found.count
        found = found.filter { origin.recordedAt.since($0.value.since) < Self.shown }
        let (person, at) = (origin.actor.person, origin.occurredAt)
        var run = runs[person] ?? Run(since: at, count: 0, grid: visit.grid)
        if at < run.since - Self.minute || at > run.since + Self.minute {
            run = Run(since: at, count: 0, grid: visit.grid)
        }
        run.count += 1
        runs[person] = run
        if run.count >= Self.limit { found[person] = run }
        return run.count >= Self.limit || found.count != count
    }
}
