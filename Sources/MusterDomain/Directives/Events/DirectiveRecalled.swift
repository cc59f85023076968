package import EventSourcing
package import Records

/// A directive is taken back.
package struct DirectiveRecalled: Hashable, Sendable {
    package let directive: DirectiveID
    package let reason: String
    /// When it was recorded: nobody could know before.
    package let at: Timestamp

    package init(
        directive: DirectiveID,
        reason: String,
        at: Timestamp
    ) {
        self.directive = directive
        self.reason = reason
        self.at = at
    }

    package static let record = Record<DirectiveRecalled>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("at", \.at, .timestamp, Words("From", zh: "起始时间")),
        make: DirectiveRecalled.init
    )
}
