package import EventSourcing
package import Records

/// A version of the responsibility list, in force from a time on until a later one is.
package struct ResponsibilityListPublished: Hashable, Sendable {
    package let version: String
    package let effectiveFrom: Timestamp
    package let entries: [ResponsibilityEntry]
    /// Until when it is to be looked through; nil sets no clock.
    package let reviewBy: Timestamp?

    package init(
        version: String,
        effectiveFrom: Timestamp,
        entries: [ResponsibilityEntry],
        reviewBy: Timestamp? = nil
    ) {
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.entries = entries
        self.reviewBy = reviewBy
    }

    package static let record = Record<ResponsibilityListPublished>(
        refusesUnknownMembers: false,
        Field("version", \.version, .line(64), Words("Version", zh: "版本")),
        Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("In force from", zh: "生效时间")),
        Field(
            "entries",
            \.entries,
            .list(of: ResponsibilityEntry.record.codec, count: 1...1_000),
            Words("Entries", zh: "条目")
        ),
        Field("reviewBy", \.reviewBy, Codec<Timestamp>.timestamp.optional, Words("Review until", zh: "复核期限")),
        make: ResponsibilityListPublished.init
    )
}
