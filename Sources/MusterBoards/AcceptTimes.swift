import EventSourcing
import MusterDomain

/// How long departments took to accept, each measured from the start of its clock.
struct AcceptTimes: Sendable {
    /// The window of the median.
    static let window: Duration = .seconds(12 * 3_600)
    /// Kept longer than the window, so that a moment a little in the past still finds all of it.
    private static let kept: Duration = .seconds(24 * 3_600)

    private struct Entry: Sendable {
        let at: Timestamp
        let seconds: Int64
    }

    /// One department's, the quickest first.
    private struct Times: Sendable {
        var entries: [Entry] = []
        /// Old entries are looked for when there are this many.
        var limit = 64

        mutating func insert(_ entry: Entry, forgettingBefore horizon: Timestamp) {
            entries.insert(entry, at: entries.partitionPoint { $0.seconds <= entry.seconds })
            guard entries.count >= limit else { return }
            entries.removeAll { $0.at < horizon }
            limit = max(64, 2 * entries.count)
        }

        /// Nil when nothing lies in the window.
        func median(after start: Timestamp, upTo end: Timestamp) -> Int64? {
            var count = 0
            for entry in entries where entry.at > start && entry.at <= end { count += 1 }
            guard count > 0 else { return nil }
            // Those before the middle, and the one or two that make it.
            var left = (count - 1) / 2
            var lower: Int64?
            for entry in entries where entry.at > start && entry.at <= end {
                if let lower { return (lower + entry.seconds) / 2 }
                if left == 0 {
                    if !count.isMultiple(of: 2) { return entry.seconds }
                    lower = entry.seconds
                }
                left -= 1
            }
            return lower
        }
    }

    private var times: [PartyID: Times] = [:]

    /// Takes in a fact and what it did to the clocks.
    mutating func fold(_ fact: Fact, _ clocks: ClockChanges) {
        guard case .matter(.whistleAccepted(let payload)) = fact.event, let since = clocks.matter?.acceptedSince else {
            return
        }
        let at = fact.origin.occurredAt
        times[payload.department, default: Times()].insert(
            Entry(at: at, seconds: max(0, at.since(since).components.seconds)),
            // Recorded times never go back, so the same facts always drop the same entries.
            forgettingBefore: fact.origin.recordedAt - Self.kept
        )
    }

    /// The median of the window before `now`, in seconds; nil when nothing was accepted in it.
    func median(of department: PartyID, at now: Timestamp) -> Int64? {
        times[department]?.median(after: now - Self.window, upTo: now)
    }
}
