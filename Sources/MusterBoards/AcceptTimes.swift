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

    private var entries: [PartyID: [Entry]] = [:]

    mutating func record(_ department: PartyID, from start: Timestamp, to accepted: Timestamp, recordedAt: Timestamp) {
        let seconds = max(0, accepted.since(start).components.seconds)
        entries[department, default: []].append(Entry(at: accepted, seconds: seconds))
        // Recorded times never go back, so the same facts always drop the same entries.
        let horizon = recordedAt - Self.kept
        if let first = entries[department]?.first, first.at < horizon {
            entries[department]?.removeAll { $0.at < horizon }
        }
    }

    /// The median of the window before `now`, in seconds; nil when nothing was accepted in it.
    func median(of department: PartyID, at now: Timestamp) -> Int64? {
        let horizon = now - Self.window
        let seconds = entries[department, default: []].filter { $0.at > horizon && $0.at <= now }.map(\.seconds)
            .sorted()
        guard !seconds.isEmpty else { return nil }
        let middle = seconds.count / 2
        return seconds.count.isMultiple(of: 2) ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
    }
}

extension AcceptTimes {
    /// Takes in a fact, with the matters as they were before it.
    mutating func fold(_ fact: Fact, before book: ClockBook) {
        guard case .matter(.whistleAccepted(let payload)) = fact.event,
            let call = book.files[payload.matter]?.matter.openRound?.call(of: payload.department),
            let clock = call.clock, clock.step == .accept
        else { return }
        record(
            payload.department,
            from: clock.since,
            to: fact.origin.occurredAt,
            recordedAt: fact.origin.recordedAt
        )
    }
}
