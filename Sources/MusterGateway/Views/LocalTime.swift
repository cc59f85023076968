import EventSourcing
import Records

/// Instants as the town's people read them.
struct LocalTime: Sendable {
    let offset: Duration
    let language: Language

    /// `18:42:07`
    func time(_ instant: Timestamp) -> String {
        let parts = parts(instant)
        return "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
    }

    /// `18:42`
    func minute(_ instant: Timestamp) -> String {
        let parts = parts(instant)
        return "\(two(parts.hour)):\(two(parts.minute))"
    }

    /// `Sat 21 Nov` · `11月21日 周六`
    func day(_ instant: Timestamp) -> String {
        let parts = parts(instant)
        return Self.dayPattern[language]
            .replacing("{weekday}", with: Self.weekdays(language)[parts.weekday])
            .replacing("{day}", with: String(parts.day))
            .replacing("{month}", with: Self.months(language)[parts.month - 1])
    }

    /// The time, with its day unless that is the day of `now`.
    func time(_ instant: Timestamp, seenAt now: Timestamp) -> String {
        isSameDay(instant, now) ? time(instant) : "\(shortDay(instant)) \(minute(instant))"
    }

    /// The time to the minute, with its day unless that is the day of `now`.
    func minute(_ instant: Timestamp, seenAt now: Timestamp) -> String {
        isSameDay(instant, now) ? minute(instant) : "\(shortDay(instant)) \(minute(instant))"
    }

    /// `+08:00`
    var zone: String {
        let minutes = Int(offset.components.seconds / 60)
        return "\(minutes < 0 ? "-" : "+")\(two(abs(minutes) / 60)):\(two(abs(minutes) % 60))"
    }

    /// A limit, as `30 min`, `72 h`.
    func limit(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds < 60 { return "\(seconds) \(Strings.second[language])" }
        if seconds % 3_600 == 0 { return "\(seconds / 3_600) \(Strings.hour[language])" }
        if seconds < 7_200 { return "\(seconds / 60) \(Strings.minute[language])" }
        return "\(seconds / 3_600) \(Strings.hour[language]) \(seconds / 60 % 60) \(Strings.minute[language])"
    }

    /// An age, as `40 s`, `12 min`, `3 h`, `2 d`.
    func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        if seconds < 60 { return "\(seconds) \(Strings.second[language])" }
        let minutes = max(0, duration.components.seconds / 60)
        if minutes < 60 { return "\(minutes) \(Strings.minute[language])" }
        if minutes < 2_880 { return "\(minutes / 60) \(Strings.hour[language])" }
        return "\(minutes / 1_440) \(Strings.day[language])"
    }

    /// What is left until `due`, as pages tick it: `12:40`, `1:02:33`, `+0:48`.
    static func remaining(_ due: Timestamp, now: Timestamp) -> String {
        let left = due.since(now).wholeMicroseconds
        let seconds = Int(left.magnitude / 1_000_000)
        let sign = left < 0 ? "+" : ""
        let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        return h > 0 ? "\(sign)\(h):\(two(m)):\(two(s))" : "\(sign)\(m):\(two(s))"
    }

    static let dayPattern = Words("{weekday} {day} {month}", zh: "{month}{day}日 {weekday}")

    static func weekdays(_ language: Language) -> [String] {
        switch language {
        case .en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        case .zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]
        }
    }

    static func months(_ language: Language) -> [String] {
        switch language {
        case .en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        case .zh: (1...12).map { "\($0)月" }
        }
    }

    // MARK: - Calendar

    private struct Parts {
        let month: Int
        let day: Int
        let weekday: Int
        let hour: Int
        let minute: Int
        let second: Int
    }

    private func shortDay(_ instant: Timestamp) -> String {
        let parts = parts(instant)
        switch language {
        case .en: return "\(parts.day) \(Self.months(.en)[parts.month - 1])"
        case .zh: return "\(parts.month)月\(parts.day)日"
        }
    }

    private func isSameDay(_ a: Timestamp, _ b: Timestamp) -> Bool {
        days(a) == days(b)
    }

    private func days(_ instant: Timestamp) -> Int {
        floorDivide(localSeconds(instant), 86_400)
    }

    private func localSeconds(_ instant: Timestamp) -> Int {
        floorDivide(Int(clamping: instant.microseconds), 1_000_000) + Int(offset.components.seconds)
    }

    /// Month and day by the civil-from-days algorithm of the proleptic Gregorian calendar.
    private func parts(_ instant: Timestamp) -> Parts {
        let seconds = localSeconds(instant)
        let days = floorDivide(seconds, 86_400)
        let ofDay = seconds - days * 86_400
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        return Parts(
            month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            weekday: ((days + 4) % 7 + 7) % 7,
            hour: ofDay / 3_600,
            minute: ofDay / 60 % 60,
            second: ofDay % 60
        )
    }

    private func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : (a - b + 1) / b }
}

/// Two digits at least.
private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
