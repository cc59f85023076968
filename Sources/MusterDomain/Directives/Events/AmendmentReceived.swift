package import EventSourcing
package import Records

/// A new version has come to an addressee, who acknowledges anew (R4.5).
package struct AmendmentReceived: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let inForce: DirectiveVersion
    package let replyBy: Timestamp?
    /// Nil for a copy.
    package let ackBy: Timestamp?

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        inForce: DirectiveVersion,
        replyBy: Timestamp? = nil,
        ackBy: Timestamp? = nil
    ) {
        self.directive = directive
        self.addressee = addressee
        self.inForce = inForce
        self.replyBy = replyBy
        self.ackBy = ackBy
    }

    package static let record = Record<AmendmentReceived>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("inForce", \.inForce, DirectiveVersion.record.codec, Words("Version", zh: "版本")),
        Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
        Field("ackBy", \.ackBy, Codec<Timestamp>.timestamp.optional, Words("Acknowledge by", zh: "签收期限")),
        make: AmendmentReceived.init
    )
}
