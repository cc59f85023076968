import EventSourcing
import MusterDomain

/// At least one event of each kind, with and without what may be missing.
enum Samples {
    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let limit = Duration.seconds(600)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"

    static let matter: [MatterEvent] =
        [
            .raised(
                MatterRaised(
                    matter: "M-1",
                    report: "R-1",
                    kind: .blockedPassage,
                    territory: "dq-02",
                    place: "Dongqiao 7",
                    title: "Blocked",
                    text: nasty,
                    reporter: "resident-1",
                    urgency: .emergency
                )
            ),
            .raised(
                MatterRaised(
                    matter: "M-1",
                    kind: .other,
                    territory: "dq-02",
                    place: "7",
                    title: "x",
                    text: "x",
                    urgency: .normal
                )
            ),
            .investigatorAssigned(InvestigatorAssigned(matter: "M-1", person: "gw-02")),
            .findingsRecorded(FindingsRecorded(matter: "M-1", text: nasty, needsDepartment: true)),
            .resolvedLocally(MatterResolvedLocally(matter: "M-1", text: nasty)),
            .consentRequested(ConsentRequested(matter: "M-1", reason: "x")),
            .consentRequested(
                ConsentRequested(
                    matter: "M-1",
                    reason: nasty,
                    answerBy: Town.noon + .seconds(14_400),
                    limit: .seconds(14_400)
                )
            ),
            .consentGiven(ConsentGiven(matter: "M-1", text: nasty, isRatification: false)),
            .consentRefused(ConsentRefused(matter: "M-1", text: nasty, isRatification: true)),
        ] + whistle + rest + joinedMatters

    private static let whistle: [MatterEvent] = [
        .whistleBlown(
            WhistleBlown(
                matter: "M-1",
                round: 1,
                kind: .emergency,
                urgency: .emergency,
                duty: "passage.clear",
                departments: ["fire", "police"],
                lead: "fire",
                basis: nasty,
                listVersion: "2026-1",
                needsRatification: true,
                acceptBy: time,
                limit: limit
            )
        ),
        .whistleBlown(
            WhistleBlown(
                matter: "M-1",
                round: 2,
                kind: .jointEnforcement,
                urgency: .normal,
                duty: "trade.check",
                departments: ["market", "police"],
                basis: "x",
                needsRatification: false,
                acceptBy: time,
                limit: limit
            )
        ),
        .whistleWithdrawn(WhistleWithdrawn(matter: "M-1", round: 1, departments: ["fire"], reason: nasty)),
        .whistleAccepted(
            WhistleAccepted(
                matter: "M-1",
                round: 1,
                department: "fire",
                becomesLead: true,
                isLate: false,
                onSceneBy: time,
                limit: limit
            )
        ),
        .whistleAccepted(
            WhistleAccepted(
                matter: "M-1",
                round: 1,
                department: "police",
                becomesLead: false,
                isLate: true,
                onSceneBy: time,
                limit: limit,
                ladder: EscalationLadder(
                    communityPercent: 10,
                    streetPercent: 20,
                    districtPercent: 30,
                    cityPercent: 40
                )
            )
        ),
        .competenceDisputed(
            CompetenceDisputed(
                matter: "M-1",
                round: 1,
                department: "police",
                duty: "passage.clear",
                argument: nasty,
                clockRuns: false
            )
        ),
        .competenceRuled(
            CompetenceRuled(
                matter: "M-1",
                round: 1,
                department: "police",
                upheld: true,
                replacement: "market",
                lead: "fire",
                text: nasty,
                acceptBy: time,
                limit: limit
            )
        ),
        .competenceRuled(
            CompetenceRuled(matter: "M-1", round: 1, department: "police", upheld: false, text: "x")
        ),
        .departmentArrived(DepartmentArrived(matter: "M-1", round: 1, department: "fire", isLate: true)),
        .departmentArrived(
            DepartmentArrived(
                matter: "M-1",
                round: 1,
                department: "police",
                isLate: false,
                actBy: time,
                limit: limit,
                ladder: .standard
            )
        ),
        .departmentNoShow(
            DepartmentNoShow(matter: "M-1", round: 1, department: "fire", step: .onScene, dueAt: time)
        ),
        .whistleEscalated(
            WhistleEscalated(
                matter: "M-1",
                round: 1,
                department: "fire",
                step: .accept,
                level: .district,
                dueAt: time
            )
        ),
    ]

