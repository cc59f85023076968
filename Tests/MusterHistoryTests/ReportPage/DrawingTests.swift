import Records
import Testing

@testable import MusterHistory

@Suite("Pieces of drawings")
struct DrawingTests {
    @Test("a linear scale maps its ends to its places, keeps outsiders at them, and has round ticks")
    func linear() {
        let scale = LinearScale(from: 0, to: 87, at: 200, 0, isRounded: true, ticks: 4)
        #expect(scale.upper == 100)
        #expect(scale.place(0) == 200)
        #expect(scale.place(100) == 0)
        #expect(scale.place(1_000) == 0)
        #expect(scale.place(-5) == 200)
        #expect(scale.ticks(4) == [0, 50, 100] || scale.ticks(5) == [0, 20, 40, 60, 80, 100])
    }

    @Test("a linear scale of nothing still has a place for it")
    func nothing() {
        let scale = LinearScale(from: 0, to: 0, at: 0, 100, isRounded: true)
        #expect(scale.place(0) == 0)
        #expect(scale.upper > 0)
        #expect(scale.ticks().count < 30)
        #expect(LinearScale(from: 5, to: 5, at: 0, 100).place(5) == 0)
    }

    @Test("a logarithmic scale holds all values, zero at its lower end, and keeps ticks apart")
    func logarithmic() throws {
        let scale = try #require(LogScale(holding: [0, 5, 60, 86_400], at: 0, 300))
        #expect(scale.place(0) == 0)
        #expect(scale.place(5) > 0 && scale.place(5) < scale.place(60))
        #expect(scale.place(86_400) < 300)
        let ticks = scale.ticks(apart: 50)
        #expect(ticks.contains(60) && ticks.contains(3_600) && ticks.contains(86_400))
        for (a, b) in zip(ticks, ticks.dropFirst()) { #expect(scale.place(b) - scale.place(a) >= 50) }
        #expect(LogScale(holding: [0, 0], at: 0, 1) == nil)
        #expect(LogScale(holding: [], at: 0, 1) == nil)
    }

    @Test("equal values have a scale too")
    func equal() throws {
        let scale = try #require(LogScale(holding: [60, 60], at: 0, 300))
        #expect(scale.place(60) > 0 && scale.place(60) < 300)
        #expect(scale.ticks(apart: 40).contains(60))
    }

    @Test("labels of one line stand at their marks, side by side, and never past an end that has room for all")
    func line() {
        #expect(LabelLine.centres(of: [(50, 10), (90, 10)], within: 0...200) == [50, 90])
        #expect(LabelLine.centres(of: [(50, 10), (55, 10)], within: 0...200) == [50, 78])
        // As of a median close before a 90th percentile at the right edge.
        #expect(LabelLine.centres(of: [(180, 30), (195, 30)], within: 0...200) == [102, 170])
        #expect(LabelLine.centres(of: [(2, 10), (3, 10)], within: 0...200) == [10, 38])
    }

    @Test("a label takes the first place that is free, and none outside")
    func labels() {
        var places = LabelPlaces(in: Box(x: 0, y: 0, width: 100, height: 100))
        places.take(Box(x: 0, y: 0, width: 50, height: 50))
        let outside = Box(x: 90, y: 0, width: 20, height: 10)
        let taken = Box(x: 40, y: 40, width: 20, height: 10)
        let free = Box(x: 50, y: 50, width: 20, height: 10)
        let first = places.place([outside, taken, free])
        #expect(first == free)
        let second = places.place([free])
        #expect(second == nil)
    }

    @Test("a text is shortened to its width with an ellipsis, one that fits is not", arguments: [40.0, 80, 200])
    func shortened(width: Double) {
        let long = "A name that goes on and on, as names in logs do"
        let short = TextMeasure.shortened(long, to: width, size: 12)
        #expect(short.hasSuffix("…") && TextMeasure.width(short, size: 12) <= width)
        let chinese = TextMeasure.shortened("不该这么长的活动名称但就是这么长而且还要更长一些", to: width, size: 12)
        #expect(TextMeasure.width(chinese, size: 12) <= width)
        #expect(TextMeasure.shortened("ab", to: width, size: 12) == "ab")
    }

    @Test("lines break between words and between Chinese characters, never lose text but at the end, and always end")
    func lines() {
        #expect(TextMeasure.lines("solve it locally", width: 60, size: 12, most: 3) == ["solve it", "locally"])
        let chinese = TextMeasure.lines("就地解决并双向备案", width: 50, size: 12, most: 3)
        #expect(chinese == ["就地解决", "并双向备", "案"])
        #expect(TextMeasure.lines("", width: 60, size: 12, most: 3) == [])
        let word = TextMeasure.lines(String(repeating: "W", count: 500), width: 60, size: 12, most: 2)
        #expect(word.count == 2 && word[1].hasSuffix("…"))
        #expect(TextMeasure.lines("WWW", width: 1, size: 12, most: 2).count <= 2)
    }

    @Test("marks piled up on a character are cut")
    func piled() {
        let flat = TextMeasure.flattened("Z" + String(repeating: "\u{301}", count: 5_000))
        #expect(flat.unicodeScalars.count <= 8)
    }

    @Test("numbers in drawings have at most one digit after the point and no exponent")
    func numbers() {
        #expect(Drawing.number(12) == "12")
        #expect(Drawing.number(12.34) == "12.3")
        #expect(Drawing.number(-0.26) == "-0.3")
        #expect(Drawing.number(-0.01) == "0")
        #expect(Drawing.number(.infinity) == "0")
        #expect(Drawing.number(1e300) == "10000000")
    }

    @Test("texts are escaped scalar by scalar, and what XML does not allow is replaced")
    func escaped() {
        #expect(Markup.escaped("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;")
        #expect(Markup.escaped("\"\u{301}") == "&quot;\u{301}")
        #expect(Markup.escaped("a\u{0}b\nc") == "a\u{FFFD}b c")
    }
}

@Suite("Words of the page")
struct PageWordsTests {
    private func words(_ language: Language) throws -> PageWords { PageWords(try SampleAnalyses.empty(), language) }

    @Test(
        "durations have one unit and two or three digits",
        arguments: [
            (0.0, "0 s"), (0.02, "20 ms"), (5.5, "5.5 s"), (48, "48 s"), (99.6, "100 s"), (240, "4 min"),
            (446, "7.4 min"),
            (3_720, "62 min"), (8_640, "2.4 h"), (46_800, "13 h"), (200_000, "2.3 d"), (2_600_000, "30 d"),
            (100_000_000, "3.2 y"),
        ]
    )
    func durations(seconds: Double, text: String) throws {
        let shown = try self.words(.en).duration(seconds: seconds)
        #expect(shown.replacing("\u{A0}", with: " ") == text)
    }

    @Test("only none is 0 % and only all is 100 %")
    func shares() throws {
        let words = try self.words(.en)
        func share(_ value: Double) -> String { words.share(value).replacing("\u{A0}", with: " ") }
        #expect(share(0) == "0 %")
        #expect(share(1) == "100 %")
        #expect(share(0.9999) == "99.9 %")
        #expect(share(0.0001) == "< 0.1 %")
        #expect(share(0.714) == "71 %")
        #expect(share(0.052) == "5.2 %")
    }
}
