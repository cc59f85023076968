import Records
import Testing

/// Compact text whose members stand in the order of the fields is read on a way of its own. Whatever comes, that way and
/// the general one must say the same. A space behind the first bracket leaves only the general way.
@Suite struct SpellingTests {
    /// The tests print it with what they refuse.
    private static let seed: UInt64 = 20_261_121

    @Test("Documents of members in any order, missing, unknown or repeated read the same with and without spaces")
    func members() {
        var generator = SeededGenerator(seed: Self.seed)
        var outcomes = Set<Bool>()
        for _ in 0..<3_000 {
            let document = RandomDocument.object(&generator)
            let compact = Outcome(document.joined())
            #expect(compact == Outcome(document.joined(separator: " ")), "\(document.joined())")
            outcomes.insert(compact.value == nil)
        }
        #expect(outcomes == [true, false])
    }

    @Test("Documents with any byte cut, replaced, doubled or put in read the same with and without a space")
    func malformed() {
        var generator = SeededGenerator(seed: Self.seed)
        for _ in 0..<3_000 {
            var bytes = Array(RandomDocument.object(&generator).joined().utf8)
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let index = Int.random(in: 1..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: index)
                case 1: bytes[index] = RandomDocument.bytes.randomElement(using: &generator) ?? 0
                case 2: bytes.insert(bytes[index], at: index)
                default: bytes.insert(RandomDocument.bytes.randomElement(using: &generator) ?? 0, at: index)
                }
            }
            let spaced = [bytes[0], 0x20] + bytes.dropFirst()
            #expect(Outcome(bytes) == Outcome(spaced), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("A text of any bytes is read as the standard library reads it")
    func texts() {
        var generator = SeededGenerator(seed: Self.seed)
        for _ in 0..<10_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                RandomDocument.textBytes.randomElement(using: &generator) ?? 0
            }
            var reader = JSONReader([0x22] + bytes + [0x22])
            #expect((try? reader.string()) == String(validating: bytes, as: UTF8.self), "\(bytes)")
        }
    }

    @Test("A number of any digits is read as the standard library reads it")
    func numbers() throws {
        var generator = SeededGenerator(seed: Self.seed)
        for _ in 0..<20_000 {
            let whole = RandomDocument.digits(&generator)
            let fraction = Bool.random(using: &generator) ? ".\(RandomDocument.digits(&generator))" : ""
            let exponent = Int.random(in: 0..<8, using: &generator) == 0 ? "e-7" : ""
            let text = "\(Bool.random(using: &generator) ? "-" : "")\(whole)\(fraction)\(exponent)"
            var reader = JSONReader(Array(text.utf8))
            let number = try? reader.number()
            let isJSON = whole == "0" || !whole.hasPrefix("0")
            if isJSON { #expect(number?.bitPattern == Double(text)?.bitPattern, "\(text)") }
            var again = JSONReader(Array(text.utf8))
            let integer = try? again.integer()
            if isJSON { #expect(integer == Int64(text), "\(text)") }
        }
    }
}

/// What reading gave: the value, or where which problem was found.
private struct Outcome: Equatable {
    let value: Nest?
    let problems: [String]

    init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ bytes: [UInt8]) {
        do throws(Problems) {
            value = try Nest.record.decode(bytes)
            problems = []
        } catch {
            value = nil
            problems = error.list.map { "\($0.pointer) \($0.code)" }
        }
    }
}

/// A record that passes over unknown members, around one that refuses them.
private struct Nest: Hashable, Sendable {
    let sample: Sample?
    let name: String
    let rate: Double?

    static let record = Record<Nest>(
        refusesUnknownMembers: false,
        Field("sample", { $0.sample }, Sample.record.codec.optional, Words("Sample", zh: "样")),
        Field("name", { $0.name }, .prose(40), Words("Name", zh: "名")),
        Field("rate", { $0.rate }, Codec<Double>.number(-1e9...1e9).optional, Words("Rate", zh: "率")),
        make: Nest.init
    )
}

/// Documents near those that a `Nest` takes, as the pieces between which JSON allows white space.
private enum RandomDocument {
    static let bytes =
        Array(#"{}[]",:\ truefalsn0123456789.-+eE"#.utf8) + [0, 0x0A, 0x1F, 0x7F, 0x80, 0xC3, 0xE7, 0xFF]
    static let textBytes: [UInt8] =
        Array("abc ~".utf8) + [
            0x7F, 0x80, 0x81, 0xBF, 0xC2, 0xC3, 0xE1, 0xE7, 0xED, 0x9F, 0xA0, 0xF0, 0x90, 0xF4, 0xFF,
        ]

    static func object(_ generator: inout SeededGenerator) -> [String] {
        join(
            [("sample", sample(&generator)), ("name", [text(&generator)]), ("rate", [number(&generator)])],
            &generator
        )
    }

    private static func sample(_ generator: inout SeededGenerator) -> [String] {
        if Int.random(in: 0..<6, using: &generator) == 0 { return ["null"] }
        let parts = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            join([("name", [text(&generator)])], &generator)
        }
        let list = parts.isEmpty ? ["[", "]"] : ["["] + Array(parts.joined(separator: [","])) + ["]"]
        let tags = (0..<Int.random(in: 0...2, using: &generator)).map { _ in number(&generator) }
        return join(
            [
                ("line", [text(&generator)]), ("prose", [text(&generator)]), ("count", [number(&generator)]),
                ("share", [number(&generator)]), ("isOn", [["true", "false"].randomElement(using: &generator) ?? "1"]),
                (
                    "colour",
                    [[#""red""#, #""blue""#, #""r\u0065d""#, #""green""#].randomElement(using: &generator) ?? "1"]
                ),
                ("parts", list), ("tags", ["["] + Array(tags.map { [$0] }.joined(separator: [","])) + ["]"]),
            ],
            &generator
        )
    }

    /// An object; sometimes a member is missing, out of its place, repeated, or nobody's.
    private static func join(_ all: [(String, [String])], _ generator: inout SeededGenerator) -> [String] {
        var members = all
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: members.remove(at: Int.random(in: 0..<members.count, using: &generator))
        case 1: members.shuffle(using: &generator)
        case 2: members.append(members[Int.random(in: 0..<members.count, using: &generator)])
        case 3: members.insert(("other", ["{", "\"a\"", ":", "[", "]", "}"]), at: 0)
        case 4: members.append(("x", [number(&generator)]))
        default: break
        }
        var pieces = ["{"]
        for (name, value) in members {
            if pieces.count > 1 { pieces.append(",") }
            pieces += ["\"\(name)\"", ":"] + value
        }
        return pieces + ["}"]
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let texts = ["a", "x y", "火", "é\u{1F692}", #"\n"#, #"\u706b\"\\"#, "", " ", "too long for some", "\u{3000}"]
        return "\"\(texts.randomElement(using: &generator) ?? "")\""
    }

    private static func number(_ generator: inout SeededGenerator) -> String {
        ["0", "1", "9", "0.5", "-0", "1e0", "0.25", "7", "12345678901234567890", "null"].randomElement(
            using: &generator
        )
            ?? "0"
    }

    static func digits(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...20, using: &generator)
        return String((0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &generator))") })
    }
}
