package import EventSourcing
package import Records

/// A responsibility list is as old as it may get, and no later one is there.
package struct ListReviewDue: Hashable, Sendable {
    package let version: String
    package let reviewBy: Timestamp

    package init(
        version: String,
        reviewBy: Timestamp
    ) {
        self.version = version
        self.reviewBy = reviewBy
    }

    package static let record = Record<ListReviewDue>(
        refusesUnknownMembers: false,
        Field("version", \.version, .line(64), Words("Version", zh: "版本")),
        Field("reviewBy", \.reviewBy, .timestamp, Words("Review was due", zh: "复核期限")),
        make: ListReviewDue.init
    )
}
