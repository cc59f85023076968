package import EventSourcing
package import Records

/// The reporter is asked whether it was solved.
package struct FeedbackAsked: Hashable, Sendable {
    package let matter: MatterID
    package let reporter: PersonID?
    package let answerBy: Timestamp
    package let limit: Duration

    package init(
        matter: MatterID,
        reporter: PersonID? = nil,
        answerBy: Timestamp,
        limit: Duration
    ) {
        self.matter = matter
        self.reporter = reporter
        self.answerBy = answerBy
        self.limit = limit
    }

    package static let record = Record<FeedbackAsked>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        Field("answerBy", \.answerBy, .timestamp, Words("Answer by", zh: "答复期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: FeedbackAsked.init
    )
}
