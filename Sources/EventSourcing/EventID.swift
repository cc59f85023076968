/// How an event is named outside its log: the command that brought it and its ordinal among that command's events.
///
/// Written `018f…-….0`. A position can be reused after a bad failover, an id cannot.
package struct EventID: Hashable, Sendable {
    package let command: CommandID
    package let ordinal: Int16

    package init(command: CommandID, ordinal: Int16) {
        self.command = command
        self.ordinal = ordinal
    }

    /// Reads the text form; nil for anything else.
    package init?(_ text: String) {
        self.init(utf8: text.utf8.span)
    }

    /// The same from the text's bytes.
    package init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count > 37, bytes[36] == UInt8(ascii: "."), let command = CommandID(utf8: bytes.extracting(..<36)),
            let ordinal = Self.ordinal(bytes.extracting(37...))
        else { return nil }
        self.init(command: command, ordinal: ordinal)
    }

    private static func ordinal(_ digits: Span<UInt8>) -> Int16? {
        var ordinal: Int16 = 0
        for index in digits.indices {
            let digit = Int16(digits[index]) - Int16(UInt8(ascii: "0"))
            guard 0..<10 ~= digit else { return nil }
            let (tens, tooLarge) = ordinal.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tens.addingReportingOverflow(digit)
            guard !tooLarge, !overflow else { return nil }
            ordinal = sum
        }
        return ordinal
    }
}

extension EventID: CustomStringConvertible {
    package var description: String { "\(command).\(ordinal)" }
}
