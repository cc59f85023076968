import EventSourcing
import MusterDomain

extension Samples {
    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let limit = Duration.seconds(600)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"
    private static let cause = EventID(command: CommandID(UniqueID(high: 1, low: 7)), ordinal: 2)
    private static let deadline = StepDeadline(step: "enter", dueBy: time, limit: limit)

    static let playbook: [PlaybookEvent] = [
        .published(PlaybookPublished(playbook: Plans.sickness)), .published(PlaybookPublished(playbook: Plans.leak)),
    ]

    static let incident: [IncidentEvent] = cases + work + rest

    private static let cases: [IncidentEvent] = [
        .caseSuspected(
            CaseSuspected(
                incident: "I-1",
                kind: "case",
                person: "resident-1",
                day: IncidentScenario.day,
                territory: "dq-02",
                sites: ["home", "shop"],
                places: ["Dongqiao 7", "东桥 9 号"],
                text: nasty,
                verifyBy: time,
                limit: limit,
                verifyDuty: "case.verify"
            )
        ),
        .caseSuspected(
            CaseSuspected(
                incident: "I-1",
                kind: "gas-leak",
                day: IncidentScenario.day,
                territory: "dq-02",
                text: "x",
                verifyBy: time,
                limit: limit
            )
        ),
        .caseRegistered(
            CaseRegistered(incident: "I-1", kind: "case", person: "resident-1", day: IncidentScenario.day)
        ),
        .caseVerified(
            CaseVerified(
                incident: "I-1",
                person: "resident-1",
                party: "cdc",
                sites: ["school"],
                places: ["School road 1"],
                text: nasty,
                isLate: true
            )
        ),
        .caseVerified(CaseVerified(incident: "I-1", party: "fire", text: "x", isLate: false)),
        .caseRuledOut(CaseRuledOut(incident: "I-1", person: "resident-1", party: "cdc", text: nasty, isLate: false)),
        .declared(IncidentDeclared(incident: "I-1", level: .ii, basis: nasty)),
        .playbookActivated(
            PlaybookActivated(
                incident: "I-1",
                playbook: Plans.sickness,
                groupsUpBy: time,
                groupsUpLimit: limit,
                summaryBy: time + limit,
                summaryLimit: limit,
                deadlines: [deadline]
            )
        ),
    ]

    private static let work: [IncidentEvent] = [
        .groupStoodUp(GroupStoodUp(incident: "I-1", group: "entry", party: "dq-committee", isLate: false)),
        .groupLeadAssigned(GroupLeadAssigned(incident: "I-1", group: "entry", person: "head-dq")),
        .stepStarted(
            StepStarted(incident: "I-1", group: "entry", step: "enter", party: "dq-committee", checks: ["ppe"])
        ),
        .stepCompleted(
            StepCompleted(
                incident: "I-1",
                group: "entry",
                step: "enter",
                party: "dq-committee",
                person: "resident-1",
                text: nasty,
                photo: "photo/1",
                figure: 400.5,
                unit: "m2",
                sites: ["home"],
                isLate: true,
                deadlines: [deadline],
                corrects: cause
            )
        ),
        .stepCompleted(
            StepCompleted(incident: "I-1", group: "entry", step: "enter", party: "dq-committee", isLate: false)
        ),
        .stepSkipped(
            StepSkipped(
                incident: "I-1",
                group: "entry",
                step: "list",
                party: "dq-committee",
                reason: nasty,
                deadlines: [deadline]
            )
        ),
        .supportRequested(SupportRequested(incident: "I-1", group: "entry", party: "dq-committee", text: nasty)),
        .firstDisposalSummarised(
            FirstDisposalSummarised(
                incident: "I-1",
                party: "street-1",
                text: nasty,
                groupsMissing: ["watch"],
                isLate: false
            )
        ),
        .groupStoodDown(GroupStoodDown(incident: "I-1", group: "entry", party: "dq-committee", text: nasty)),
        .groupStoodDown(GroupStoodDown(incident: "I-1", group: "entry", party: "dq-committee")),
    ]

    private static let rest: [IncidentEvent] = [
        .followUpOpened(
            FollowUpOpened(
                incident: "I-1",
                deadlines: [deadline],
                rechecks: [
                    RecheckDeadline(recheck: "two-days", notBefore: time, dueBy: time + limit, limit: limit)
                ]
            )
        ),
        .recheckPassed(
            RecheckPassed(
                incident: "I-1",
                recheck: "two-days",
                party: "market",
                text: nasty,
                sites: ["home"],
                isLate: true
            )
        ),
        .recheckPassed(RecheckPassed(incident: "I-1", recheck: "day-14", party: "market", isLate: false)),
        .recheckFailed(
            RecheckFailed(
                incident: "I-1",
                recheck: "two-days",
                party: "market",
                text: nasty,
                sites: ["home"],
                notBefore: time,
                dueBy: time + limit,
                limit: limit
            )
        ),
        .closed(IncidentClosed(incident: "I-1", text: nasty)),
        .closed(IncidentClosed(incident: "I-1")),
        .reopened(
            IncidentReopened(
                incident: "I-1",
                round: 2,
                reason: nasty,
                groupsUpBy: time,
                groupsUpLimit: limit,
                summaryBy: time + limit,
                summaryLimit: limit,
                deadlines: [deadline]
            )
        ),
        .deadlineMissed(IncidentDeadlineMissed(incident: "I-1", clock: .groupUp, name: "entry", dueBy: time)),
        .deadlineMissed(IncidentDeadlineMissed(incident: "I-1", clock: .summary, dueBy: time)),
    ]
}
