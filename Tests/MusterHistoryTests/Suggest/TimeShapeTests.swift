import Testing

@testable import MusterHistory

@Suite("Shapes of times")
struct TimeShapeTests {
    @Test(
        "the pattern of a time is found, and reads it",
        arguments: [
            ("2010-12-30 14:32:00+01:00", "yyyy-MM-dd HH:mm:ssXXX"),
            ("2011-10-11 13:42:22.688000+02:00", "yyyy-MM-dd HH:mm:ss.SXXX"),
            ("2020-06-10T12:54:42.603Z", "yyyy-MM-dd'T'HH:mm:ss.SXXX"),
            ("2020-06-10T12:54:42", "yyyy-MM-dd'T'HH:mm:ss"),
            ("2020/09/01 17:19:56", "yyyy/MM/dd HH:mm:ss"),
            ("2020-06-10", "yyyy-MM-dd"),
            ("2020-6-1 9:05", "yyyy-M-d H:mm"),
            ("04/07/2020 11:53:08 PM", "MM/dd/yyyy hh:mm:ss a"),
            ("4/7/20 1:53PM", "M/d/yy h:mma"),
            ("31-Dec-2019", "dd-MMM-yyyy"),
            ("1.2.2020 10:00", "M.d.yyyy H:mm"),
            ("20200610", "yyyyMMdd"),
            ("20200610125442", "yyyyMMddHHmmss"),
            ("1579634890131", "epoch-milliseconds"),
            ("2020-06-10 12:54:42 UTC", "yyyy-MM-dd HH:mm:ss 'UTC'"),
            ("2020-06-10 12:54:42 +0800", "yyyy-MM-dd HH:mm:ss XX"),
            ("2020-06-10 12:54:42+08", "yyyy-MM-dd HH:mm:ssX"),
            ("2020年6月1日 9时05分", "yyyy年M月d日 H时mm分"),
            ("2020/6/1 下午2:05:30", "yyyy/M/d ah:mm:ss"),
        ]
    )
    func finds(text: String, expected: String) throws {
        let shape = try #require(TimeShape(text))
        let pattern = TimeShape.pattern(shape.pattern, isPadded: shape.isPadded, isDayFirst: false)
        #expect(pattern == expected)
        #expect(try #require(TimePattern(pattern)).read(Array(text.utf8).span) != nil)
    }

    @Test(
        "other texts have none",
        arguments: [
            "", " ", "soon", "12", "2020", "3.14", "-1", "10.1.20.1", "94112", "555-12-3456", "13/13/2020",
            "2020-13-01",
            "20041901", "2020-06-10 ", "2020-06-10T", "2020-06-10 12", "2020-06-10 12:54:42 +",
            "4000 Block of MISSION ST",
            "99999999999999999999", "1/2", "2020-06-10 12:54 XM", "e2d87af7-fde2-4ea6-a2be-9dc0cc03c2cd", "110101001",
        ]
    )
    func refuses(text: String) {
        #expect(TimeShape(text) == nil)
    }

    @Test("a day first is put first")
    func dayFirst() throws {
        let shape = try #require(TimeShape("29-02-2016 01:16"))
        #expect(shape.order == .dayOrMonthFirst)
        #expect(shape.first == 29)
        #expect(TimeShape.pattern(shape.pattern, isPadded: true, isDayFirst: true) == "dd-MM-yyyy HH:mm")
        #expect(TimeShape.pattern(shape.pattern, isPadded: false, isDayFirst: true) == "d-M-yyyy H:mm")
    }

    @Test("any text ends in a shape that reads it, or in none", arguments: 0..<300)
    func anyText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let parts = [
            "2020", "12", "1", "-", "/", ".", ":", " ", "T", "Z", "+", "AM", "年", "月", "日", "Jan", "上午", "'", "y",
        ]
        for _ in 0..<50 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }.joined()
            guard let shape = TimeShape(text) else { continue }
            let pattern = TimeShape.pattern(shape.pattern, isPadded: shape.isPadded, isDayFirst: false)
            #expect(TimePattern(pattern) != nil, "\(text) → \(pattern), seed \(seed)")
        }
    }
}
