import EventSourcing
import Foundation
import Records

/// Instants as the analysis's place reads them.
enum PageTimes {
    /// `2018-06-01 18:42`
    static func minute(_ instant: Timestamp, zone: String) -> String {
        let (day, second) = local(instant, zone)
        let minute = second / 60
        return "\(text(day)) \(two(minute / 60)):\(two(minute % 60))"
    }

    /// From when to when, as coarsely as it can be said: months for long times, else days.
    static func span(_ span: ClosedRange<Timestamp>, zone: String, _ words: PageWords) -> String {
        let (first, last) = (local(span.lowerBound, zone).day, local(span.upperBound, zone).day)
        if first == last { return text(first) }
        let isLong = span.upperBound.since(span.lowerBound) > .seconds(100 * 86_400)
        guard isLong else { return words("\(text(first)) to \(text(last))", "\(text(first)) 至 \(text(last))") }
        let from = words.month(Month(year: first.year, month: first.month))
        let to = words.month(Month(year: last.year, month: last.month))
        return from == to ? from : words("\(from) to \(to)", "\(from)至\(to)")
    }

    private static func local(_ instant: Timestamp, _ zone: String) -> (day: CalendarDate, second: Int) {
        let seconds = (Double(instant.microseconds) / 1_000_000).rounded(.down)
        let offset = TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)) ?? 0
        let local = Int(seconds) + offset
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        return (CalendarDate(daysSince1970: day), local - day * 86_400)
    }

    private static func text(_ day: CalendarDate) -> String { "\(day.year)-\(two(day.month))-\(two(day.day))" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
