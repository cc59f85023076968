package import Records
import Yams

/// A YAML text that is read as a record: the same description that reads its JSON finds what is wrong with it, and the
/// line is added.
///
/// ```swift
/// let playbook = try YAMLDocument(text).decode(Playbook.sent)
/// ```
///
/// Values are those of JSON: a plain `true`, `false`, `null` or JSON number is one, and any other scalar is a text, as is
/// whatever stands in quotes. Anchors and aliases are refused.
package struct YAMLDocument: Sendable {
    package static let maximumTextBytes = 256 << 10
    private static let maximumDepth = 24
    /// More than a text of that length can spell out.
    private static let maximumNodes = maximumTextBytes

    /// The same document as JSON text.
    package let json: [UInt8]
    /// Where each value stands, by its JSON pointer.
    private let lines: [String: Int]

    package init(_ text: String) throws(YAMLProblems) {
        var reading = Reading()
        do throws(YAMLProblem) {
            let root = try YAMLSource.root(of: text, maximumBytes: Self.maximumTextBytes)
            try reading.take(root, at: "", line: nil, depth: 0)
        } catch {
            throw YAMLProblems([error])
        }
        json = reading.writer.bytes
        lines = reading.lines
    }

    /// Reads the document.
    ///
    /// - Throws: everything that is wrong with it, each with its line.
    package func decode<Value>(_ codec: Codec<Value>) throws(YAMLProblems) -> Value {
        do throws(Problems) {
            return try codec.decode(json)
        } catch {
            let problems = error.list.map { problem in
                YAMLProblem(line: line(at: problem.pointer), key: Self.key(problem.pointer), problem.words)
            }
            throw YAMLProblems(problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
    }

    /// The line of a value; of what is missing, that of what it is missing from. Nil for the whole.
    package func line(at pointer: String) -> Int? {
        var place = pointer[...]
        while !place.isEmpty {
            if let line = lines[String(place)] { return line }
            place = place[..<(place.lastIndex(of: "/") ?? place.startIndex)]
        }
        return nil
    }

    /// `/groups/1/steps/0/needs` as people count: `groups[2].steps[1].needs`.
    static func key(_ pointer: String) -> String {
        var key = ""
        for part in pointer.split(separator: "/") {
            if let index = Int(part), !key.isEmpty {
                key += "[\(index + 1)]"
            } else {
                let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
                key += key.isEmpty ? name : ".\(name)"
            }
        }
        return key
    }

    /// Turns nodes into JSON text, and notes their lines.
    private struct Reading {
        var writer = JSONWriter(capacity: 8_192)
        var lines: [String: Int] = [:]
        private var nodes = 0

        mutating func take(_ node: Node, at pointer: String, line: Int?, depth: Int) throws(YAMLProblem) {
            let line = line ?? node.mark?.line
            if let line { lines[pointer] = line }
            nodes += 1
            guard nodes <= YAMLDocument.maximumNodes, depth <= YAMLDocument.maximumDepth else {
                throw YAMLProblem(
                    line: line,
                    key: YAMLDocument.key(pointer),
                    Words("holds too much, or too deep", zh: "内容过多或层次过深")
                )
            }
            switch node {
            case .scalar(let scalar): take(scalar)
            case .sequence(let sequence):
                writer.beginArray()
                for (index, element) in sequence.enumerated() {
                    try take(element, at: "\(pointer)/\(index)", line: nil, depth: depth + 1)
                }
                writer.endArray()
            case .mapping(let mapping):
                writer.beginObject()
                for (name, value) in mapping {
                    guard case .scalar(let scalar) = name else {
                        throw YAMLProblem(
                            line: name.mark?.line ?? line,
                            key: YAMLDocument.key(pointer),
                            Words("has a name that is no text", zh: "含有不是文本的名称")
                        )
                    }
                    writer.name(scalar.string)
                    let escaped = scalar.string.replacing("~", with: "~0").replacing("/", with: "~1")
                    // The line of the name: what it names may begin on the next one.
                    try take(value, at: "\(pointer)/\(escaped)", line: name.mark?.line, depth: depth + 1)
                }
                writer.endObject()
            case .alias:
                throw YAMLProblem(
                    line: line,
                    key: YAMLDocument.key(pointer),
                    Words("aliases are not known here", zh: "不支持别名")
                )
            }
        }

        private mutating func take(_ scalar: Node.Scalar) {
            guard scalar.style == .plain || scalar.style == .any else { return writer.string(scalar.string) }
            switch scalar.string {
            case "true": writer.boolean(true)
            case "false": writer.boolean(false)
            case "null", "~", "": writer.null()
            default:
                if Self.isNumber(scalar.string.utf8) {
                    writer.json(scalar.string.utf8)
                } else {
                    writer.string(scalar.string)
                }
            }
        }

        /// Whether a text is a number of JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), section 6).
        private static func isNumber(_ text: String.UTF8View) -> Bool {
            var rest = text[...]
            if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard let digits = takeDigits(&rest), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
                return false
            }
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                if takeDigits(&rest) == nil { return false }
            }
            if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
                rest.removeFirst()
                if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
                if takeDigits(&rest) == nil { return false }
            }
            return rest.isEmpty
        }

        /// The digits at the beginning; nil when there are none.
        private static func takeDigits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View? {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest = rest[digits.endIndex...]
            return digits
        }
    }
}
