package import EventSourcing
package import Records

/// A directive has a new text or new dates; whoever has it acknowledges anew (R4.5).
package struct DirectiveAmended: Hashable, Sendable {
    package let directive: DirectiveID
    package let body: String
    package let inForce: DirectiveVersion
    package let effectiveFrom: Timestamp
    package let replyBy: Timestamp?
    package let reason: String
    /// For everybody who has it.
    package let ackBy: Timestamp
    package let limit: Duration

    package init(
        directive: DirectiveID,
        body: String,
        inForce: DirectiveVersion,
        effectiveFrom: Timestamp,
        replyBy: Timestamp? = nil,
        reason: String,
        ackBy: Timestamp,
        limit: Duration
    ) {
        self.directive = directive
        self.body = body
        self.inForce = inForce
        self.effectiveFrom = effectiveFrom
        self.replyBy = replyBy
        self.reason = reason
        self.ackBy = ackBy
        self.limit = limit
    }

    package static let record = Record<DirectiveAmended>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("body", \.body, .prose(20_000), Words("Text", zh: "正文")),
        Field("inForce", \.inForce, DirectiveVersion.record.codec, Words("Version", zh: "版本")),
        Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("Effective from", zh: "生效时间")),
        Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("ackBy", \.ackBy, .timestamp, Words("Acknowledge by", zh: "签收期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: DirectiveAmended.init
    )
}
