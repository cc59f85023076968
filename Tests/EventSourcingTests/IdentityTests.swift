import EventSourcing
import Testing

/// Ids and names: their text, their order, their bounds.
@Suite struct IdentityTests {
    @Test("A UUID's text is read in either case and written in lower case")
    func text() {
        let text = "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f"
        #expect(UniqueID(text)?.description == text)
        #expect(UniqueID(text.uppercased())?.description == text)
    }

    @Test(
        "Other text is no UUID",
        arguments: [
            "", "019388f26c1a7c3e9d550f6b1c2d3e4f", "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4",
            "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4ff",
            "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4g", "{19388f2-6c1a-7c3e-9d55-0f6b1c2d3e4}",
            "０19388f2-6c1a-7c3e-9d55-0f6b1c2d3e",
        ]
    )
    func noUUID(text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test("Version 7 ids are ordered by their time and say their version and variant")
    func version7() {
        var earlier = UniqueID(version7At: Timestamp(microseconds: 0), random: (.max, .max))
        for milliseconds: Int64 in [1, 1_000, 1_795_233_600_000, 281_474_976_710_655] {
            let later = UniqueID(version7At: Timestamp(microseconds: milliseconds * 1_000), random: (0, 0))
            #expect(earlier < later)
            #expect(earlier.description < later.description)
            #expect(Array(later.description)[14] == "7")
            #expect("89ab".contains(Array(later.description)[19]))
            earlier = UniqueID(version7At: Timestamp(microseconds: milliseconds * 1_000), random: (.max, .max))
        }
    }

    @Test("Version 8 ids say their version and keep the other bits")
    func version8() {
        let id = UniqueID(version8From: (.max, .max))
        #expect(id.description == "ffffffff-ffff-8fff-bfff-ffffffffffff")
    }

    @Test("An event id is its command and ordinal")
    func eventID() {
        let text = "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f.12"
        #expect(EventID(text)?.ordinal == 12)
        #expect(EventID(text)?.description == text)
        for wrong in [
            "", ".", "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f", "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f.-1",
            "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f.32768", "x.0",
        ] {
            #expect(EventID(wrong) == nil, "\(wrong)")
        }
    }

    @Test("A stream's category ends at the first hyphen")
    func streamName() {
        let stream = StreamName(category: "matter", id: "M-0412")
        #expect(stream.rawValue == "matter-M-0412")
        #expect(stream.category == "matter")
        #expect(stream.id == "M-0412")
        #expect(StreamName("authority").category == "authority")
        #expect(StreamName("authority").id.isEmpty)
        #expect(StreamName(stored: "").id.isEmpty)
    }

    @Test("A log's name is lower case, begins with a letter and has at most 40 bytes")
    func logName() {
        for text in ["live", "heyan-2026", "a", String(repeating: "x", count: 40)] {
            #expect(LogName(text)?.rawValue == text, "\(text)")
        }
        for text in ["", "Live", "1a", "-a", "a_b", "a b", "a;drop", "日志", String(repeating: "x", count: 41)] {
            #expect(LogName(text) == nil, "\(text)")
        }
    }

    @Test("A receipt's last position is counted from its first")
    func receipt() {
        let receipt = AppendReceipt(first: Position(7), count: 3, recordedAt: Timestamp(microseconds: 0))
        #expect(receipt.last == Position(9))
    }

    @Test("Texts are told apart by their bytes, and ordered by them")
    func exactTexts() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed, "as texts of Swift they are one")
        #expect(ExactText(composed) != ExactText(decomposed))
        #expect(ExactText(composed) == ExactText("caf" + "\u{E9}"))
        #expect(Set([composed, decomposed, composed].map(ExactText.init)).count == 2)
        #expect(ExactText(decomposed) < ExactText(composed))
        #expect(ExactText("") < ExactText("a"))
        #expect(!(ExactText(composed) < ExactText(composed)))
        // A character of four bytes stands behind all of three, which it does not in UTF-16.
        #expect(ExactText("\u{FF5E}") < ExactText("\u{1F692}"))
    }
}
