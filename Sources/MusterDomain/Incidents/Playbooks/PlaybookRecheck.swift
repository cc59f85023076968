package import Records

/// A re-check that must be passed before an incident may be closed (R6.5).
package struct PlaybookRecheck: Hashable, Sendable {
    package let recheck: RecheckID
    package let nameEN: String
    package let nameZH: String
    /// From the opening of the follow-up; before this it does not count.
    package let after: Duration
    /// How long it may take from then on, and again after it failed.
    package let within: Duration
    /// Whether it must cover every site of the incident.
    package let coversSites: Bool

    package init(
        recheck: RecheckID,
        nameEN: String,
        nameZH: String,
        after: Duration,
        within: Duration,
        coversSites: Bool = false
    ) {
        self.recheck = recheck
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.after = after
        self.within = within
        self.coversSites = coversSites
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    static func record(refusesUnknownMembers: Bool) -> Record<PlaybookRecheck> {
        Record<PlaybookRecheck>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("recheck", \.recheck, .identifier(), Words("Re-check", zh: "复查")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("afterMinutes", \.after, .wholeMinutes, Words("After minutes", zh: "间隔（分钟）")),
            Field("withinMinutes", \.within, .wholeMinutes, Words("Within minutes", zh: "时限（分钟）")),
            Field(
                "coversSites",
                \.coversSites,
                Codec<Bool>.boolean.orMissing(false),
                Words("Covers all sites", zh: "须覆盖全部点位")
            ),
            make: PlaybookRecheck.init
        )
    }
}
