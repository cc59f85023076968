package import EventSourcing
import Records

/// Says that something is suspected: a case of a disease, a leak, whatever a playbook is for.
package struct ReportSuspectedCase: Command, Hashable {
    package let incident: IncidentID
    package let kind: IncidentKindID
    /// A pseudonym; nil for an incident of no person.
    package let person: PersonID?
    /// By the local calendar.
    package let day: CaseDay
    package let territory: TerritoryID
    /// The places where it is, or was, by names that say nothing of a person.
    package let sites: [SiteID]
    /// Where they are, in the order of the names.
    package let places: [String]
    package let text: String
    /// The incident of the same person and day that was ruled out before; nil where there was none.
    package let ruledOut: IncidentID?

    package init(
        incident: IncidentID,
        kind: IncidentKindID,
        person: PersonID? = nil,
        day: CaseDay,
        territory: TerritoryID,
        sites: [SiteID],
        places: [String],
        text: String,
        ruledOut: IncidentID? = nil
    ) {
        self.incident = incident
        self.kind = kind
        self.person = person
        self.day = day
        self.territory = territory
        self.sites = sites
        self.places = places
        self.text = text
        self.ruledOut = ruledOut
    }

    package static let description = CommandDescription<ReportSuspectedCase>(
        "ReportSuspectedCase",
        of: .playbooks,
        Words("Report a suspected case", zh: "报告疑似情况"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .hotlineClerk,
            .propertyManager, .system,
        ],
        under: "S6",
        Record<ReportSuspectedCase>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("kind", \.kind, .identifier(), Words("Kind", zh: "类别")),
            Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
            Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "sites",
                \.sites,
                IncidentSites.someNames,
                Words("Sites", zh: "点位"),
                help: Words("A short name for each place, as home or shop", zh: "每个地点的简称，例如 home、shop")
            ),
            Field(
                "places",
                \.places,
                IncidentSites.somePlaces,
                Words("Places", zh: "地点"),
                help: Words("Where each site is, in the same order", zh: "各点位的位置，顺序一致")
            ),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            Field(
                "ruledOut",
                \.ruledOut,
                Codec<IncidentID>.identifier().optional,
                Words("Ruled out before", zh: "此前已排除的事件"),
                help: Words("The incident of this person and day that was ruled out", zh: "同一人员同一日期已排除的事件")
            ),
            make: ReportSuspectedCase.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }
    package static let readsPlaybooks = true

    package var references: [StreamName] { ruledOut.map { [Incident.stream($0)] } ?? [] }

    /// One incident for one person and day, of whatever kind: the second report is refused, whatever name it bears. Once
    /// one is ruled out the next may come, and again only one.
    package var claim: StreamClaim<IncidentEvent>? {
        guard let person else { return nil }
        return StreamClaim(
            stream: StreamName(
                category: "case",
                id: "\(person)/\(day.rawValue)" + (ruledOut.map { "/\($0)" } ?? "")
            ),
            event: .caseRegistered(CaseRegistered(incident: incident, kind: kind, person: person, day: day)),
            refusal: Rejection(
                rule: "S6",
                reason: "case-exists",
                Words(
                    "An incident of \(person) on \(day.rawValue) was reported already.",
                    zh: "\(person) 在 \(day.rawValue) 的事件已报告。"
                ),
                advice: Words(
                    "Add what is new to that incident; if it was ruled out, name it in the new report.",
                    zh: "请在原事件中补充新情况；如原事件已排除，请在新报告中注明该事件。"
                )
            )
        )
    }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        guard subject.subject == nil else {
            throw Rejection(
                rule: "S6",
                reason: "incident-exists",
                Words("Incident \(incident) was reported already.", zh: "事件 \(incident) 已报告。")
            )
        }
        try requireRuledOut(in: context)
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try subject.requireNewSites(sites, at: places)
        guard day.isDay(of: context.occurredAt) else {
            throw Rejection(
                rule: "S6",
                reason: "other-day",
                Words("\(day.rawValue) is not the day on which this happened.", zh: "\(day.rawValue) 不是事发当日。")
            )
        }
        let verification = context.playbooks.latest(for: kind)?.verification
        let limit =
            verification.map { context.limits.incidents.time($0.within) } ?? context.limits.incidents.verification
        return [
            .caseSuspected(
                CaseSuspected(
                    incident: incident,
                    kind: kind,
                    person: person,
                    day: day,
                    territory: territory,
                    sites: sites,
                    places: places,
                    text: text,
                    verifyBy: context.now + limit,
                    limit: limit,
                    verifyDuty: verification?.duty
                )
            )
        ]
    }

    /// What it names as ruled out was, and is about the same person and day.
    private func requireRuledOut(in context: Context) throws(Rejection) {
        guard let ruledOut else { return }
        let earlier = context.reference(Incident.self, Incident.stream(ruledOut))
        guard earlier.status == .ruledOut, let about = earlier.subject, about.person == person, about.day == day else {
            throw Rejection(
                rule: "R6.6",
                reason: "not-ruled-out",
                Words(
                    "No incident \(ruledOut) of the same person and day was ruled out.",
                    zh: "\(ruledOut) 不是同一人员同一日期且已排除的事件。"
                ),
                advice: Words("Leave it away, or name the one that was.", zh: "请删去，或填写已排除的事件。")
            )
        }
    }
}
