import EventSourcing
import Records
import Testing

@testable import MusterGateway

@Suite struct PartsTests {
    @Test(arguments: [
        (760_000, "12:40"), (3_753_000, "1:02:33"), (-760_000, "+12:40"), (-48_000, "+0:48"), (0, "0:00"),
    ])
    func `What is left is told as on a clock`(_ milliseconds: Int64, _ text: String) {
        let due = SmallTown.evening + .milliseconds(milliseconds)
        #expect(LocalTime.remaining(due, now: SmallTown.evening) == text)
    }

    @Test func `A time is told in the town's zone, with its day when that is another`() {
        let time = LocalTime(offset: .seconds(8 * 3_600), language: .en)
        #expect(time.day(SmallTown.evening) == "Sat 21 Nov")
        #expect(time.time(SmallTown.evening) == "18:42:07")
        #expect(time.zone == "+08:00")
        #expect(time.time(SmallTown.evening - .seconds(86_400), seenAt: SmallTown.evening) == "20 Nov 18:42")
        #expect(LocalTime(offset: .seconds(-19_800), language: .zh).zone == "-05:30")
    }

    @Test(arguments: [
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.zh), ("en-GB,en;q=0.9", .en), ("fr,de", .en), ("", .en),
        ("en;q=0.1, zh;q=0.2", .zh), ("zh;q=x,,;;", .zh),
    ])
    func `The best language that is spoken here is chosen`(_ field: String, _ language: Language) {
        #expect(LanguageChoice.preferred(field) == language)
    }

    @Test func `A form's fields are decoded, and what is not well-formed stays`() {
        let form = FormFields(Array("a=b+c&d=%E4%B8%9C&e=%zz&f&a=2".utf8))
        #expect(form["a"] == "b c")
        #expect(form["d"] == "东")
        #expect(form["e"] == "%zz")
        #expect(form["f"] == "")
        #expect(form.values("a") == ["b c", "2"])
    }

    @Test func `Lines are found across pieces, and one that is too long is told once`() {
        var splitter = LineSplitter(maximumBytes: 4)
        #expect(splitter.append(Array("ab".utf8)) == [])
        #expect(splitter.append(Array("c\r\nxyzxyz".utf8)) == [.line(Array("abc".utf8)), .tooLong])
        #expect(splitter.append(Array("more\nok".utf8)) == [])
        #expect(splitter.finish() == .line(Array("ok".utf8)))
    }

    @Test func `A bucket fills again with time`() {
        let limiter = RateLimiter(burst: 2, perMinute: 60)
        let now = SmallTown.evening
        #expect(limiter.admit("a", now: now) == nil)
        #expect(limiter.admit("a", now: now) == nil)
        #expect(limiter.admit("a", now: now) == .seconds(1))
        #expect(limiter.admit("b", now: now) == nil)
        #expect(limiter.admit("a", now: now + .seconds(1)) == nil)
    }
}
