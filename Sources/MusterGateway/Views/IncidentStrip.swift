import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// The hours of an incident as a strip, the same under each lane: when steps were worked at, their limits, and now.
struct IncidentStrip {
    private static let width = 1_000.0

    private let start: Timestamp
    private let end: Timestamp
    private let now: Timestamp
    private let time: LocalTime
    private let ticks: [Timestamp]

    /// From when the present round began until all that is known of it, with a little room after.
    init(_ row: IncidentRow, now: Timestamp, time: LocalTime) {
        let began = row.passages.last { $0.status == .firstDisposal || $0.status == .reopened } ?? row.passages.first
        let steps = row.lanes.flatMap(\.steps).filter { $0.phase != .followUp }
        let start = began?.at ?? now
        let known = steps.flatMap { [$0.due, $0.finishedAt] }.compactMap(\.self)
        let last = max(known.max() ?? now, row.isSummarised ? known.max() ?? now : now, start + .seconds(120))
        let room = Duration.microseconds(last.since(start).wholeMicroseconds / 20)
        (self.start, end, self.now, self.time) = (start, last + room, now, time)
        ticks = Self.ticks(from: start, to: last + room, offset: time.offset)
    }

    func fields(of lane: IncidentLane) -> Fields {
        let steps = lane.steps.filter { $0.phase != .followUp }
        // Where a group does not say when it began a step, the one before it ended there.
        var free = lane.upAt ?? start
        var bars: [Fields] = []
        for step in steps where step.state != .skipped {
            let from = step.startedAt ?? free
            switch step.state {
            case .completed:
                guard let finished = step.finishedAt else { continue }
                bars.append(bar(from, finished, step.isLate ? "late" : "done"))
                free = max(free, finished)
            case .started: bars.append(bar(from, now, step.due.map { $0 < now } == true ? "late" : "run"))
            case .waiting, .skipped: break
            }
        }
        var fields: Fields = [
            "bars": bars,
            "limits": steps.compactMap(\.due).map { DueMark.text(x($0)) },
            "hours": ticks.map { tick -> Fields in
                ["x": DueMark.text(x(tick)), "percent": DueMark.text(x(tick) / 10), "text": time.minute(tick)]
            },
            "label": "\(lane.name[time.language]): \(time.minute(start)) – \(time.minute(end))",
        ]
        if now >= start, now <= end { fields["nowX"] = DueMark.text(x(now)) }
        return fields
    }

    private func bar(_ from: Timestamp, _ to: Timestamp, _ name: String) -> Fields {
        let (left, right) = (x(min(from, to)), x(to))
        return ["x": DueMark.text(left), "width": DueMark.text(max(3, right - left)), "class": name]
    }

    private func x(_ instant: Timestamp) -> Double {
        let whole = Double(max(1, end.since(start).wholeMicroseconds))
        return max(0, min(1, Double(instant.since(start).wholeMicroseconds) / whole)) * Self.width
    }

    /// Three to eight round times of the town.
    private static func ticks(from start: Timestamp, to end: Timestamp, offset: Duration) -> [Timestamp] {
        let steps: [Int64] = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440].map { $0 * 60_000_000 }
        let span = end.since(start).wholeMicroseconds
        let step = steps.first { span / $0 <= 7 } ?? span / 7
        let local = start.microseconds + offset.wholeMicroseconds
        let first = (local / step + 1) * step - offset.wholeMicroseconds
        return (0..<8).map { Timestamp(microseconds: first + $0 * step) }.filter { $0 < end }
    }
}
