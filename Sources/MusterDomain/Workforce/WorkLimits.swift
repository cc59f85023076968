import Records

/// How much one person may work (R12.2), and the other figures of S12. The field documents give none but the alarm of
/// residents per worker, so all of them are configuration.
package struct WorkLimits: Hashable, Sendable {
    /// The longest spell of duty: from its first work to its last, breaks included. Work belongs to one spell when less
    /// than `rest` lies between.
    package let longestSpell: Duration
    /// No planned duty is longer than this by itself, whatever the override.
    package let longestShift: Duration
    /// Work in seven consecutive local days, any seven.
    package let weeklyWork: Duration
    /// Local days without any work among seven consecutive ones, any seven.
    package let restDaysPerWeek: Int
    /// From the end of one spell to the start of the next.
    package let rest: Duration
    /// How long who comes and who goes are at a post together.
    package let handover: Duration
    /// How long somebody who asks for relief waits for the answer.
    package let reliefAnswer: Duration
    /// From how many residents per worker the alarm is on (R12.7).
    package let overloadResidents: Int
    /// The longest time that an override may last.
    package let longestOverride: Duration
    /// Where days begin and end.
    package let days: LocalDays

    /// - Throws: a rejection when a figure is not positive or makes no sense beside the others.
    package init(
        longestSpell: Duration = .seconds(12 * 3_600),
        longestShift: Duration = .seconds(24 * 3_600),
        weeklyWork: Duration = .seconds(60 * 3_600),
        restDaysPerWeek: Int = 1,
        rest: Duration = .seconds(11 * 3_600),
        handover: Duration = .seconds(15 * 60),
        reliefAnswer: Duration = .seconds(30 * 60),
        overloadResidents: Int = 350,
        longestOverride: Duration = .seconds(7 * 86_400),
        days: LocalDays = .china
    ) throws(Rejection) {
        let day = Duration.seconds(86_400)
        let isSensible =
            longestSpell > .zero && longestSpell <= longestShift && longestShift <= day
            && weeklyWork > .zero && weeklyWork <= day * 7 && (0...6).contains(restDaysPerWeek)
            && rest >= .zero && rest <= day && handover >= .zero && handover < longestSpell
            && reliefAnswer > .zero && reliefAnswer <= day && overloadResidents > 0
            && longestOverride > .zero && longestOverride <= day * 366
        guard isSensible else {
            throw Rejection(
                rule: "R12.2",
                reason: "bad-limits",
                Words("These limits of work contradict each other.", zh: "这些工时限制互相矛盾。"),
                advice: Words(
                    "Spell ≤ shift ≤ 24 h, week ≤ 168 h, 0 to 6 rest days, rest ≤ 24 h.",
                    zh: "连续在岗 ≤ 单班 ≤ 24 小时，周工时 ≤ 168 小时，休息日 0 至 6 天，间隔休息 ≤ 24 小时。"
                )
            )
        }
        self.init(
            unchecked: longestSpell,
            longestShift: longestShift,
            weeklyWork: weeklyWork,
            restDaysPerWeek: restDaysPerWeek,
            rest: rest,
            handover: handover,
            reliefAnswer: reliefAnswer,
            overloadResidents: overloadResidents,
            longestOverride: longestOverride,
            days: days
        )
    }

    private init(
        unchecked longestSpell: Duration,
        longestShift: Duration,
        weeklyWork: Duration,
        restDaysPerWeek: Int,
        rest: Duration,
        handover: Duration,
        reliefAnswer: Duration,
        overloadResidents: Int,
        longestOverride: Duration,
        days: LocalDays
    ) {
        self.longestSpell = longestSpell
        self.longestShift = longestShift
        self.weeklyWork = weeklyWork
        self.restDaysPerWeek = restDaysPerWeek
        self.rest = rest
        self.handover = handover
        self.reliefAnswer = reliefAnswer
        self.overloadResidents = overloadResidents
        self.longestOverride = longestOverride
        self.days = days
    }

    package static let standard = WorkLimits(
        unchecked: .seconds(12 * 3_600),
        longestShift: .seconds(24 * 3_600),
        weeklyWork: .seconds(60 * 3_600),
        restDaysPerWeek: 1,
        rest: .seconds(11 * 3_600),
        handover: .seconds(15 * 60),
        reliefAnswer: .seconds(30 * 60),
        overloadResidents: 350,
        longestOverride: .seconds(7 * 86_400),
        days: .china
    )
}
