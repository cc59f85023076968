import EventSourcing

/// The limits of work as a timetable compares them, in microseconds.
struct WorkRules: Sendable {
    private let spell: Int64
    private let rest: Int64
    let weekly: Int64
    let workDays: Int

    init(_ limits: WorkLimits) {
        spell = limits.longestSpell.wholeMicroseconds
        rest = limits.rest.wholeMicroseconds
        weekly = limits.weeklyWork.wholeMicroseconds
        workDays = 7 - limits.restDaysPerWeek
    }

    /// Whether a time without work is rest enough to begin a new spell after it.
    func isRest(from start: Int64, to end: Int64, _ overrides: [LimitOverride]) -> Bool {
        if end - start >= rest { return true }
        return overrides.contains { override in
            guard case .rest(let raised) = override.raised else { return false }
            let within = min(end, override.period.end.microseconds) - max(start, override.period.start.microseconds)
            return within >= raised.wholeMicroseconds
        }
    }

    func allowsSpell(from start: Int64, to end: Int64, _ overrides: [LimitOverride]) -> Bool {
        if end - start <= spell { return true }
        return overrides.contains { override in
            guard case .spell(let raised) = override.raised else { return false }
            return override.period.start.microseconds <= start && end <= override.period.end.microseconds
                && end - start <= raised.wholeMicroseconds
        }
    }

    /// - Parameters:
    ///   - worked: microseconds in the seven days that end with some day.
    ///   - overrides: within which all duties of that day lie.
    func allowsWeek(_ worked: Int64, _ overrides: [LimitOverride]) -> Bool {
        if worked <= weekly { return true }
        return overrides.contains { override in
            guard case .weeklyWork(let raised) = override.raised else { return false }
            return worked <= raised.wholeMicroseconds
        }
    }

    /// - Parameters:
    ///   - days: days with work among the seven that end with some day.
    ///   - overrides: within which all duties of that day lie.
    func allowsWorkDays(_ days: Int, _ overrides: [LimitOverride]) -> Bool {
        if days <= workDays { return true }
        return overrides.contains { override in
            guard case .restDays(let least) = override.raised else { return false }
            return days <= 7 - least
        }
    }
}
