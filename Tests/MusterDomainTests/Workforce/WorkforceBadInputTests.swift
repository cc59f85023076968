import EventSourcing
import MusterDomain
import Records
import Testing

/// What S12 refuses before any rule is asked, and time that is not as it seems.
@Suite struct WorkforceBadInputTests {
    @Test("S12 an end before or at the start is refused", arguments: [7.0, 8.0])
    func endBeforeStart(end: Double) {
        let refusal = code { () throws(Rejection) in
            _ = try WorkPeriod(from: Crew.at(0, 8), to: Crew.at(0, end))
        }
        #expect(refusal == "S12 end-before-start")
    }

    @Test("S12 times beyond the calendar are refused", arguments: [Int64.min, .max])
    func outOfRange(microseconds: Int64) {
        let time = Timestamp(microseconds: microseconds)
        let refusal = code { () throws(Rejection) in
            _ = try WorkPeriod(from: min(time, Crew.monday), to: max(time, Crew.monday))
        }
        #expect(refusal == "S12 time-out-of-range")
    }

    @Test("S12 a duty stands on a roster once")
    func dutyTwice() throws {
        let duties = [try Crew.duty("a", 0, 8...10), try Crew.duty("a", 1, 8...10)]
        #expect(code { () throws(Rejection) in _ = try Crew.worker(duties: duties) } == "S12 duty-twice")
    }

    @Test("S12 who is released is not rostered")
    func releasedButRostered() throws {
        let duty = try Crew.duty("a", 1, 8...10)
        let refusal = code { () throws(Rejection) in
            _ = try Crew.worker(duties: [duty], released: Crew.at(1, 9))
        }
        #expect(refusal == "S12 released-but-rostered")
        #expect(
            code { () throws(Rejection) in _ = try Crew.worker(duties: [duty], released: Crew.at(1, 10)) } == nil
        )
    }

    @Test(
        "S12 coordinates that are no place are refused",
        arguments: [(Double.nan, 0), (0, .nan), (90.1, 0), (0, -180.5), (.infinity, 0)]
    )
    func coordinates(latitude: Double, longitude: Double) {
        let refusal = code { () throws(Rejection) in
            _ = try Coordinates(latitude: latitude, longitude: longitude)
        }
        #expect(refusal == "S12 no-such-place")
    }

    @Test("R12.2 limits that contradict each other are refused")
    func limits() throws {
        let refusals = [
            code { () throws(Rejection) in _ = try WorkLimits(longestSpell: .zero) },
            code { () throws(Rejection) in _ = try WorkLimits(longestSpell: .seconds(90_000)) },
            code { () throws(Rejection) in _ = try WorkLimits(restDaysPerWeek: 7) },
            code { () throws(Rejection) in _ = try WorkLimits(weeklyWork: .seconds(-1)) },
        ]
        #expect(refusals.allSatisfy { $0 == "R12.2 bad-limits" })
        #expect(try WorkLimits() == .standard)
    }

    @Test("S12 a time zone's changes are in order and its offsets exist")
    func zones() {
        let wrongOrder = [
            LocalDays.Change(at: Crew.at(1, 0), offsetSeconds: 0),
            LocalDays.Change(at: Crew.at(0, 0), offsetSeconds: 3_600),
        ]
        let refusals = [
            code { () throws(Rejection) in _ = try LocalDays(offsetSeconds: 70_000) },
            code { () throws(Rejection) in _ = try LocalDays(offsetSeconds: 0, changes: wrongOrder) },
        ]
        #expect(refusals.allSatisfy { $0 == "S12 bad-time-zone" })
    }

    @Test("S12 a shift across midnight counts for both days")
    func midnight() throws {
        let shares = LocalDays.china.shares(of: try Crew.period(0, 20...28.5))
        let monday = LocalDays.china.day(of: Crew.monday)
        #expect(shares.map(\.day) == [monday, monday + 1])
        #expect(shares.map(\.time) == [.seconds(4 * 3_600), .seconds(16_200)])
        #expect(LocalDays.china.text(of: Crew.at(0, 20)) == "2026-11-23 20:00")
        #expect(LocalDays.china.text(ofDay: monday) == "2026-11-23")
    }

    /// New York, 2026: clocks go forward on 8 March at 7:00 UTC and back on 1 November at 6:00 UTC.
    private static func newYork() throws -> LocalDays {
        let forward = try #require(Timestamp(rfc3339: "2026-03-08T07:00:00Z"))
        let back = try #require(Timestamp(rfc3339: "2026-11-01T06:00:00Z"))
        return try LocalDays(
            offsetSeconds: -18_000,
            changes: [.init(at: forward, offsetSeconds: -14_400), .init(at: back, offsetSeconds: -18_000)]
        )
    }

    private static func period(_ from: String, _ to: String) throws -> WorkPeriod {
        try WorkPeriod(from: #require(Timestamp(rfc3339: from)), to: #require(Timestamp(rfc3339: to)))
    }

    @Test("S12 a night in which the clocks change is as long as it really is")
    func clocksChange() throws {
        let days = try Self.newYork()
        let spring = try Self.period("2026-03-07T20:00:00-05:00", "2026-03-08T08:30:00-04:00")
        #expect(spring.length == .seconds(41_400))
        #expect(days.shares(of: spring).map(\.time) == [.seconds(4 * 3_600), .seconds(27_000)])
        let autumn = try Self.period("2026-10-31T20:00:00-04:00", "2026-11-01T08:00:00-05:00")
        #expect(autumn.length == .seconds(13 * 3_600))
        #expect(days.shares(of: autumn).map(\.time) == [.seconds(4 * 3_600), .seconds(9 * 3_600)])
    }

    @Test("R12.2 twelve hours by the clock are refused in the night that has thirteen")
    func clocksGoBack() throws {
        let limits = try WorkLimits(days: Self.newYork())
        let from = try #require(Timestamp(rfc3339: "2026-01-01T00:00:00Z"))
        let post = Post(party: "office", territory: "dq", from: from)
        let worker = try Worker(id: "a", posts: [post], reported: from, limits: limits)
        let autumn = try Self.period("2026-10-31T20:00:00-04:00", "2026-11-01T08:00:00-05:00")
        let spring = try Self.period("2026-03-07T20:00:00-05:00", "2026-03-08T08:30:00-04:00")
        #expect(
            worker.codes(for: OpenWork(id: "t", period: autumn, territory: "dq"), limits: limits)
                == ["R12.2 shift-too-long"]
        )
        #expect(worker.codes(for: OpenWork(id: "t", period: spring, territory: "dq"), limits: limits) == [])
    }

    @Test("S12 a day that comes again when clocks go back over midnight is one day")
    func dayTwice() throws {
        let midnight = Crew.at(1, 0)
        let days = try LocalDays(
            offsetSeconds: 28_800,
            changes: [.init(at: midnight + .seconds(1_800), offsetSeconds: 25_200)]
        )
        let shares = days.shares(of: try Crew.period(0, 22...27))
        #expect(shares.map(\.time) == [.seconds(9_000 + 1_800 - 1_800), .seconds(1_800 + 7_200)])
    }

    @Test("lengths are said in hours and minutes")
    func lengths() {
        #expect(WorkTime.words(.seconds(41_400)).en == "11 h 30 min")
        #expect(WorkTime.words(.seconds(41_400)).zh == "11 小时 30 分钟")
        #expect(WorkTime.words(.seconds(3_600)).en == "1 h" && WorkTime.words(.seconds(1)).en == "1 min")
        #expect(WorkTime.words(.seconds(-5)).en == "0 min")
    }
}
