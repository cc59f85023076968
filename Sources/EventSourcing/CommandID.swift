/// The idempotency key of a command: whoever sends the same id again gets the first answer again.
package struct CommandID: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UniqueID

    package init(rawValue: UniqueID) { self.rawValue = rawValue }
    package init(_ rawValue: UniqueID) { self.rawValue = rawValue }

    /// Reads the canonical UUID text; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let id = UniqueID(text) else { return nil }
        rawValue = id
    }

    /// The same from the text's bytes.
    package init?(utf8 bytes: Span<UInt8>) {
        guard let id = UniqueID(utf8: bytes) else { return nil }
        rawValue = id
    }

    package static func < (lhs: CommandID, rhs: CommandID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension CommandID: CustomStringConvertible {
    package var description: String { rawValue.description }
}
