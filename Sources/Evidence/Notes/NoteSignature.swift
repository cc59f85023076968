/// One signature line of a note.
package struct NoteSignature: Hashable, Sendable {
    static let lineStart = "\u{2014} "

    /// Who signed; with the key's id it names the key.
    package let name: String
    package let keyID: UInt32
    /// What the algorithm of the key makes of it.
    package let bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads a line without its line end; nil for anything else.
    package init?(line: some StringProtocol) {
        guard line.hasPrefix(Self.lineStart) else { return nil }
        let parts = line.dropFirst(Self.lineStart.count).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isName(parts[0]), let bytes = Base64.decode(parts[1]), bytes.count > 4 else {
            return nil
        }
        name = String(parts[0])
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(4))
    }

    /// The line, without its line end.
    package var line: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
        return "\(Self.lineStart)\(name) \(Base64.encode(id + bytes))"
    }

    /// Names are not empty and hold neither white space nor a plus.
    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }
}