    private static let rest: [MatterEvent] = [
        .findingsHandedOver(FindingsHandedOver(matter: "M-1", text: nasty)),
        .jointPlanAgreed(JointPlanAgreed(matter: "M-1", text: nasty)),
        .taskDelegated(
            TaskDelegated(
                matter: "M-1",
                task: "T-1",
                party: "jindi",
                duty: "passage.clear",
                text: "Tow.",
                dueBy: time,
                limit: limit
            )
        ),
        .taskCompleted(TaskCompleted(matter: "M-1", task: "T-1", party: "jindi", text: nasty, isLate: true)),
        .actionCompleted(ActionCompleted(matter: "M-1", round: 1, department: "fire", text: nasty)),
        .actionCompleted(ActionCompleted(matter: "M-1", round: 1, department: "fire", text: "x", isLate: true)),
        .filedWithSuperior(
            FiledWithSuperior(matter: "M-1", side: .department, party: "fire", superior: "Brigade", text: nasty)
        ),
        .helpOffered(HelpOffered(matter: "M-1", party: "bluesky", hands: 1_000, text: nasty)),
        .feedbackAsked(FeedbackAsked(matter: "M-1", reporter: "resident-1", answerBy: time, limit: limit)),
        .feedbackAsked(FeedbackAsked(matter: "M-1", answerBy: time, limit: limit)),
        .feedbackGiven(FeedbackGiven(matter: "M-1", solved: true, score: 5, text: nasty)),
        .feedbackGiven(FeedbackGiven(matter: "M-1", solved: false)),
        .feedbackMissing(FeedbackMissing(matter: "M-1", answerBy: time)),
        .closed(MatterClosed(matter: "M-1", text: nasty)),
        .closed(MatterClosed(matter: "M-1")),
        .appealed(Appealed(matter: "M-1", reason: nasty, decideBy: time, limit: .seconds(432_000))),
        .reviewStarted(ReviewStarted(matter: "M-1")),
        .reviewDecided(ReviewDecided(matter: "M-1", isUpheld: true, text: nasty, isLate: false)),
        .reviewOverdue(ReviewOverdue(matter: "M-1", decideBy: time)),
        .reopened(
            MatterReopened(matter: "M-1", reason: nasty, round: 1, lead: "fire", onSceneBy: time, limit: limit)
        ),
        .reopened(MatterReopened(matter: "M-1")),
    ]

    static let authority = parties + measures

    private static let parties: [AuthorityEvent] = [
        .partyRegistered(
            PartyRegistered(
                party: "fire",
                nameEN: "Fire",
                nameZH: "消防",
                kind: .department,
                channel: .webhook,
                webhookURL: WebhookURL(rawValue: "https://fire.example.org/muster?x=1")
            )
        ),
        .partyRegistered(
            PartyRegistered(party: "jindi", nameEN: "Jindi", nameZH: "金地", kind: .property, channel: .desk)
        ),
        .personAppointed(
            PersonAppointed(
                person: "gw-02",
                role: .gridWorker,
                party: "dq-committee",
                territory: "dq-02",
                from: time,
                to: time + limit
            )
        ),
        .appointmentEnded(
            AppointmentEnded(person: "gw-02", role: .gridWorker, party: "dq-committee", territory: "dq-02", at: time)
        ),
        .responsibilityListPublished(
            ResponsibilityListPublished(
                version: "2026-1",
                effectiveFrom: time,
                entries: [
                    ResponsibilityEntry(
                        duty: "passage.clear",
                        nameEN: "Clear",
                        nameZH: "清理",
                        territory: "he",
                        responsible: "fire",
                        supporting: ["police", "jindi"]
                    ),
                    ResponsibilityEntry(
                        duty: "trade.check",
                        nameEN: "Check",
                        nameZH: "检查",
                        territory: "he",
                        responsible: "market"
                    ),
                ]
            )
        ),
        .measureIssued(
            MeasureIssued(
                measure: "entry-1",
                kind: .entryCheck,
                territory: "dq",
                legalBasis: "Article 5",
                from: time,
                to: time + limit
            )
        ),
    ]

