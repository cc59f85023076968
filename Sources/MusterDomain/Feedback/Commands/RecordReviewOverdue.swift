package import EventSourcing
import Records

/// Records that an appeal was not decided in time.
package struct RecordReviewOverdue: Command, Hashable {
    package let matter: MatterID
    /// The limit, which names the appeal.
    package let decideBy: Timestamp

    package init(matter: MatterID, decideBy: Timestamp) {
        self.matter = matter
        self.decideBy = decideBy
    }

    package static let description = CommandDescription<RecordReviewOverdue>(
        "RecordReviewOverdue",
        of: .feedback,
        Words("Record an overdue review", zh: "记录复核逾期"),
        by: [.system],
        Record<RecordReviewOverdue>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("decideBy", \.decideBy, .timestamp, Words("Decide by", zh: "复核期限")),
            make: RecordReviewOverdue.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        guard let review = subject.review, review.outcome == nil, !review.isOverdue, review.decideBy == decideBy else {
            return []
        }
        guard context.now >= decideBy else { throw .tooEarly(decideBy) }
        return [.reviewOverdue(ReviewOverdue(matter: matter, decideBy: decideBy))]
    }
}
