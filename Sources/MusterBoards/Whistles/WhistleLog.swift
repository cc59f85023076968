import EventSourcing
import MusterDomain

/// When each community blew its whistles.
struct WhistleLog: Sendable {
    /// The window of the rate, in days.
    static let windowDays = 7
    private static let day: Duration = .seconds(86_400)

    private var blown: [TerritoryID: [Timestamp]] = [:]
    /// When the log took its first event: before that nobody counted.
    private var firstRecorded: Timestamp?

    /// Takes in a fact, with the matters as they are after it.
    mutating func fold(_ fact: Fact, _ book: ClockBook) {
        if firstRecorded == nil { firstRecorded = fact.origin.recordedAt }
        guard case .matter(.whistleBlown(let payload)) = fact.event,
            let territory = book.files[payload.matter]?.matter.subject?.territory,
            let community = book.register.community(of: territory)
        else { return }
        var times = blown[community, default: []]
        times.append(fact.origin.occurredAt)
        // A day more than the window, so that a moment a little in the past still finds all of it.
        let horizon = fact.origin.recordedAt - Self.day * (Self.windowDays + 1)
        if let first = times.first, first < horizon { times.removeAll { $0 < horizon } }
        blown[community] = times
    }

    /// The rate of every community, also of those that blew none: too few is a warning too (R3.7).
    func rates(at now: Timestamp, _ register: Register) -> [CommunityRate] {
        let horizon = now - Self.day * Self.windowDays
        let days = observedDays(at: now)
        return register.territories.territories.values
            .filter { $0.level == .community }
            .sorted { $0.id < $1.id }
            .map { community in
                let count = blown[community.id, default: []].count { $0 > horizon && $0 <= now }
                return CommunityRate(community, whistles: count, days: days)
            }
    }

    /// Days of the window in which the log existed, with their fraction.
    private func observedDays(at now: Timestamp) -> Double {
        guard let firstRecorded else { return 0 }
        let days = Double(now.since(firstRecorded).components.seconds) / 86_400
        return max(0, min(Double(Self.windowDays), days))
    }
}
