package import EventSourcing
package import Records

/// A directive has come to an addressee.
package struct DirectiveReceived: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let from: Addressee
    package let issuer: Addressee
    package let hop: Int
    /// For information only, because the level was skipped (R4.2).
    package let isCopy: Bool
    /// All there are, so that acts of any day can be judged (R4.4).
    package let versions: [DirectiveVersion]
    package let note: String?
    package let replyBy: Timestamp?
    /// Nil for a copy.
    package let ackBy: Timestamp?

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        from: Addressee,
        issuer: Addressee,
        hop: Int,
        isCopy: Bool = false,
        versions: [DirectiveVersion],
        note: String? = nil,
        replyBy: Timestamp? = nil,
        ackBy: Timestamp? = nil
    ) {
        self.directive = directive
        self.addressee = addressee
        self.from = from
        self.issuer = issuer
        self.hop = hop
        self.isCopy = isCopy
        self.versions = versions
        self.note = note
        self.replyBy = replyBy
        self.ackBy = ackBy
    }

    package static let record = Record<DirectiveReceived>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("from", \.from, Addressee.record.codec, Words("From", zh: "转发方")),
        Field("issuer", \.issuer, Addressee.record.codec, Words("Issuer", zh: "发布方")),
        Field("hop", \.hop, .integer(1...1_000), Words("Hop", zh: "层级")),
        Field("isCopy", \.isCopy, Codec<Bool>.boolean.orMissing(false), Words("For information", zh: "抄送")),
        Field(
            "versions",
            \.versions,
            .list(of: DirectiveVersion.record.codec, count: 1...DirectiveVersion.maximumVersion),
            Words("Versions", zh: "版本")
        ),
        Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Local note", zh: "本级说明")),
        Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
        Field("ackBy", \.ackBy, Codec<Timestamp>.timestamp.optional, Words("Acknowledge by", zh: "签收期限")),
        make: DirectiveReceived.init
    )
}
