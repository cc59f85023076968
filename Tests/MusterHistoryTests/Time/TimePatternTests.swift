import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Time patterns")
struct TimePatternTests {
    private func read(_ text: String, _ pattern: String) throws -> TimePattern.Reading? {
        try #require(TimePattern(pattern)).read(Array(text.utf8).span)
    }

    @Test(
        "a time of the pattern's form is read",
        arguments: [
            ("04/07/2020 11:53:08 PM", "MM/dd/yyyy hh:mm:ss a", "2020-04-07T23:53:08Z"),
            ("04/08/2020 12:00:00 AM", "MM/dd/yyyy hh:mm:ss a", "2020-04-08T00:00:00Z"),
            ("04/08/2020 12:00:00 pm", "MM/dd/yyyy hh:mm:ss a", "2020-04-08T12:00:00Z"),
            ("2016-01-15 12:01", "yyyy-MM-dd HH:mm", "2016-01-15T12:01:00Z"),
            ("29-02-2016 23:59", "dd-MM-yyyy HH:mm", "2016-02-29T23:59:00Z"),
            ("1/5/2020 7:03:09", "M/d/yyyy H:mm:ss", "2020-01-05T07:03:09Z"),
            ("2020-01-05", "yyyy-MM-dd", "2020-01-05T00:00:00Z"),
            ("2020-01-05T07:03:09.125", "yyyy-MM-dd'T'HH:mm:ss.SSS", "2020-01-05T07:03:09.125000Z"),
            ("1/5/20 7:03", "M/d/yy H:mm", "2020-01-05T07:03:00Z"),
            ("31-DEC-71", "dd-MMM-yy", "1971-12-31T00:00:00Z"),
            ("2020/1/5 下午2:05", "yyyy/M/d ah:mm", "2020-01-05T14:05:00Z"),
            ("2020/1/5 上午12:05", "yyyy/M/d ah:mm", "2020-01-05T00:05:00Z"),
            ("2020年1月5日 7时03分", "yyyy年M月d日 H时mm分", "2020-01-05T07:03:00Z"),
        ]
    )
    func reads(text: String, pattern: String, expected: String) throws {
        let reading = try #require(try read(text, pattern))
        let timestamp = Timestamp(microseconds: reading.seconds * 1_000_000 + reading.microseconds)
        #expect(timestamp.rfc3339 == expected)
        #expect(reading.offsetSeconds == nil)
    }

    @Test("an offset is read, and Z is none", arguments: [("+08:00", 28_800), ("-03:30", -12_600), ("Z", 0)])
    func offset(text: String, seconds: Int64) throws {
        let reading = try read("2020-01-05T07:03:09\(text)", "yyyy-MM-dd'T'HH:mm:ssXXX")
        #expect(reading?.offsetSeconds == seconds)
    }

    @Test(
        "an offset without a colon is read where the pattern has it so",
        arguments: [
            ("+0800", "XX", 28_800), ("Z", "XX", 0), ("+08", "X", 28_800), ("-0330", "X", -12_600), ("+08", "XX", nil),
            ("+08:00", "XX", nil), ("+0800", "XXX", nil), ("+083", "X", nil), ("+", "X", nil),
        ] as [(String, String, Int64?)]
    )
    func shortOffset(text: String, form: String, seconds: Int64?) throws {
        #expect(try read("2020-01-05 07:03\(text)", "yyyy-MM-dd HH:mm\(form)")?.offsetSeconds == seconds)
    }

    @Test(
        "a number of seconds or milliseconds since 1970 is read",
        arguments: [
            ("1579634890", "epoch-seconds", 1_579_634_890_000_000),
            ("1579634890.5", "epoch-seconds", 1_579_634_890_500_000),
            ("1579634890131", "epoch-milliseconds", 1_579_634_890_131_000), ("-1", "epoch-milliseconds", -1_000),
            ("0", "epoch-seconds", 0), ("", "epoch-seconds", nil), ("-", "epoch-seconds", nil),
            ("1e9", "epoch-seconds", nil),
            ("999999999999", "epoch-seconds", nil), ("9999999999999999", "epoch-milliseconds", nil),
        ] as [(String, String, Int64?)]
    )
    func epochs(text: String, pattern: String, microseconds: Int64?) throws {
        let reading = try read(text, pattern)
        #expect(reading.map { $0.seconds * 1_000_000 + $0.microseconds } == microseconds)
        if let reading {
            #expect(reading.offsetSeconds == 0)
            #expect((0..<1_000_000).contains(reading.microseconds))
        }
    }

    @Test(
        "anything else is no time",
        arguments: [
            ("", "yyyy-MM-dd"), ("2020-02-30", "yyyy-MM-dd"), ("2020-13-01", "yyyy-MM-dd"),
            ("2020-1-01", "yyyy-MM-dd"), ("2020-01-01 ", "yyyy-MM-dd"), ("0000-01-01", "yyyy-MM-dd"),
            ("0020-01-01", "yyyy-MM-dd"), ("9999-12-31", "yyyy-MM-dd"),
            ("2020-01-01 24:00", "yyyy-MM-dd HH:mm"), ("2020-01-01 10:60", "yyyy-MM-dd HH:mm"),
            ("01/01/2020 13:00 PM", "MM/dd/yyyy hh:mm a"), ("01/01/2020 00:10 AM", "MM/dd/yyyy hh:mm a"),
            ("01/01/2020 10:00 XM", "MM/dd/yyyy hh:mm a"), ("2019-02-29", "yyyy-MM-dd"),
        ]
    )
    func refuses(text: String, pattern: String) throws {
        #expect(try read(text, pattern) == nil)
    }

    @Test(
        "a pattern without a day, with an unknown letter or half a clock is refused",
        arguments: [
            "", "yyyy", "HH:mm", "yyyy-MM-dd EEE", "yyyy-MM-dd hh:mm", "yyyy-MM-dd HH:mm a", "yyy-MM-dd",
            "yyyy-MM-dd 'x", "yyyy-MM-dd XXXX", "epoch-days",
        ]
    )
    func refusesPatterns(pattern: String) {
        #expect(TimePattern(pattern) == nil)
    }
}
