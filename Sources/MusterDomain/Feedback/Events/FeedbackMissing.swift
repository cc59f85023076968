package import EventSourcing
package import Records

/// The reporter did not answer in time.
package struct FeedbackMissing: Hashable, Sendable {
    package let matter: MatterID
    package let answerBy: Timestamp

    package init(
        matter: MatterID,
        answerBy: Timestamp
    ) {
        self.matter = matter
        self.answerBy = answerBy
    }

    package static let record = Record<FeedbackMissing>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("answerBy", \.answerBy, .timestamp, Words("Answer by", zh: "答复期限")),
        make: FeedbackMissing.init
    )
}
