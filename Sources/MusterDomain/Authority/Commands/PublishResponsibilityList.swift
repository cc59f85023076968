package import EventSourcing
import Records

/// Puts a version of the responsibility list (权责清单) in force.
package struct PublishResponsibilityList: Command, Hashable {
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

    package static let description = CommandDescription<PublishResponsibilityList>(
        "PublishResponsibilityList",
        of: .authority,
        Words("Publish the responsibility list", zh: "发布责任清单"),
        by: [.administrator, .districtCommand],
        isOrder: true,
        Record<PublishResponsibilityList>(
            Field("version", \.version, .line(64), Words("Version", zh: "版本")),
            Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("In force from", zh: "生效时间")),
            Field(
                "entries",
                \.entries,
                .list(of: ResponsibilityEntry.record.codec, count: 1...1_000),
                Words("Entries", zh: "条目")
            ),
            make: PublishResponsibilityList.init
        )
    )

    package var stream: StreamName { StreamName("authority") }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        []
    }
}
