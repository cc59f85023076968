package import EventSourcing
import Records

/// Says what a re-check found.
package struct RecordRecheck: Command, Hashable {
    package let incident: IncidentID
    package let recheck: RecheckID
    package let passed: Bool
    /// Needed when it failed.
    package let text: String?
    package let sites: [SiteID]

    package init(
        incident: IncidentID,
        recheck: RecheckID,
        passed: Bool,
        text: String? = nil,
        sites: [SiteID] = []
    ) {
        self.incident = incident
        self.recheck = recheck
        self.passed = passed
        self.text = text
        self.sites = sites
    }

    package static let description = CommandDescription<RecordRecheck>(
        "RecordRecheck",
        of: .playbooks,
        Words("Record a re-check", zh: "记录复查"),
        by: [.gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer],
        under: "R6.5",
        Record<RecordRecheck>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("recheck", \.recheck, .identifier(), Words("Re-check", zh: "复查")),
            Field("passed", \.passed, .boolean, Words("Passed", zh: "通过")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            Field("sites", \.sites, IncidentSites.names, Words("Sites covered", zh: "覆盖点位")),
            make: RecordRecheck.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        let playbook = try subject.requirePlaybook(Self.description.words)
        guard let described = playbook.recheck(recheck) else {
            throw Rejection(
                kind: .notFound,
                rule: "R6.7",
                reason: "recheck-unknown",
                Words("The playbook of this incident has no re-check \(recheck).", zh: "本事件的预案没有复查 \(recheck)。")
            )
        }
        guard let work = subject.rechecks[recheck] else {
            throw Rejection(
                rule: "R6.4",
                reason: "follow-up-not-open",
                Words("The follow-up is not open.", zh: "后续跟进尚未开启。"),
                advice: Words("It opens with the summary of the first disposal.", zh: "首次处置汇总后自动开启。")
            )
        }
        guard !work.isPassed else {
            throw Rejection(
                rule: "R6.5",
                reason: "passed-already",
                Words("The re-check \(recheck) was passed already.", zh: "复查 \(recheck) 已通过。")
            )
        }
        guard context.occurredAt >= work.notBefore else {
            throw Rejection(
                rule: "R6.5",
                reason: "recheck-too-early",
                Words(
                    "The re-check \(recheck) counts from \(work.notBefore) on.",
                    zh: "复查 \(recheck) 自 \(work.notBefore) 起方为有效。"
                )
            )
        }
        try subject.requireKnownSites(sites)
        guard passed else { return [.recheckFailed(try failure(described, context))] }
        if described.coversSites { try subject.requireAllSites(sites) }
        return [
            .recheckPassed(
                RecheckPassed(
                    incident: incident,
                    recheck: recheck,
                    party: context.actor.party,
                    text: text,
                    sites: sites,
                    isLate: subject.isLate(.recheck(recheck), context)
                )
            )
        ]
    }

    /// The re-check must be made again, and may be made at once.
    private func failure(_ described: PlaybookRecheck, _ context: Context) throws(Rejection) -> RecheckFailed {
        guard let text else {
            throw Rejection(
                rule: "R6.5",
                reason: "finding-missing",
                Words("A failed re-check says what was found.", zh: "复查未通过时须说明发现的情况。")
            )
        }
        let limit = context.limits.incidents.time(described.within)
        return RecheckFailed(
            incident: incident,
            recheck: recheck,
            party: context.actor.party,
            text: text,
            sites: sites,
            notBefore: min(context.occurredAt, context.now),
            dueBy: context.now + limit,
            limit: limit
        )
    }
}
