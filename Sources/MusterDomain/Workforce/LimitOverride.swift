package import EventSourcing
package import Records

/// A limit of R12.2 that an override can raise.
package enum WorkLimit: String, Choice {
    case spell
    case rest
    case weeklyWork = "weekly-work"
    case restDay = "rest-day"

    package var words: Words {
        switch self {
        case .spell: Words("Longest spell of duty", zh: "最长连续在岗")
        case .rest: Words("Rest between spells", zh: "两次在岗间休息")
        case .weeklyWork: Words("Work in seven days", zh: "七日工时")
        case .restDay: Words("Rest day", zh: "休息日")
        }
    }
}

/// Somebody answers for it that a person works beyond a limit, for a reason and a time (R12.2).
///
/// It counts for a spell that lies within it wholly; for a rest of which as much as it asks for lies within it; and, as to
/// the hours and rest days of a local day and the six before, when all duties of that day lie within it wholly.
package struct LimitOverride: Hashable, Sendable {
    package let raised: RaisedLimit
    package let reason: String
    package let by: PersonID
    package let period: WorkPeriod

    /// Refused without a reason, without an expiry, when it would last longer than `limits` say, or when somebody would
    /// override for themselves.
    package init(
        _ raised: RaisedLimit,
        of person: PersonID,
        reason: String,
        by: PersonID,
        from: Timestamp,
        until: Timestamp?,
        limits: WorkLimits
    ) throws(Rejection) {
        guard reason.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw Rejection(
                rule: "R12.2",
                reason: "override-without-reason",
                Words("An override needs a reason.", zh: "突破限制必须说明理由。")
            )
        }
        guard let until else {
            throw Rejection(
                rule: "R12.2",
                reason: "override-without-expiry",
                Words("An override needs an expiry.", zh: "突破限制必须写明失效时间。"),
                advice: Words("Give an end; it can be given anew.", zh: "请填写结束时间，到期可重新批准。")
            )
        }
        guard by != person else {
            throw Rejection(
                kind: .forbidden,
                rule: "R12.2",
                reason: "override-for-oneself",
                Words("Nobody overrides the limits for themselves.", zh: "任何人不得为自己突破限制。")
            )
        }
        let period = try WorkPeriod(from: from, to: until)
        guard period.length <= limits.longestOverride else {
            throw Rejection(
                rule: "R12.2",
                reason: "override-too-long",
                Words(
                    "An override lasts at most \(WorkTime.words(limits.longestOverride).en).",
                    zh: "突破限制最长 \(WorkTime.words(limits.longestOverride).zh)。"
                )
            )
        }
        guard raised.isBeyond(limits) else {
            throw Rejection(
                rule: "R12.2",
                reason: "override-changes-nothing",
                Words("The override is no wider than the limit itself.", zh: "该突破并不比原限制更宽。")
            )
        }
        self.raised = raised
        self.reason = reason
        self.by = by
        self.period = period
    }
}

/// A limit with another value, for a time.
package enum RaisedLimit: Hashable, Sendable {
    case spell(Duration)
    case rest(Duration)
    case weeklyWork(Duration)
    case restDays(Int)

    package var limit: WorkLimit {
        switch self {
        case .spell: .spell
        case .rest: .rest
        case .weeklyWork: .weeklyWork
        case .restDays: .restDay
        }
    }

    func isBeyond(_ limits: WorkLimits) -> Bool {
        switch self {
        case .spell(let spell): spell > limits.longestSpell && spell <= limits.longestShift
        case .rest(let rest): rest < limits.rest && rest >= .zero
        case .weeklyWork(let work): work > limits.weeklyWork && work <= .seconds(7 * 86_400)
        case .restDays(let days): days < limits.restDaysPerWeek && days >= 0
        }
    }
}
