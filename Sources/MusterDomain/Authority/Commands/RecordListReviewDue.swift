package import EventSourcing
import Records

/// Notes that a responsibility list is as old as it may get and that no later one is there.
package struct RecordListReviewDue: Command, Hashable {
    package let version: String
    package let reviewBy: Timestamp

    package init(
        version: String,
        reviewBy: Timestamp
    ) {
        self.version = version
        self.reviewBy = reviewBy
    }

    package static let description = CommandDescription<RecordListReviewDue>(
        "RecordListReviewDue",
        of: .authority,
        Words("Note that a list is to be reviewed", zh: "记录清单待复核"),
        by: [.system],
        Record<RecordListReviewDue>(
            Field("version", \.version, .line(64), Words("Version", zh: "版本")),
            Field("reviewBy", \.reviewBy, .timestamp, Words("Review was due", zh: "复核期限")),
            make: RecordListReviewDue.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        guard let list = authority.lists.last, list.version == version, list.reviewBy == reviewBy, !list.isReviewDue
        else { return [] }
        guard context.now >= reviewBy else { throw .tooEarly(reviewBy) }
        return [.listReviewDue(ListReviewDue(version: version, reviewBy: reviewBy))]
    }
}
