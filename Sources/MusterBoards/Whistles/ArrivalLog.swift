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
        let mark: DepartmentArrivals.Mark
    }

    private var entries: [PartyID: [Entry]] = [:]
    /// The calls whose mark is a no-show.
    private var noShows: [PartyID: Set<Call>] = [:]

    mutating func fold(_ fact: Fact) {
        if case .matter(.departmentArrived(let payload)) = fact.event {
            let call = Call(matter: payload.matter, round: payload.round)
            record(payload.department, call, payload.isLate ? .late : .inTime, fact)
        } else if case .matter(.departmentNoShow(let payload)) = fact.event {
            record(payload.department, Call(matter: payload.matter, round: payload.round), .noShow, fact)
        }
    }

    /// A call has one mark: who comes after all turns a no-show into a late arrival.
    private mutating func record(_ department: PartyID, _ call: Call, _ mark: DepartmentArrivals.Mark, _ fact: Fact) {
        var mark = mark
        if noShows[department]?.remove(call) != nil {
            entries[department]?.removeAll { $0.call == call && $0.mark == .noShow }
            if mark == .inTime { mark = .late }
        }
        if mark == .noShow { noShows[department, default: []].insert(call) }
        entries[department, default: []].append(
            Entry(call: call, at: fact.origin.occurredAt, position: fact.position, mark: mark)
        )
        forget(before: fact.origin.recordedAt - Self.kept, of: department)
    }

    private mutating func forget(before horizon: Timestamp, of department: PartyID) {
        guard let first = entries[department]?.first, first.at < horizon else { return }
        for entry in entries[department, default: []] where entry.at < horizon {
            noShows[department]?.remove(entry.call)
        }
        entries[department]?.removeAll { $0.at < horizon }
    }

    /// The calls that ended on the town's present day; a department with none is left out.
    func today(at moment: BoardMoment, _ register: Register) -> [DepartmentArrivals] {
        let start = moment.startOfDay
        return entries.keys.sorted().compactMap { department in
            let marks = entries[department, default: []]
                .filter { $0.at >= start && $0.at <= moment.now }
                .sorted { ($0.at, $0.position) < ($1.at, $1.position) }
            guard !marks.isEmpty else { return nil }
            return DepartmentArrivals(
                party: department,
                name: register.name(of: department),
                marks: marks.map(\.mark)
            )
        }
    }
}
