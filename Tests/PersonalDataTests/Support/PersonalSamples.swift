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
    ]

    static let authority: [AuthorityEvent] = [
        .measureChallenged(
            MeasureChallenged(challenge: "C-1", measure: "limit-1", issuer: "he-district", text: "Door 302 cannot wed.")
        )
    ]
}
