import EventSourcing
import Testing

@Suite struct TimestampTests {
    @Test(
        "RFC 3339 text names an instant",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1_000_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
            ("2024-02-29T12:00:00+08:00", 1_709_179_200_000_000), ("2026-11-21T18:42:07+08:00", 1_795_257_727_000_000),
            ("2026-11-21T10:42:07.5Z", 1_795_257_727_500_000),
            ("2026-11-21t10:42:07.123456789z", 1_795_257_727_123_456),
            ("2026-11-21 10:42:07-00:30", 1_795_259_527_000_000), ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
        ] as [(String, Int64)]
    )
    func reading(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "Text that names no instant is refused",
        arguments: [
            "", "2026-11-21", "2026-11-21T18:42:07", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z",
            "2026-11-21T23:59:60Z", "2026-11-21T18:42:07+8:00", "2026-11-21T18:42:07+24:00", "2026-11-21T18:42:07.Z",
            "2026-11-21T18:42:07.1234567890Z", "2026-11-21T18:42:07Zx", "２０２６-11-21T18:42:07Z", " 2026-11-21T18:42:07Z",
        ]
    )
    func refusing(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Text is written in UTC, with six digits of a fraction or none")
    func writing() {
        #expect(Timestamp(microseconds: 0).rfc3339 == "1970-01-01T00:00:00Z")
        #expect(Timestamp(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999999Z")
        #expect(Timestamp(microseconds: 951_782_400_000_001).rfc3339 == "2000-02-29T00:00:00.000001Z")
    }

    @Test("Writing and reading gives the same instant, on every day of four centuries")
    func roundTrip() {
        for day in stride(from: Int64(-70 * 365), through: 330 * 365, by: 1) {
            let time = Timestamp(microseconds: day * 86_400_000_000 + 86_399_999_999)
            if Timestamp(rfc3339: time.rfc3339) != time {
                #expect(Bool(false), "\(time)")
                return
            }
        }
    }

    @Test("The first and last instants of four-digit years are read back")
    func extremes() throws {
        for text in ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"] {
            #expect(try #require(Timestamp(rfc3339: text)).rfc3339 == text)
        }
    }

    @Test(
        "An offset that leads out of four-digit years is refused",
        arguments: ["0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-00:01"]
    )
    func offsetOutOfRange(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Writing any representable instant does not trap", arguments: [Int64.min, Int64.max, Int64.min + 1])
    func noTrap(microseconds: Int64) {
        #expect(!Timestamp(microseconds: microseconds).rfc3339.isEmpty)
    }

    @Test("Instants and durations add up")
    func arithmetic() {
        let time = Timestamp(microseconds: 1_000_000)
        #expect((time + .milliseconds(1_500)).microseconds == 2_500_000)
        #expect((time - .seconds(2)).microseconds == -1_000_000)
        #expect((time + .seconds(5)).since(time) == .seconds(5))
        #expect(time.since(time + .seconds(5)) == .seconds(-5))
    }
}
