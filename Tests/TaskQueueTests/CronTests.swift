import EventSourcing
import Foundation
import Testing

@testable import TaskQueue

@Suite("A time table")
struct CronTests {
    private func next(_ cron: String, after time: String, in zone: String = "UTC") throws -> String? {
        let time = try #require(Timestamp(rfc3339: time))
        let zone = try #require(TimeZone(identifier: zone))
        return try CronExpression(cron).next(after: time, in: zone)?.rfc3339
    }

    @Test(
        "comes at the times that crontab(5) says",
        arguments: [
            ("30 7 * * mon-fri", "2026-11-27T07:30:00Z", "2026-11-30T07:30:00Z"),
            ("*/15 8-18 * * *", "2026-11-26T08:15:00Z", "2026-11-26T08:30:00Z"),
            ("*/15 8-18 * * *", "2026-11-26T18:45:00Z", "2026-11-27T08:00:00Z"),
            ("0 0 1 jan,jul *", "2026-11-26T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("0 0 29 2 *", "2026-11-26T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
            ("5/20 * * * *", "2026-11-26T10:06:00Z", "2026-11-26T10:25:00Z"),
            ("0 12 * * 7", "2026-11-26T00:00:00Z", "2026-11-29T12:00:00Z"),
            // Either kind of day suffices when both are restricted.
            ("0 0 13 * fri", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
            ("0 0 27 * *", "2026-11-26T23:59:59.999999Z", "2026-11-27T00:00:00Z"),
        ]
    )
    func times(cron: String, after: String, expected: String) throws {
        #expect(try next(cron, after: after) == expected)
    }

    @Test("goes by the clocks of its zone")
    func zone() throws {
        #expect(
            try next("0 9 * * *", after: "2026-11-26T02:00:00Z", in: "Asia/Shanghai") == "2026-11-27T01:00:00Z"
        )
    }

    @Test("comes once when clocks are put forward or back")
    func summerTime() throws {
        // On 2026-03-29 two o'clock is three o'clock in Berlin; on 2026-10-25 three o'clock is two o'clock again.
        let gap = try next("30 2 * * *", after: "2026-03-28T12:00:00Z", in: "Europe/Berlin")
        #expect(gap == "2026-03-29T01:00:00Z")
        #expect(try next("30 2 * * *", after: try #require(gap), in: "Europe/Berlin") == "2026-03-30T00:30:00Z")
        let first = try next("30 2 * * *", after: "2026-10-24T12:00:00Z", in: "Europe/Berlin")
        #expect(first == "2026-10-25T00:30:00Z")
        #expect(try next("30 2 * * *", after: try #require(first), in: "Europe/Berlin") == "2026-10-26T01:30:00Z")
    }

    @Test("agrees with a minute by minute search", arguments: 1...20 as ClosedRange<UInt64>)
    func search(seed: UInt64) throws {
        var random = SystemRandomNumberGenerator()
        let zone = try #require(TimeZone(identifier: ["UTC", "Asia/Shanghai", "Asia/Kolkata"][Int(seed) % 3]))
        let cron = try CronExpression(
            "\(Int.random(in: 0...59, using: &random)) */\(Int.random(in: 1...7, using: &random)) * * \(seed % 7)"
        )
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let start = Int64.random(in: 1_700_000_000...1_900_000_000, using: &random)
        let next = try #require(cron.next(after: Timestamp(microseconds: start * 1_000_000), in: zone))
        var minute = (start / 60 + 1) * 60
        while true {
            let date = Date(timeIntervalSince1970: Double(minute))
            let parts = calendar.dateComponents([.month, .day, .weekday, .hour, .minute], from: date)
            if cron.minutes.contains(parts.minute ?? -1), cron.hours.contains(parts.hour ?? -1),
                cron.includes(month: parts.month ?? 0, day: parts.day ?? 0, weekday: (parts.weekday ?? 1) - 1)
            {
                break
            }
            minute += 60
        }
        #expect(next.microseconds == minute * 1_000_000, "\(cron.text) after \(start) in \(zone.identifier)")
    }

    @Test(
        "that is none is refused with the field that is wrong",
        arguments: [
            ("* * * *", "4 fields"), ("60 * * * *", "minute '60'"), ("* 24 * * *", "hour '24'"),
            ("* * 0 * *", "day of the month '0'"), ("* * * 13 *", "month '13'"), ("* * * * 8", "weekday '8'"),
            ("*/0 * * * *", "step"), ("5-1 * * * *", "ends before it begins"), ("a * * * *", "minute 'a'"),
            ("1,,2 * * * *", "minute '1,,2'"), ("0 0 31 2 *", "never comes"), ("-1 * * * *", "minute '-1'"),
        ]
    )
    func invalid(cron: String, part: String) throws {
        let error = try #require(throws: InvalidCron.self) { try CronExpression(cron) }
        #expect(error.description.contains(part), "\(error)")
    }
}
