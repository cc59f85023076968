import Records
import Testing

/// Text that anybody may send: every fault is thrown, nothing traps.
@Suite struct JSONReaderTests {
    private static let document = Array(
        #"{"a":[1,-2.5e+3,"x\u00e9\ud83d\ude92\n",true,false,null,{}],"b":{"c":[[]],"d":""},"e":0}"#.utf8
    )

    @Test("Depth 32 is read, depth 33 is refused", arguments: [(32, true), (33, false), (100_000, false)])
    func depth(depth: Int, isRead: Bool) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect((skip(Array(text.utf8)) == nil) == isRead)
        let objects = String(repeating: #"{"a":"#, count: depth) + "0" + String(repeating: "}", count: depth)
        #expect((skip(Array(objects.utf8)) == nil) == isRead)
    }

    @Test("A document cut at any byte is refused")
    func truncated() {
        #expect(skip(Self.document) == nil)
        for length in 0..<Self.document.count {
            #expect(skip(Array(Self.document[..<length])) != nil, "cut at \(length)")
        }
    }

    @Test("A document with any byte replaced is read or refused, never more")
    func replaced() {
        for index in Self.document.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x5D, 0x2C, 0x80, 0xFF] {
                var bytes = Self.document
                bytes[index] = byte
                _ = skip(bytes)
                _ = try? Sample.record.decode(bytes)
            }
        }
    }

    @Test(
        "Numbers that are none are refused",
        arguments: [
            "01", "+1", ".5", "1.", "1e", "1e+", "-", "--1", "0x10", "NaN", "Infinity", "1_000",
            String(repeating: "9", count: 65),
        ]
    )
    func noNumbers(text: String) {
        #expect(skip(Array(text.utf8)) != nil)
    }

    @Test("Whole numbers are kept exactly up to the ends of 64 bits")
    func integers() throws {
        #expect(try integer("9223372036854775807") == .max)
        #expect(try integer("-9223372036854775808") == .min)
        for text in ["9223372036854775808", "1.0", "1e3", "99999999999999999999999999"] {
            #expect(throws: Problems.self, "\(text)") { try integer(text) }
        }
    }

    @Test("A number too large for a double is refused")
    func infinite() {
        var reader = JSONReader(Array("1e999".utf8))
        #expect(throws: Problems.self) { try reader.number() }
    }

    @Test("Escapes are read, lone surrogates and unknown escapes are refused")
    func escapes() throws {
        #expect(try string(#""\u0041\ud83d\ude92\"\\\/\b\f\n\r\t""#) == "A\u{1F692}\"\\/\u{8}\u{C}\n\r\t")
        for text in [#""\ud83d""#, #""\ude92""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\x""#, #""\u12g4""#, #""\u12"#] {
            #expect(throws: Problems.self, "\(text)") { try string(text) }
        }
    }

    @Test(
        "Bytes that are no UTF-8 are refused",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE7, 0x81], [0xBB, 0xF0, 0xD4, 0xD6],
        ] as [[UInt8]]
    )
    func notUTF8(bytes: [UInt8]) {
        var plain = JSONReader([0x22] + bytes + [0x22])
        #expect(throws: Problems.self) { try plain.string() }
        var escaped = JSONReader([0x22] + bytes + Array(#"\n""#.utf8))
        #expect(throws: Problems.self) { try escaped.string() }
    }

    @Test("A raw control character in a text is refused")
    func control() {
        var reader = JSONReader([0x22, 0x0A, 0x22])
        #expect(throws: Problems.self) { try reader.string() }
    }

    @Test("What stands behind the document is refused")
    func trailing() {
        #expect(throws: Problems.self) { try Codec<Bool>.boolean.decode(Array("true false".utf8)) }
        #expect(throws: Never.self) { try Codec<Bool>.boolean.decode(Array(" true \n".utf8)) }
    }

    @Test("A value of another type is named with both types")
    func type() {
        let problems = #expect(throws: Problems.self) { try Codec<Bool>.boolean.decode(Array("7".utf8)) }
        #expect(problems?.list.map(\.code) == ["type"])
    }

    /// Nil when the text is a JSON value and nothing else.
    private func skip(_ bytes: [UInt8]) -> Problems? {
        var reader = JSONReader(bytes)
        do throws(Problems) {
            try reader.skipValue()
            try reader.end()
            return nil
        } catch {
            return error
        }
    }

    private func integer(_ text: String) throws(Problems) -> Int64 {
        var reader = JSONReader(Array(text.utf8))
        return try reader.integer()
    }

    private func string(_ text: String) throws(Problems) -> String {
        var reader = JSONReader(Array(text.utf8))
        return try reader.string()
    }
}
