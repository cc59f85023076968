import EventSourcing
import MusterDomain

/// An event of each kind that has personal fields, with and without what may be missing.
enum PersonalSamples {
    static let report: [ReportEvent] = [
        .submitted(
            ReportSubmitted(
                report: "R-1",
                channel: .app,
                kind: .noise,
                territory: "dq-02",
                place: "Dongqiao 7",
                text: "They quarrel.\nAgain.",
                latitude: 31.25,
                longitude: 121.5,
                reporter: "resident-1",
                isUrgent: true
            )
        ),
        .submitted(
            ReportSubmitted(
                report: "R-2",
                channel: .phone,
                kind: .other,
                territory: "dq-02",
                place: "7",
                text: "火",
                isUrgent: false
            )
        ),
        .triaged(ReportTriaged(report: "R-1", urgency: .urgent, duty: "passage.clear")),
        .split(
            ReportSplit(
                report: "R-1",
                parts: ["R-3"],
                contents: [SplitPart(report: "R-3", kind: .water, place: "Dongqiao 7", text: "Wet too.")],
                channel: .paper,
                territory: "dq-02",
                reporter: "resident-1"
            )
        ),
        .answered(
            ReportAnswered(report: "R-1", text: "Ask Li.", isSolved: true, isFirstContact: true, reporter: "resident-1")
        ),
    ]

    static let directReport: [DirectReportEvent] = [
        .filed(
            DirectReportFiled(
                directReport: "DR-1",
                territory: "dq",
                level: .street,
                to: ["he-s1"],
                text: "Li has a fever.",
                person: "resident-1"
            )
        )
    ]

    static let desk: [DeskEvent] = [
        .callAbandoned(
            CallAbandoned(
                call: "C-1",
                territory: "dq",
                waited: 90,
                phone: PhoneNumber(rawValue: "0512-6512 3456"),
                caller: "resident-1"
            )
        )
    ]

    static let matter: [MatterEvent] = [
        .raised(
            MatterRaised(
                matter: "M-1",
                report: "R-1",
                kind: .blockedPassage,
                territory: "dq-02",
                place: "Dongqiao 7",
                title: "Blocked",
                text: "A car.",
                reporter: "resident-1",
                urgency: .emergency
            )
        ),
        .helpOffered(HelpOffered(matter: "M-1", party: "bluesky", hands: 3, text: "Ask for Li.")),
        .feedbackGiven(FeedbackGiven(matter: "M-1", solved: false, score: 1, text: "It is back.")),
        .feedbackGiven(FeedbackGiven(matter: "M-1", solved: true)),
        .reopened(MatterReopened(matter: "M-1", reason: "It is back.")),
        .reopened(MatterReopened(matter: "M-1")),
        .closed(MatterClosed(matter: "M-1", text: "Done.")),
        .appealed(
            Appealed(
                matter: "M-1",
                reason: "It is back.",
                decideBy: Timestamp(microseconds: 0),
                limit: .seconds(432_000)
            )
        ),
    ]

    static let inquiry: [InquiryEvent] = [
        .concealmentReported(
            ConcealmentReported(
                inquiry: "Q-1",
                accused: "jindi",
                territory: "dq",
                kind: .falsified,
                text: "All temperatures are 36.5.",
                isAnonymous: false
            )
        )
    ]

    static let incident: [IncidentEvent] = [
        .caseSuspected(
            CaseSuspected(
                incident: "I-1",
                kind: "case",
                person: "resident-1",
                day: CaseDay(rawValue: "2026-11-21")!,
                territory: "dq-02",
                sites: ["home", "shop"],
                places: ["Dongqiao 7", "Dongqiao 9"],
                text: "Fever.",
                verifyBy: Timestamp(microseconds: 0),
                limit: .seconds(7_200)
            )
        ),
        .caseVerified(
            CaseVerified(
                incident: "I-1",
                person: "resident-1",
                party: "cdc",
                sites: ["school"],
                places: ["School road 1"],
                text: "Positive.",
                isLate: false
            )
        ),
        .caseRuledOut(CaseRuledOut(incident: "I-1", party: "cdc", text: "A cold.", isLate: false)),
        .stepCompleted(
            StepCompleted(
                incident: "I-1",
                group: "entry",
                step: "enter",
                party: "dq-committee",
                person: "resident-1",
                text: "Two people.",
                photo: "photo-1",
                isLate: false
            )
        ),
    ]

    static let authority: [AuthorityEvent] = [
        .measureChallenged(
            MeasureChallenged(challenge: "C-1", measure: "limit-1", issuer: "he-district", text: "Door 302 cannot wed.")
        )
    ]

    static let household: [HouseholdEvent] = [
        .registered(
            HouseholdRegistered(
                building: "b-7",
                household: "h-302",
                unit: "u-3",
                door: "302",
                contact: "resident-1",
                name: "Li Wei",
                phone: "13800000000",
                staleBy: Timestamp(microseconds: 0),
                limit: .seconds(60),
                tally: HouseholdTally()
            )
        ),
        .visited(
            VisitRecorded(
                building: "b-7",
                household: "h-302",
                outcome: .met,
                contact: "resident-1",
                note: "The grandmother coughs.",
                isOvertaken: false,
                attempt: 0,
                tally: HouseholdTally()
            )
        ),
        .memberDeclared(
            MemberDeclared(
                building: "b-7",
                household: "h-302",
                person: "resident-2",
                relation: .child,
                presence: .away,
                name: "Li Na",
                phone: "13800000001",
                place: "Wuhan",
                staleBy: Timestamp(microseconds: 0),
                tally: HouseholdTally()
            )
        ),
        .vulnerableFlagged(
            VulnerableFlagged(
                building: "b-7",
                household: "h-302",
                person: "resident-3",
                reason: .ill,
                note: "Needs dialysis.",
                reviewBy: Timestamp(microseconds: 0),
                tally: HouseholdTally()
            )
        ),
        .corrected(
            RecordCorrected(
                building: "b-7",
                household: "h-302",
                corrects: EventID(command: CommandID(UniqueID(version8From: (1, 2))), ordinal: 0),
                part: .member,
                person: "resident-2",
                name: "Li Nan",
                phone: "13800000002",
                reason: "The name was misspelt.",
                tally: HouseholdTally()
            )
        ),
    ]
}
