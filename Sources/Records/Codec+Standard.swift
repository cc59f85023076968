extension Codec where Value == Bool {
    package static var boolean: Codec {
        Codec(
            schema: .boolean,
            read: { (reader) throws(Problems) in try reader.boolean() },
            write: { value, writer in writer.boolean(value) }
        )
    }
}

extension Codec where Value == Int {
    package static func integer(_ range: ClosedRange<Int>) -> Codec {
        Codec(
            schema: .integer(range),
            read: { (reader) throws(Problems) in
                let value = try reader.integer()
                guard value >= range.lowerBound, value <= range.upperBound else { throw .outside(range) }
                return Int(value)
            },
            write: { value, writer in writer.integer(value) }
        )
    }
}

extension Codec where Value == Double {
    package static func number(_ range: ClosedRange<Double>) -> Codec {
        Codec(
            schema: .number(range),
            read: { (reader) throws(Problems) in
                let value = try reader.number()
                guard range.contains(value) else { throw .outside(range) }
                return value
            },
            write: { value, writer in writer.number(value) }
        )
    }
}

extension Codec where Value == String {
    /// One line a person wrote: not blank, without control characters, at most `maximum` characters.
    @usableFromInline
    package static func line(_ maximum: Int = 200) -> Codec { text(maximum, isMultiline: false) }

    /// Text of several lines: line breaks and tabs are allowed, other control characters are not.
    package static func prose(_ maximum: Int = 4_000) -> Codec { text(maximum, isMultiline: true) }

    private static func text(_ maximum: Int, isMultiline: Bool) -> Codec {
        Codec(
            schema: .text(maximum: maximum, isMultiline: isMultiline),
            read: { (reader) throws(Problems) in
                let value = try reader.string()
                try TextRules.check(value, maximum: maximum, isMultiline: isMultiline)
                return value
            },
            write: { value, writer in writer.string(value) }
        )
    }
}

/// What a text from outside must keep.
private enum TextRules {
    static func check(_ text: String, maximum: Int, isMultiline: Bool) throws(Problems) {
        if isPlain(text.utf8.span), text.utf8.count <= maximum { return }
        var count = 0
        var isBlank = true
        for scalar in text.unicodeScalars {
            count += 1
            switch scalar.value {
            case 0x0A, 0x0D, 0x09:
                guard isMultiline else { throw Self.controlCharacter }
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
                throw Self.controlCharacter
            default:
                if isBlank, !scalar.properties.isWhitespace { isBlank = false }
            }
            guard count <= maximum else {
                throw Problems(
                    "too-long",
                    Words("is longer than \(maximum) characters", zh: "超过 \(maximum) 个字符")
                )
            }
        }
        guard !isBlank else { throw Problems("blank", Words("must not be empty", zh: "不能为空")) }
    }

    /// Whether a text holds nothing but visible ASCII and spaces, and not spaces alone: such a text keeps all rules but that
    /// of length, and most texts are such.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        var isVisible = true
        var isBlank = true
        for index in bytes.indices {
            isVisible = isVisible && 0x20..<0x7F ~= bytes[index]
            isBlank = isBlank && bytes[index] == 0x20
        }
        return isVisible && !isBlank
    }

    private static let controlCharacter = Problems(
        "control-character",
        Words("holds a control character, which cannot be shown", zh: "含有无法显示的控制字符")
    )
}

/// A closed set of words, each with what people read for it.
package protocol Choice: CaseIterable, Hashable, RawRepresentable, Sendable where RawValue == String {
    var words: Words { get }
}

extension Codec where Value: Choice {
    /// One of the words of `Value`.
    package static var choice: Codec { choice(among: Array(Value.allCases)) }

    /// One of some of the words of `Value`.
    package static func choice(among all: [Value]) -> Codec {
        let names = all.map(\.rawValue)
        let words = names.map { Array($0.utf8) }
        return Codec(
            schema: .choice(all.map { Schema.Option(value: $0.rawValue, words: $0.words) }),
            read: { (reader) throws(Problems) in
                if let index = reader.plain({ bytes in
                    words.firstIndex { $0.count == bytes.count && bytes.holds($0.span, at: 0) }
                }) {
                    return all[index]
                }
                let word = try reader.string()
                guard let index = names.firstIndex(of: word) else {
                    let list = names.joined(separator: ", ")
                    throw Problems("choice", Words("must be one of: \(list)", zh: "必须是以下之一：\(list)"))
                }
                return all[index]
            },
            write: { value, writer in writer.string(value.rawValue) }
        )
    }
}

extension Codec {
    /// A value that is written as one short word of visible ASCII, as an identifier or a time.
    ///
    /// - Parameters:
    ///   - maximum: how many characters the text has at most.
    ///   - parse: reads the value from the bytes of the text; nil for what is no such value, and for any text that holds
    ///     other than visible ASCII.
    ///   - text: what is written.
    ///   - problem: what is said of a line that `parse` does not accept.
    @inlinable
    package static func word(
        _ maximum: Int,
        parse: @escaping @Sendable (Span<UInt8>) -> Value?,
        text: @escaping @Sendable (Value) -> String,
        schema: Schema,
        orElse problem: @escaping @Sendable () -> Problems
    ) -> Codec {
        let line = Codec<String>.line(maximum)
        return Codec(
            schema: schema,
            read: { (reader) throws(Problems) in
                if let value = reader.plain({ $0.count <= maximum ? parse($0) : nil }) { return value }
                let text = try line.read(&reader)
                guard let value = parse(text.utf8.span) else { throw problem() }
                return value
            },
            write: { value, writer in writer.string(text(value)) }
        )
    }
}

extension Codec {
    /// A list of values in order. `isSet` refuses equal elements.
    package static func list<Element: Hashable & Sendable>(
        of element: Codec<Element>,
        count: ClosedRange<Int>,
        isSet: Bool = false
    ) -> Codec where Value == [Element] {
        Codec(
            schema: .list(of: element.schema, count: count, isSet: isSet),
            read: { (reader) throws(Problems) in
                var values: [Element] = []
                var problems: [Problem] = []
                try reader.array { (reader, ordinal) throws(Problems) in
                    guard ordinal < count.upperBound else {
                        throw Problems(
                            "too-many",
                            Words("holds more than \(count.upperBound) entries", zh: "超过 \(count.upperBound) 项")
                        )
                    }
                    let start = reader
                    do throws(Problems) {
                        values.append(try element.read(&reader))
                    } catch {
                        problems += error.under(String(ordinal)).list
                        reader = start
                        try reader.skipValue()
                    }
                }
                guard problems.isEmpty else { throw Problems(problems) }
                guard values.count >= count.lowerBound else {
                    throw Problems(
                        "too-few",
                        Words("needs at least \(count.lowerBound) entries", zh: "至少需要 \(count.lowerBound) 项")
                    )
                }
                if isSet, Set(values).count < values.count {
                    throw Problems("repeated", Words("holds an entry twice", zh: "有重复项"))
                }
                return values
            },
            write: { values, writer in
                writer.beginArray()
                for value in values { element.write(value, &writer) }
                writer.endArray()
            }
        )
    }
}

extension Problems {
    fileprivate static func outside<Bound>(_ range: ClosedRange<Bound>) -> Problems {
        Problems(
            "range",
            Words(
                "must be from \(range.lowerBound) to \(range.upperBound)",
                zh: "必须在 \(range.lowerBound) 到 \(range.upperBound) 之间"
            )
        )
    }
}