    static let report: [ReportEvent] = told + dealtWith

    private static let told: [ReportEvent] = [
        .submitted(
            ReportSubmitted(
                report: "R-1",
                channel: .app,
                kind: .noise,
                territory: "dq-02",
                place: "Dongqiao 7",
                text: nasty,
                latitude: 31.234567890123,
                longitude: -121.5,
                reporter: "resident-1",
                isUrgent: true
            )
        ),
        .triaged(ReportTriaged(report: "R-1", urgency: .urgent, duty: "passage.clear")),
    ]

    static let inquiry: [InquiryEvent] = [
        .concealmentReported(
            ConcealmentReported(
                inquiry: "Q-1",
                accused: "jindi",
                territory: "dq",
                kind: .falsified,
                text: nasty,
                isAnonymous: true
            )
        ),
        .investigationOpened(InvestigationOpened(inquiry: "Q-1")),
        .falsifiedRecordFound(
            FalsifiedRecordFound(inquiry: "Q-1", pattern: .identicalReadings, count: 12, text: nasty)
        ),
        .liabilityDecided(LiabilityDecided(inquiry: "Q-1", accused: "jindi", isLiable: true, text: nasty)),
    ]

    static let appraisal: [AppraisalEvent] = [
        .asked(AppraisalAsked(appraisal: "A-2026-11", from: time - .seconds(86_400), to: time)),
        .published(
            AppraisalPublished(
                appraisal: "A-1",
                formula: .timeAndAnswers,
                from: time,
                to: time + limit,
                through: 4_711,
                lines: [
                    AppraisalLine(
                        party: "fire",
                        outcomes: PartyOutcomes(
                            closedOnTime: 8,
                            closedLate: 1,
                            solved: 7,
                            notSolved: 1,
                            silent: 1,
                            appealsUpheld: 0
                        ),
                        overdueOpen: 1,
                        score: 83
                    ),
                    AppraisalLine(party: "police", outcomes: PartyOutcomes(), overdueOpen: 0, score: nil),
                ]
            )
        ),
    ]

    static let notice: [NoticeEvent] = [
        .published(NoticePublished(notice: "N-1", territory: "dq", title: "Water", text: nasty)),
        .corrected(
            NoticeCorrected(
                notice: "N-1",
                title: "Water",
                text: nasty,
                reason: nasty,
                revision: 2,
                corrects: EventID(command: CommandID(UniqueID(high: 1, low: 1)), ordinal: 0)
            )
        ),
        .withdrawn(NoticeWithdrawn(notice: "N-1", reason: nasty)),
        .questioned(NoticeQuestioned(notice: "N-1", text: nasty, answerBy: time + limit, limit: limit)),
        .confirmed(NoticeConfirmed(notice: "N-1", reason: nasty)),
        .correctionMissed(NoticeCorrectionMissed(notice: "N-1", dueBy: time)),
    ]

    static let privacy: [PrivacyEvent] = [
        .subjectKeyErased(SubjectKeyErased(person: "resident-1", ground: .request))
    ]

    static let territory: [TerritoryEvent] =
        tree + [
            .defined(
                TerritoryDefined(
                    territory: "dq",
                    level: .community,
                    parent: "he-s1",
                    nameEN: "Dongqiao",
                    nameZH: "东桥",
                    households: 800
                )
            ),
            .defined(TerritoryDefined(territory: "he", level: .district, nameEN: "He", nameZH: "河")),
        ]
}
