package import EventSourcing
package import Records

/// An addressee has been told that a directive was recalled.
package struct RecallReceived: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let at: Timestamp

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        at: Timestamp
    ) {
        self.directive = directive
        self.addressee = addressee
        self.at = at
    }

    package static let record = Record<RecallReceived>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("at", \.at, .timestamp, Words("Recalled at", zh: "撤回时间")),
        make: RecallReceived.init
    )
}
