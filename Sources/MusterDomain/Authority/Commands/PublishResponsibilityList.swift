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

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        guard !authority.lists.contains(where: { $0.version == version }) else {
            throw Rejection(
                rule: "S1",
                reason: "version-exists",
                Words("Version \(version) is published already.", zh: "版本 \(version) 已发布。")
            )
        }
        for entry in entries {
            try context.requireTerritory(entry.territory)
            try context.requireParty(entry.responsible)
            for party in entry.supporting { try context.requireParty(party) }
        }
        for same in Dictionary(grouping: entries, by: \.duty).values {
            for (index, entry) in same.enumerated() {
                for other in same[(index + 1)...] where context.territories.overlap(entry.territory, other.territory) {
                    throw Self.twoResponsible(entry, other)
                }
            }
        }
        return [
            .responsibilityListPublished(
                ResponsibilityListPublished(version: version, effectiveFrom: effectiveFrom, entries: entries)
            )
        ]
    }

    private static func twoResponsible(_ one: ResponsibilityEntry, _ other: ResponsibilityEntry) -> Rejection {
        let parties = "\(one.responsible) (\(one.territory)), \(other.responsible) (\(other.territory))"
        return Rejection(
            rule: "R1.5",
            reason: "two-responsible",
            Words(
                "The duty \(one.duty) has two entries for the same ground: \(parties).",
                zh: "职责 \(one.duty) 在同一地块上有两条：\(parties)。"
            ),
            advice: Words("Make one responsible and the other supporting.", zh: "请定一家责任单位，另一家为配合单位。")
        )
    }
}
