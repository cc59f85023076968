/// The name of a log: a lower-case letter, then at most 39 lower-case letters, digits or hyphens.
package struct LogName: Hashable, Sendable {
    package let rawValue: String

    /// Nil unless the text has the form above.
    package init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), bytes.count <= 40,
            bytes.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            })
        else { return nil }
        rawValue = String(text)
    }
}

extension LogName: CustomStringConvertible {
    package var description: String { rawValue }
}

/// What a log is for. It is fixed when the log is created.
package enum LogMode: String, Hashable, Sendable, CaseIterable {
    /// The real town: policies and deliveries run.
    case live
    /// A drill: policies and deliveries run, and reach neither a live board nor a real agency.
    case exercise
    /// An import of the past: nothing is ever chased or delivered.
    case history
}
