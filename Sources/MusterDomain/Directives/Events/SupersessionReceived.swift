package import EventSourcing
package import Records

/// An addressee has been told that another directive stands in the place of one.
package struct SupersessionReceived: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let by: DirectiveID
    package let from: Timestamp

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        by: DirectiveID,
        from: Timestamp
    ) {
        self.directive = directive
        self.addressee = addressee
        self.by = by
        self.from = from
    }

    package static let record = Record<SupersessionReceived>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("by", \.by, .identifier(), Words("By", zh: "取代者")),
        Field("from", \.from, .timestamp, Words("From", zh: "起始时间")),
        make: SupersessionReceived.init
    )
}
