import EventSourcing
import Records
import Testing

@testable import MusterHistory

@Suite("Replay: what is asked")
struct ReplayChangesTests {
    @Test(
        "crews of an agency at some hours",
        arguments: [
            ("Fire=22-6:+2", "Fire", [22, 23, 0, 1, 2, 3, 4, 5], CrewChange.Number.more(2)),
            ("Fire=8-10:3", "Fire", [8, 9], .exactly(3)),
            ("a=b=9-10:-1", "a=b", [9], .fewer(1)), ("Fire=+1", "Fire", Array(0..<24), .more(1)),
            ("*=0-24:0", "*", Array(0..<24), .exactly(0)), ("Gas: north=23-24:4", "Gas: north", [23], .exactly(4)),
        ]
    )
    func crews(_ row: (text: String, agency: String, hours: [Int], number: CrewChange.Number)) throws {
        let change = try CrewChange(row.text)
        #expect(change.agency == row.agency)
        #expect(change.hours.list == row.hours)
        #expect(change.number == row.number)
    }

    @Test(
        "crews that nobody can mean",
        arguments: [
            "Fire", "=22-6:+2", "Fire=", "Fire=22-6:", "Fire=22-6:two", "Fire=22:+2", "Fire=22-6-7:+2", "Fire=a-b:1",
            "Fire=22-6:+-2", "Fire=22-6:+2.5", "Fire=-5-6:1",
        ]
    )
    func unreadable(_ text: String) { #expect(throws: ReplayError.unreadableCrews(text)) { try CrewChange(text) } }

    @Test(
        "hours that no day has, and spans of nothing",
        arguments: ["F=22-25:+1", "F=24-6:+1", "F=6-6:+1", "F=0-99:1"]
    )
    func hours(_ text: String) { #expect(throws: ReplayError.noSuchHours(text)) { try CrewChange(text) } }

    @Test("more crews than anybody has")
    func tooMany() {
        #expect(throws: ReplayError.tooManyCrews("F=10001", 10_000)) { try CrewChange("F=10001") }
        #expect(throws: ReplayError.tooManyCrews("F=99999999999999999999", 10_000)) {
            try CrewChange("F=99999999999999999999")
        }
    }

    @Test(
        "times",
        arguments: [
            ("on-scene=8m", "on-scene", 480), ("closed=1d12h", "closed", 129_600), ("a=b=1m30s", "a=b", 90),
            ("x=1d2h3m4s", "x", 93_784),
        ]
    )
    func times(_ row: (text: String, stage: String, seconds: Int)) throws {
        let time = try StageTime(row.text)
        #expect(time.stage == row.stage)
        #expect(time.time == .seconds(row.seconds))
        #expect(time.text == row.text)
    }

    @Test(
        "times that are none",
        arguments: [
            "x", "=8m", "x=", "x=8", "x=m", "x=-8m", "x=8 m", "x=8w", "x=999999999999999999999d", "x=99999999d",
        ]
    )
    func unreadableTimes(_ text: String) { #expect(throws: ReplayError.unreadableTime(text)) { try StageTime(text) } }

    @Test("a limit of nothing")
    func nothing() { #expect(throws: ReplayError.noTime("x=0m")) { try StageTime("x=0m") } }

    @Test("an unknown name is answered with those most like it")
    func nearest() {
        let error = ReplayError.unknownAgency("Frie", known: ["Water", "Fire", "Gas"])
        #expect(error.words.en == "there is no agency 'Frie'; there is Fire, Gas, Water")
        #expect(NearestNames.list(to: "x", among: (0..<50).map { "n\($0)" }).count == 8)
    }
}
