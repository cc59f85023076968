package import EventSourcing
package import Records

/// The reporter is asked whether it was solved.
package struct FeedbackAsked: Hashable, Sendable {
    package let matter: MatterID
    package let reporter: PersonID?
    package let answerBy: Timestamp
    package let limit: Duration
    /// How many more are asked, whose reports go along with this one (R5.3); nil for none.
    package let others: Int?

    package init(
        matter: MatterID,
        reporter: PersonID? = nil,
        answerBy: Timestamp,
        limit: Duration,
        others: Int? = nil
    ) {
        self.matter = matter
        self.reporter = reporter
        self.answerBy = answerBy
        self.limit = limit
        self.others = others
    }

    /// How many can answer; 0 when nobody is known who could.
    package var asked: Int { (reporter == nil ? 0 : 1) + (others ?? 0) }

    package static let record = Record<FeedbackAsked>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        Field("answerBy", \.answerBy, .timestamp, Words("Answer by", zh: "答复期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field(
            "others",
            \.others,
            Codec<Int>.integer(1...1_000_000).optional,
            Words("Others who are asked", zh: "同询人数")
        ),
        make: FeedbackAsked.init
    )
}
