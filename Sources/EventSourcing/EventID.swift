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
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let command = CommandID(parts[0]), let ordinal = Int16(parts[1]), ordinal >= 0 else {
            return nil
        }
        self.init(command: command, ordinal: ordinal)
    }
}

extension EventID: CustomStringConvertible {
    package var description: String { "\(command).\(ordinal)" }
}
