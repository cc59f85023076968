import EventSourcing
import MusterDomain

/// How many matters wait for what, counted as they change: boards are asked for their figures at each batch of events.
struct FeedbackCounts: Sendable {
    private(set) var asked = 0
    private(set) var appeals = 0
    private(set) var reopened = 0
    /// When the next steps of a party's open matters are due, in order; never an empty list.
    private var dues: [PartyID: [Timestamp]] = [:]

    /// Counts a matter as it is now instead of as it was; nil when it is not among the open ones.
    mutating func replace(_ old: FeedbackFile?, with new: FeedbackFile?) {
        if let old { count(old, -1) }
        if let new { count(new, 1) }
        guard old?.lead.party != new?.lead.party || old?.lead.due != new?.lead.due else { return }
        if let party = old?.lead.party, let due = old?.lead.due {
            let place = dues[party]?.partitionPoint { $0 < due } ?? 0
            dues[party]?.remove(at: place)
            if dues[party]?.isEmpty == true { dues[party] = nil }
        }
        if let party = new?.lead.party, let due = new?.lead.due {
            let place = dues[party]?.partitionPoint { $0 < due } ?? 0
            dues[party, default: []].insert(due, at: place)
        }
    }

    /// How many open matters of each party should be further at a time; parties without one may be missing.
    func overdue(at time: Timestamp) -> [PartyID: Int] {
        dues.mapValues { due in due.partitionPoint { $0 < time } }.filter { $0.value > 0 }
    }

    private mutating func count(_ file: FeedbackFile, _ step: Int) {
        switch file.wait {
        case .answer: asked += step
        case .review: appeals += step
        case nil: reopened += file.isReopened ? step : 0
        }
    }
}
