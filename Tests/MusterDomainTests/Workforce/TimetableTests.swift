import EventSourcing
import MusterDomain
import Testing

/// A timetable against the rules written down once more, in the plainest way.
@Suite struct TimetableTests {
    private static let limits = WorkLimits.standard

    /// The rules R12.1 and R12.2 about a whole set of duties.
    private static func isAllowed(_ periods: [WorkPeriod], _ overrides: [LimitOverride]) -> Bool {
        let sorted = periods.sorted { $0.start < $1.start }
        if zip(sorted, sorted.dropFirst()).contains(where: { $0.overlaps($1) }) { return false }
        return spells(of: sorted, overrides).allSatisfy { spell in
            spell.end.since(spell.start) <= limits.longestSpell
                || overrides.contains { override in
                    guard case .spell(let length) = override.raised else { return false }
                    return override.period.start <= spell.start && spell.end <= override.period.end
                        && spell.end.since(spell.start) <= length
                }
        } && areDaysAllowed(sorted, overrides)
    }

    private static func spells(
        of sorted: [WorkPeriod],
        _ overrides: [LimitOverride]
    ) -> [(start: Timestamp, end: Timestamp)] {
        var spells: [(start: Timestamp, end: Timestamp)] = []
        for period in sorted {
            if let last = spells.last, !isRest(from: last.end, to: period.start, overrides) {
                spells[spells.count - 1].end = period.end
            } else {
                spells.append((period.start, period.end))
            }
        }
        return spells
    }

    private static func isRest(from start: Timestamp, to end: Timestamp, _ overrides: [LimitOverride]) -> Bool {
        if end.since(start) >= limits.rest { return true }
        return overrides.contains { override in
            guard case .rest(let least) = override.raised else { return false }
            return min(end, override.period.end).since(max(start, override.period.start)) >= least
        }
    }

    private static func areDaysAllowed(_ periods: [WorkPeriod], _ overrides: [LimitOverride]) -> Bool {
        var work: [Int: Duration] = [:]
        for period in periods {
            for (day, time) in limits.days.shares(of: period) { work[day, default: .zero] += time }
        }
        return work.keys.allSatisfy { day in
            let week = (day - 6...day).compactMap { work[$0] }
            let own = periods.filter { period in limits.days.shares(of: period).contains { $0.day == day } }
            let covering = overrides.filter { override in own.allSatisfy(override.period.contains) }
            let hours = week.reduce(.zero, +)
            let isWeekAllowed =
                hours <= limits.weeklyWork
                || covering.contains { override in
                    if case .weeklyWork(let raised) = override.raised { return hours <= raised }
                    return false
                }
            let isRestAllowed =
                week.count <= 6
                || covering.contains { override in
                    if case .restDays(let least) = override.raised { return week.count <= 7 - least }
                    return false
                }
            return isWeekAllowed && isRestAllowed
        }
    }

    private static func randomPeriods(_ count: Int, using random: inout SeededGenerator) throws -> [WorkPeriod] {
        try (0..<count).map { _ in
            let start = Crew.monday + .seconds(Int.random(in: 0..<9 * 96, using: &random) * 900)
            return try WorkPeriod(from: start, to: start + .seconds(Int.random(in: 1...50, using: &random) * 900))
        }
    }

    private static func randomOverrides(using random: inout SeededGenerator) throws -> [LimitOverride] {
        let kinds: [RaisedLimit] = [
            .spell(.seconds(16 * 3_600)), .rest(.seconds(6 * 3_600)), .weeklyWork(.seconds(72 * 3_600)), .restDays(0),
        ]
        return try kinds.filter { _ in Bool.random(using: &random) }.map { raised in
            let from = Crew.at(Int.random(in: 0..<7, using: &random), Double.random(in: 0..<24, using: &random))
            let until = from + .seconds(Int.random(in: 8...100, using: &random) * 3_600)
            return try Crew.override(raised, from: from, until: until)
        }
    }

    @Test("R12.2 work is admitted just when the whole set of duties is allowed", arguments: 0..<20)
    func agreesWithRules(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let first = Self.limits.days.day(of: Crew.monday)
        for round in 0..<25 {
            let overrides = round.isMultiple(of: 2) ? [] : try Self.randomOverrides(using: &random)
            var timetable = Timetable(from: first, through: first + 10, limits: Self.limits, overrides: [overrides])
            var taken: [WorkPeriod] = []
            for (tag, period) in try Self.randomPeriods(40, using: &random).enumerated() {
                let slot = WorkSlot(period, days: Self.limits.days)
                let isAdmitted = timetable.admits(slot)
                #expect(isAdmitted == Self.isAllowed(taken + [period], overrides))
                #expect(isAdmitted == timetable.breaches(of: slot).isClear)
                guard isAdmitted else { continue }
                timetable.insert(slot, tag: Int32(tag))
                taken.append(period)
            }
        }
    }

    @Test("R12.2 leaving out a duty is as if it were not there, and every part of an allowed set is allowed")
    func leavingOut() throws {
        var random = SeededGenerator(seed: 12)
        let first = Self.limits.days.day(of: Crew.monday)
        for _ in 0..<200 {
            let overrides = try Self.randomOverrides(using: &random)
            var timetable = Timetable(from: first, through: first + 10, limits: Self.limits, overrides: [overrides])
            var taken: [(Int32, WorkPeriod)] = []
            for (tag, period) in try Self.randomPeriods(30, using: &random).enumerated() {
                let slot = WorkSlot(period, days: Self.limits.days)
                guard timetable.admits(slot) else { continue }
                timetable.insert(slot, tag: Int32(tag))
                taken.append((Int32(tag), period))
            }
            let probe = WorkSlot(try Self.randomPeriods(1, using: &random)[0], days: Self.limits.days)
            for (tag, _) in taken {
                var without = timetable
                without.remove(tag: tag)
                #expect(without.admits(probe) == timetable.admits(probe, without: tag))
                let rest = taken.filter { $0.0 != tag }.map(\.1)
                #expect(Self.isAllowed(rest, overrides))
            }
        }
    }
}
