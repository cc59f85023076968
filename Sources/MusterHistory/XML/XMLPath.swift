/// Where in a document an element stands: its name and those around it, up to where a row begins.
struct XMLPath {
    private var names: [String] = []

    var depth: Int { names.count }
    var isEmpty: Bool { names.isEmpty }
    var text: String { names.joined(separator: ".") }

    mutating func push(_ name: String) { names.append(name) }
    mutating func pop() { names.removeLast() }
    mutating func removeAll() { names.removeAll() }

    func hasSuffix(_ name: String) -> Bool { names.last == name }
}

/// Text of one element, gathered from its pieces.
struct XMLText {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: some Collection<UInt8>) {
        // One byte more than a row may hold tells the builder that it was too much.
        let room = RowBuilder.maximumRowBytes + 1 - bytes.count
        bytes.append(contentsOf: text.prefix(room))
    }

    /// Without the space around it.
    var trimmed: ArraySlice<UInt8> {
        var text = bytes[...]
        while let first = text.first, Self.isSpace(first) { text.removeFirst() }
        while let last = text.last, Self.isSpace(last) { text.removeLast() }
        return text
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
