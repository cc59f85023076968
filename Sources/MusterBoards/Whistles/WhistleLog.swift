import EventSourcing
import MusterDomain

/// When each community blew its whistles.
struct WhistleLog: Sendable {
    /// The window of the rate, in days.
    static let windowDays = 7
    private static let day: Duration = .seconds(86_400)

    /// One community's, in the order of their times.
    private struct Times: Sendable {
        var entries: [Timestamp] = []
        /// Old entries are looked for when there are this many.
        var limit = 64

        mutating func insert(_ time: Timestamp, forgettingBefore horizon: Timestamp) {
            entries.insert(time, at: entries.partitionPoint { $0 <= time })
            guard entries.count >= limit else { return }
            entries.removeFirst(entries.partitionPoint { $0 < horizon })
            limit = max(64, 2 * entries.count)
        }

        func count(after start: Timestamp, upTo end: Timestamp) -> Int {
            max(0, entries.partitionPoint { $0 <= end } - entries.partitionPoint { $0 <= start })
        }
    }

    private var blown: [TerritoryID: Times] = [:]
    /// By identifier.
    private var communities: [Territory] = []
    /// When the log took its first event: before that nobody counted.
    private var firstRecorded: Timestamp?

    /// Takes in a fact and what it did to the clocks, with the register as it is after it.
    mutating func fold(_ fact: Fact, _ clocks: ClockChanges, _ register: Register) {
        if firstRecorded == nil { firstRecorded = fact.origin.recordedAt }
        switch fact.event {
        case .territory(.defined(let payload)): place(register.territories.territory(payload.territory))
        case .territory(.retired(let payload)): place(register.territories.territory(payload.territory))
        case .matter(.whistleBlown):
            guard let territory = clocks.matter?.territory, let community = register.community(of: territory) else {
                return
            }
            blown[community, default: Times()].insert(
                fact.origin.occurredAt,
                // A day more than the window, so that a moment a little in the past still finds all of it.
                forgettingBefore: fact.origin.recordedAt - Self.day * (Self.windowDays + 1)
            )
        default: return
        }
    }

    private mutating func place(_ territory: Territory?) {
        guard let territory else { return }
        let index = communities.partitionPoint { $0.id < territory.id }
        if index < communities.count, communities[index].id == territory.id { communities.remove(at: index) }
        if territory.level == .community, !territory.isRetired { communities.insert(territory, at: index) }
    }

    /// The rate of every community, also of those that blew none: too few is a warning too (R3.7).
    func rates(at now: Timestamp, usual: WhistleRate) -> [CommunityRate] {
        let days = observedDays(at: now)
        return communities.map { community in
            CommunityRate(
                community,
                whistles: blown[community.id]?.count(after: now - Self.day * Self.windowDays, upTo: now) ?? 0,
                days: days,
                usual: usual
            )
        }
    }

    /// Days of the window in which the log existed, with their fraction.
    private func observedDays(at now: Timestamp) -> Double {
        guard let firstRecorded else { return 0 }
        let days = Double(now.since(firstRecorded).components.seconds) / 86_400
        return max(0, min(Double(Self.windowDays), days))
    }
}
