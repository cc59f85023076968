import EventSourcing
import MusterDomain

/// How the calls of a department ended: arrived in time, arrived late, or not arrived when the limit passed.
struct ArrivalLog: Sendable {
    /// Longer than any day, so that today is always whole.
    private static let kept: Duration = .seconds(48 * 3_600)

    private struct Call: Hashable {
        let matter: MatterID
        let round: Int
    }

    private struct Entry: Sendable {
        let call: Call
        let at: Timestamp
        let position: Position
        var mark: DepartmentArrivals.Mark
    }

    /// One department's.
    private struct Calls: Sendable {
        /// In the order of their times.
        var entries: [Entry] = []
        /// The calls whose mark is a no-show.
        var noShows: Set<Call> = []
        /// Old entries are looked for when there are this many.
        var limit = 64

        /// A call has one mark: who comes after all turns a no-show into a late arrival.
        mutating func record(_ entry: Entry, forgettingBefore horizon: Timestamp) {
            var entry = entry
            if noShows.remove(entry.call) != nil {
                let noShow = entries.lastIndex { $0.mark == .noShow && $0.call == entry.call }
                if let noShow { entries.remove(at: noShow) }
                if entry.mark == .inTime { entry.mark = .late }
            }
            if entry.mark == .noShow { noShows.insert(entry.call) }
            entries.insert(entry, at: entries.partitionPoint { ($0.at, $0.position) < (entry.at, entry.position) })
            guard entries.count >= limit else { return }
            let old = entries.partitionPoint { $0.at < horizon }
            noShows.subtract(entries[..<old].map(\.call))
            entries.removeFirst(old)
            limit = max(64, 2 * entries.count)
        }

        func marks(from start: Timestamp, through end: Timestamp) -> [DepartmentArrivals.Mark] {
            let first = entries.partitionPoint { $0.at < start }
            return entries[first...].prefix { $0.at <= end }.map(\.mark)
        }
    }

    private var calls: [PartyID: Calls] = [:]

    mutating func fold(_ fact: Fact) {
        if case .matter(.departmentArrived(let payload)) = fact.event {
            let call = Call(matter: payload.matter, round: payload.round)
            record(payload.department, call, payload.isLate ? .late : .inTime, fact)
        } else if case .matter(.departmentNoShow(let payload)) = fact.event {
            record(payload.department, Call(matter: payload.matter, round: payload.round), .noShow, fact)
        }
    }

    private mutating func record(_ department: PartyID, _ call: Call, _ mark: DepartmentArrivals.Mark, _ fact: Fact) {
        calls[department, default: Calls()].record(
            Entry(call: call, at: fact.origin.occurredAt, position: fact.position, mark: mark),
            forgettingBefore: fact.origin.recordedAt - Self.kept
        )
    }

    /// The calls that ended on the town's present day; a department with none is left out.
    func today(at moment: BoardMoment, _ register: Register) -> [DepartmentArrivals] {
        calls.keys.sorted().compactMap { department in
            let marks = calls[department]?.marks(from: moment.startOfDay, through: moment.now) ?? []
            guard !marks.isEmpty else { return nil }
            return DepartmentArrivals(party: department, name: register.name(of: department), marks: marks)
        }
    }
}
