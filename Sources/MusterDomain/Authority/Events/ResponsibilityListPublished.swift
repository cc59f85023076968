package import EventSourcing
package import Records

/// A version of the responsibility list, in force from a time on until a later one is.
package struct ResponsibilityListPublished: Hashable, Sendable {
    package let version: String
    package let effectiveFrom: Timestamp
    package let entries: [ResponsibilityEntry]

    package init(
        version: String,
        effectiveFrom: Timestamp,
        entries: [ResponsibilityEntry]
    ) {
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.entries = entries
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
        make: ResponsibilityListPublished.init
    )
}
