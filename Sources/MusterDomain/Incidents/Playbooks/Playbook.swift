package import Records

/// What is to be done in one kind of incident, by which groups, how soon, and how it is shown to be done.
///
/// Data, not code: it is published by a command, and a running incident keeps the version it began with (R6.7). Groups
/// work side by side; a step waits for another one only where it says so (R6.1).
package struct Playbook: Hashable, Sendable {
    package static let maximumGroups = 20
    /// Over all groups.
    package static let maximumSteps = 200

    package let playbook: PlaybookID
    /// Higher than those that were published before.
    package let version: Int
    package let kind: IncidentKindID
    package let nameEN: String
    package let nameZH: String
    /// Nil leaves the time to the limits, and the deed to any department of the place.
    package let verification: PlaybookVerification?
    /// From the activation until each group has stood up.
    package let groupsUpWithin: Duration
    /// From the activation to the summary of the first disposal.
    package let summaryWithin: Duration
    package let checks: [PlaybookCheck]
    package let groups: [PlaybookGroup]
    package let rechecks: [PlaybookRecheck]

    package init(
        playbook: PlaybookID,
        version: Int,
        kind: IncidentKindID,
        nameEN: String,
        nameZH: String,
        verification: PlaybookVerification? = nil,
        groupsUpWithin: Duration,
        summaryWithin: Duration,
        checks: [PlaybookCheck] = [],
        groups: [PlaybookGroup],
        rechecks: [PlaybookRecheck]
    ) {
        self.playbook = playbook
        self.version = version
        self.kind = kind
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.verification = verification
        self.groupsUpWithin = groupsUpWithin
        self.summaryWithin = summaryWithin
        self.checks = checks
        self.groups = groups
        self.rechecks = rechecks
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    package func group(_ id: GroupID) -> PlaybookGroup? { groups.first { $0.group == id } }
    package func recheck(_ id: RecheckID) -> PlaybookRecheck? { rechecks.first { $0.recheck == id } }
    package func check(_ id: CheckID) -> PlaybookCheck? { checks.first { $0.check == id } }

    /// As somebody sends it. What `problems` finds is refused too, each with its pointer.
    package static let sent: Codec<Playbook> = record(refusesUnknownMembers: true).codec.map(
        { $0.problems.isEmpty ? $0 : nil },
        back: { $0 },
        orElse: { Problems($0.problems) }
    )

    /// As the log holds it: a newer writer may have added members.
    package static let stored = record(refusesUnknownMembers: false)

    private static func record(refusesUnknownMembers: Bool) -> Record<Playbook> {
        Record<Playbook>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("playbook", \.playbook, .identifier(), Words("Playbook", zh: "预案")),
            Field("version", \.version, .integer(1...100_000), Words("Version", zh: "版本")),
            Field("kind", \.kind, .identifier(), Words("Kind of incident", zh: "事件类别")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field(
                "verification",
                \.verification,
                PlaybookVerification.record(refusesUnknownMembers: refusesUnknownMembers).codec.optional,
                Words("Verification", zh: "核实")
            ),
            Field(
                "groupsUpWithinMinutes",
                \.groupsUpWithin,
                .wholeMinutes,
                Words("Groups up within minutes", zh: "各组到位时限（分钟）")
            ),
            Field(
                "summaryWithinMinutes",
                \.summaryWithin,
                .wholeMinutes,
                Words("Summary within minutes", zh: "首次处置汇总时限（分钟）")
            ),
            Field(
                "checks",
                \.checks,
                Codec<[PlaybookCheck]>.list(
                    of: PlaybookCheck.record(refusesUnknownMembers: refusesUnknownMembers).codec,
                    count: 0...50
                ).orMissing([]),
                Words("Checks", zh: "检查项")
            ),
            Field(
                "groups",
                \.groups,
                .list(
                    of: PlaybookGroup.record(refusesUnknownMembers: refusesUnknownMembers).codec,
                    count: 1...maximumGroups
                ),
                Words("Groups", zh: "工作组")
            ),
            Field(
                "rechecks",
                \.rechecks,
                .list(
                    of: PlaybookRecheck.record(refusesUnknownMembers: refusesUnknownMembers).codec,
                    count: 1...20
                ),
                Words("Re-checks", zh: "复查")
            ),
            make: Playbook.init
        )
    }
}
