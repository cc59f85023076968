/// Tells waiting for a crew from other waiting.
///
/// A step that was not begun although a crew of its agency was free waited for something else: a person to answer, a
/// part, a date. More crews would not have changed that, so a replay keeps it. Only the last stretch before it was
/// begun, in which all crews were at work without a break, is waiting for a crew.
enum CrewShortage {
    /// For each step how long it waited for something else than a crew.
    static func delays(
        _ work: ReplayWork,
        _ history: ReplayRun,
        _ roster: CrewRoster,
        agencies: Int,
        zone: ZoneOffsets
    ) -> [Int64] {
        var delays = (0..<work.count).map { history.begins[$0] - history.bases[$0] }
        let groups = work.byAgency(count: agencies)
        for agency in 0..<agencies {
            let steps = groups.steps[groups.starts[agency]..<groups.starts[agency + 1]]
            var sweep = Sweep(agency: agency, roster: roster, zone: zone)
            sweep.pass(over: points(steps, work, history)) { step, since, now in
                let base = history.bases[Int(step)]
                delays[Int(step)] = max(base, since ?? now) - base
            }
        }
        return delays
    }

    private struct Point {
        enum Kind { case base, begin, end }

        let time: Int64
        let kind: Kind
        let step: Int32
        /// Whether the step takes a crew for longer than a moment.
        let isLong: Bool
    }

    private static func points(_ steps: ArraySlice<Int32>, _ work: ReplayWork, _ history: ReplayRun) -> [Point] {
        var points: [Point] = []
        points.reserveCapacity(steps.count * 3)
        for step in steps {
            let index = Int(step)
            let isLong = work.works[index] > 0
            points.append(Point(time: history.bases[index], kind: .base, step: step, isLong: isLong))
            points.append(Point(time: history.begins[index], kind: .begin, step: step, isLong: isLong))
            if isLong { points.append(Point(time: history.ends[index], kind: .end, step: step, isLong: isLong)) }
        }
        return points.sorted { $0.time < $1.time }
    }

    /// Goes through one agency's past, and knows since when all of its crews are at work.
    private struct Sweep {
        let agency: Int
        let roster: CrewRoster
        let zone: ZoneOffsets
        private var busy = 0
        private var waiting = 0
        /// Nil when a crew is free, or nobody waits.
        private var since: Int64?

        init(agency: Int, roster: CrewRoster, zone: ZoneOffsets) {
            self.agency = agency
            self.roster = roster
            self.zone = zone
        }

        mutating func pass(over points: [Point], begin: (Int32, Int64?, Int64) -> Void) {
            var index = 0
            var before: Int64?
            while index < points.count {
                let now = points[index].time
                if waiting > 0, let before { look(from: before, to: now) }
                let first = index
                while index < points.count, points[index].time == now {
                    if points[index].kind == .begin { begin(points[index].step, since, now) }
                    index += 1
                }
                for point in points[first..<index] { take(point) }
                since = waiting > 0 && isShort(at: now) ? since ?? now : nil
                before = now
            }
        }

        private mutating func take(_ point: Point) {
            switch point.kind {
            case .base: waiting += 1
            case .begin:
                waiting -= 1
                if point.isLong { busy += 1 }
            case .end: busy -= 1
            }
        }

        private func isShort(at time: Int64) -> Bool { busy >= roster[agency, zone.hour(time)] }

        private static let day: Int64 = 86_400_000_000

        /// Crews come on duty and go between two points too.
        private mutating func look(from before: Int64, to now: Int64) {
            guard !roster.isEven(agency) else { return }
            var hour = zone.nextHour(before)
            if now - before > 3 * Self.day {
                // Every day is like the one before: either all crews are always at work, or the last day decides.
                if busy >= roster.hours(agency).max() ?? 0 {
                    since = since ?? hour
                    return
                }
                since = nil
                hour = zone.nextHour(now - 2 * Self.day)
            }
            while hour < now {
                since = isShort(at: hour) ? since ?? hour : nil
                hour = zone.nextHour(hour)
            }
        }
    }
}
