package import EventSourcing
import Records

/// Records that the reporter did not answer in time.
package struct RecordFeedbackMissing: Command, Hashable {
    package let matter: MatterID
    /// The limit, which names the question.
    package let answerBy: Timestamp

    package init(
        matter: MatterID,
        answerBy: Timestamp
    ) {
        self.matter = matter
        self.answerBy = answerBy
    }

    package static let description = CommandDescription<RecordFeedbackMissing>(
        "RecordFeedbackMissing",
        of: .feedback,
        Words("Record missing feedback", zh: "记录未获反馈"),
        by: [.system],
        Record<RecordFeedbackMissing>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("answerBy", \.answerBy, .timestamp, Words("Answer by", zh: "答复期限")),
            make: RecordFeedbackMissing.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        guard case .awaitingFeedback(let question) = subject.stage, question.answerBy == answerBy else { return [] }
        guard context.now >= answerBy else { throw .tooEarly(answerBy) }
        return [.feedbackMissing(FeedbackMissing(matter: matter, answerBy: answerBy))]
    }
}
