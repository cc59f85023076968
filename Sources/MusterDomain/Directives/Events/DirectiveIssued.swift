package import EventSourcing
package import Records

/// A directive is given out, with its first addressees.
package struct DirectiveIssued: Hashable, Sendable {
    package let directive: DirectiveID
    package let subject: DirectiveSubjectID
    package let title: String
    package let body: String
    package let hash: TextHash
    /// The territory and party for which it was issued.
    package let issuer: Addressee
    package let audience: [Addressee]
    /// Levels that were skipped (R4.2).
    package let copies: [Addressee]
    package let isDirect: Bool
    package let downTo: TerritoryLevel
    package let response: ResponseLevel?
    package let effectiveFrom: Timestamp
    /// When it takes effect, but never before it was issued.
    package let bindsFrom: Timestamp
    package let effectiveTo: Timestamp?
    package let replyBy: Timestamp?
    package let supersedes: DirectiveID?
    /// For the first addressees.
    package let ackBy: Timestamp
    /// For the first addressees.
    package let relayBy: Timestamp
    package let limit: Duration
    package let cascadeBy: Timestamp

    package init(
        directive: DirectiveID,
        subject: DirectiveSubjectID,
        title: String,
        body: String,
        hash: TextHash,
        issuer: Addressee,
        audience: [Addressee],
        copies: [Addressee] = [],
        isDirect: Bool = false,
        downTo: TerritoryLevel,
        response: ResponseLevel? = nil,
        effectiveFrom: Timestamp,
        bindsFrom: Timestamp,
        effectiveTo: Timestamp? = nil,
        replyBy: Timestamp? = nil,
        supersedes: DirectiveID? = nil,
        ackBy: Timestamp,
        relayBy: Timestamp,
        limit: Duration,
        cascadeBy: Timestamp
    ) {
        self.directive = directive
        self.subject = subject
        self.title = title
        self.body = body
        self.hash = hash
        self.issuer = issuer
        self.audience = audience
        self.copies = copies
        self.isDirect = isDirect
        self.downTo = downTo
        self.response = response
        self.effectiveFrom = effectiveFrom
        self.bindsFrom = bindsFrom
        self.effectiveTo = effectiveTo
        self.replyBy = replyBy
        self.supersedes = supersedes
        self.ackBy = ackBy
        self.relayBy = relayBy
        self.limit = limit
        self.cascadeBy = cascadeBy
    }

    package static let record = Record<DirectiveIssued>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("subject", \.subject, .identifier(), Words("Subject", zh: "事项")),
        Field("title", \.title, .line(), Words("Title", zh: "标题")),
        Field("body", \.body, .prose(20_000), Words("Text", zh: "正文")),
        Field("hash", \.hash, .textHash, Words("Hash of the text", zh: "正文哈希")),
        Field("issuer", \.issuer, Addressee.record.codec, Words("Issuer", zh: "发布方")),
        Field("audience", \.audience, .addressees(1...500), Words("First addressees", zh: "首批接收方")),
        Field("copies", \.copies, Codec<[Addressee]>.addressees(0...1_000).orMissing([]), Words("Copies", zh: "抄送")),
        Field("direct", \.isDirect, Codec<Bool>.boolean.orMissing(false), Words("Direct", zh: "直达")),
        Field("downTo", \.downTo, .choice, Words("Down to", zh: "下达至")),
        Field("response", \.response, Codec<ResponseLevel>.choice.optional, Words("Response level", zh: "响应级别")),
        Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("Effective from", zh: "生效时间")),
        Field("bindsFrom", \.bindsFrom, .timestamp, Words("Binds from", zh: "约束起点")),
        Field("effectiveTo", \.effectiveTo, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "失效时间")),
        Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
        Field("supersedes", \.supersedes, Codec<DirectiveID>.identifier().optional, Words("Supersedes", zh: "取代")),
        Field("ackBy", \.ackBy, .timestamp, Words("Acknowledge by", zh: "签收期限")),
        Field("relayBy", \.relayBy, .timestamp, Words("Relay by", zh: "转发期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("cascadeBy", \.cascadeBy, .timestamp, Words("Whole cascade by", zh: "全程期限")),
        make: DirectiveIssued.init
    )
}
