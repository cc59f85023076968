/// The beginning of an element, as the parser lends it: its pointers are good until the handler returns.
struct XMLElement {
    typealias Text = UnsafePointer<UInt8>

    /// The name without a prefix.
    let name: String
    let prefix: String?
    /// The URI of its namespace.
    let namespace: String?
    /// The line on which it begins, from 1.
    let line: Int
    private let count: Int
    private let attributes: UnsafeMutablePointer<Text?>?

    init(
        name: Text?,
        prefix: Text?,
        namespace: Text?,
        line: Int,
        count: Int,
        attributes: UnsafeMutablePointer<Text?>?
    ) {
        self.name = Self.string(name) ?? ""
        self.prefix = Self.string(prefix)
        self.namespace = Self.string(namespace)
        self.line = line
        self.count = count
        self.attributes = attributes
    }

    /// The value of an attribute, by its name without a prefix.
    subscript(name: String) -> [UInt8]? {
        guard let attributes else { return nil }
        for index in 0..<count {
            // Five pointers each: name, prefix, namespace, the value's beginning, its end.
            guard let found = attributes[index * 5], let start = attributes[index * 5 + 3],
                let end = attributes[index * 5 + 4], Self.equal(found, name)
            else { continue }
            return Self.value(UnsafeBufferPointer(start: start, count: end - start))
        }
        return nil
    }

    func text(_ name: String) -> String? { self[name].map { String(decoding: $0, as: UTF8.self) } }

    /// Where entities are not replaced, the parser leaves an ampersand as `&#38;`, and nothing else begins with one.
    private static func value(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var value: [UInt8] = []
        var rest = text[...]
        while let byte = rest.first {
            value.append(byte)
            let isAmpersand = byte == UInt8(ascii: "&") && rest.starts(with: "&#38;".utf8)
            rest = rest.dropFirst(isAmpersand ? 5 : 1)
        }
        return value
    }

    private static func string(_ text: Text?) -> String? {
        text.map { String(cString: $0) }
    }

    private static func equal(_ text: Text, _ name: String) -> Bool {
        var position = text
        for byte in name.utf8 {
            guard position.pointee == byte else { return false }
            position += 1
        }
        return position.pointee == 0
    }
}
