package import EventSourcing
import Records

/// Puts a version of the responsibility list (权责清单) in force. Only the first one may take force in the past, as a town
/// does that brings its list along: a later one would decide anew what was done under another (R1.7).
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
        try checkStart(authority, context)
        for entry in entries {
            try context.requireTerritory(entry.territory)
            try context.requireArea(of: try context.requireParty(entry.responsible), holds: entry.territory)
            for party in entry.supporting {
                try context.requireArea(of: try context.requireParty(party), touches: entry.territory)
            }
        }
        try checkResponsible(context)
        return [
            .responsibilityListPublished(
                ResponsibilityListPublished(
                    version: version,
                    effectiveFrom: effectiveFrom,
                    entries: entries,
                    reviewBy: reviewBy(context)
                )
            )
        ]
    }

    /// Senders' clocks may differ from Muster's: "from now on" is not the past.
    private func checkStart(_ authority: Authority, _ context: Context) throws(Rejection) {
        guard !authority.lists.isEmpty, effectiveFrom < context.now - context.limits.clockAhead else { return }
        throw Rejection(
            rule: "R1.7",
            reason: "back-dated",
            Words(
                "List \(version) would be in force from \(effectiveFrom), which is past; another list decided then.",
                zh: "清单 \(version) 拟自 \(effectiveFrom) 起生效，该时间已过，当时适用的是另一份清单。"
            ),
            advice: Words("Let it take force now or later.", zh: "请将生效时间定为现在或以后。")
        )
    }

    /// Nil where it would lie beyond the times that records may hold.
    private func reviewBy(_ context: Context) -> Timestamp? {
        let reviewBy = max(effectiveFrom, context.now) + context.limits.authority.listReview
        return Timestamp.plausible.contains(reviewBy) ? reviewBy : nil
    }

    /// One duty has one responsible party on any ground: no line lies inside another of the same duty (R1.5).
    private func checkResponsible(_ context: Context) throws(Rejection) {
        var lines: [DutyID: [TerritoryID: ResponsibilityEntry]] = [:]
        for entry in entries {
            if let other = lines[entry.duty]?[entry.territory] { throw twoResponsible(other, entry) }
            lines[entry.duty, default: [:]][entry.territory] = entry
        }
        for entry in entries {
            for ground in context.territories.ancestors(of: entry.territory) {
                if let other = lines[entry.duty]?[ground] { throw twoResponsible(other, entry) }
            }
        }
    }

    private func twoResponsible(_ one: ResponsibilityEntry, _ other: ResponsibilityEntry) -> Rejection {
        let parties = "\(one.responsible) (\(one.territory)), \(other.responsible) (\(other.territory))"
        return Rejection(
            rule: "R1.5",
            reason: "two-responsible",
            Words(
                "List \(version): the duty \(one.duty) has two lines for the same ground: \(parties).",
                zh: "清单 \(version)：职责 \(one.duty) 在同一地块上有两条：\(parties)。"
            ),
            advice: Words("Make one responsible and the other supporting.", zh: "请定一家责任单位，另一家为配合单位。")
        )
    }
}
