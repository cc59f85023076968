package import EventSourcing
package import Records

/// The community head is asked to agree to a whistle.
package struct ConsentRequested: Hashable, Sendable {
    package let matter: MatterID
    package let reason: String
    /// Nil for requests from before this was recorded.
    package let answerBy: Timestamp?
    package let limit: Duration?

    package init(
        matter: MatterID,
        reason: String,
        answerBy: Timestamp? = nil,
        limit: Duration? = nil
    ) {
        self.matter = matter
        self.reason = reason
        self.answerBy = answerBy
        self.limit = limit
    }

    package static let record = Record<ConsentRequested>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("answerBy", \.answerBy, Codec<Timestamp>.timestamp.optional, Words("Answer by", zh: "答复期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        make: ConsentRequested.init
    )
}
