/// One thing that is wrong with a value somebody sent: where, and in words for them.
package struct Problem: Hashable, Sendable {
    /// Where in the document, as a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)); empty for the whole.
    package var pointer: String
    /// A stable word for programs, as `required` or `too-long`.
    package let code: String
    package let words: Words

    package init(pointer: String = "", code: String, words: Words) {
        self.pointer = pointer
        self.code = code
        self.words = words
    }
}

/// Everything that is wrong with a document, in the order of its description. Never empty.
@usableFromInline
package struct Problems: Error, Hashable, Sendable {
    package var list: [Problem]

    package init(_ list: [Problem]) { self.list = list }

    package init(_ code: String, _ words: Words) { list = [Problem(code: code, words: words)] }

    /// The same problems, seen from the document that holds this one under `name`.
    package func under(_ name: String) -> Problems {
        let escaped =
            name.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") } ? Self.escape(name) : name
        return Problems(
            list.map { Problem(pointer: "/\(escaped)\($0.pointer)", code: $0.code, words: $0.words) }
        )
    }

    private static func escape(_ name: String) -> String {
        var escaped = ""
        for character in name {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
