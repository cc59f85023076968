import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Local clock")
struct LocalClockTests {
    private func instant(_ local: String, _ zone: String) throws -> String {
        var clock = try #require(LocalClock(zone: zone))
        let asIfUTC = try #require(Timestamp(rfc3339: local + "Z"))
        let seconds = clock.instant(local: asIfUTC.microseconds / 1_000_000)
        return Timestamp(microseconds: seconds * 1_000_000).rfc3339
    }

    @Test(
        "local times become instants by the rules of their zone and date",
        arguments: [
            ("2020-04-07T23:53:08", "America/Los_Angeles", "2020-04-08T06:53:08Z"),
            ("2020-01-07T23:53:08", "America/Los_Angeles", "2020-01-08T07:53:08Z"),
            ("2018-06-26T10:58:54", "America/New_York", "2018-06-26T14:58:54Z"),
            ("2020-01-01T08:00:00", "Asia/Shanghai", "2020-01-01T00:00:00Z"),
            ("2020-01-01T08:00:00", "UTC", "2020-01-01T08:00:00Z"),
            ("1960-07-01T08:00:00", "Asia/Kolkata", "1960-07-01T02:30:00Z"),
        ]
    )
    func converts(local: String, zone: String, expected: String) throws {
        #expect(try instant(local, zone) == expected)
    }

    @Test("a time that occurs twice is the first of the two")
    func ambiguousTime() throws {
        #expect(try instant("2018-11-04T01:30:00", "America/New_York") == "2018-11-04T05:30:00Z")
    }

    @Test("the hour before and after clocks go back is one hour long each")
    func aroundClocksGoingBack() throws {
        #expect(try instant("2018-11-04T00:59:59", "America/New_York") == "2018-11-04T04:59:59Z")
        #expect(try instant("2018-11-04T02:00:00", "America/New_York") == "2018-11-04T07:00:00Z")
    }

    @Test("a time that never occurs is read as if clocks had not gone forward")
    func skippedTime() throws {
        #expect(try instant("2018-03-11T02:30:00", "America/New_York") == "2018-03-11T07:30:00Z")
        #expect(try instant("2018-03-11T03:00:00", "America/New_York") == "2018-03-11T07:00:00Z")
    }

    @Test("a zone that changes by half an hour is right on both sides")
    func halfHourChange() throws {
        #expect(try instant("2020-04-05T01:29:59", "Australia/Lord_Howe") == "2020-04-04T14:29:59Z")
        #expect(try instant("2020-04-05T02:00:00", "Australia/Lord_Howe") == "2020-04-04T15:30:00Z")
    }

    @Test("answers do not depend on what was asked before")
    func cacheChangesNothing() throws {
        var warm = try #require(LocalClock(zone: "America/New_York"))
        let begin: Int64 = 1_520_000_000
        for step: Int64 in 0..<4_000 {
            var fresh = try #require(LocalClock(zone: "America/New_York"))
            let local = begin + (step * 7_919) % 40_000_000
            #expect(warm.instant(local: local) == fresh.instant(local: local))
        }
    }

    @Test("names that are no zone are refused", arguments: ["", "Mars/Olympus", "PST", "../etc/passwd", "+08:00"])
    func refusesNames(name: String) {
        #expect(LocalClock(zone: name) == nil)
    }
}
