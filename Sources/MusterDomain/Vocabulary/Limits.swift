package import Records

/// How long things may take. The field documents give no figures, so all of them are configuration; events record the
/// deadline that followed, so that a change never moves a clock that already runs (R0.5).
package struct Limits: Hashable, Sendable {
    package let emergency: ResponseLimits
    package let urgent: ResponseLimits
    package let normal: ResponseLimits
    /// For those who have arrived.
    package let acting: ActingLimits
    package let ladder: EscalationLadder
    /// How often a community should blow the whistle.
    package let whistleRate: WhistleRate
    /// How long a reporter may take to answer.
    package let feedback: Duration
    /// How long a task may take when its sender says nothing else.
    package let task: Duration
    /// How far ahead of Muster's clock a sender's may run; a command of a later time is invalid.
    package let clockAhead: Duration
    /// How long after the end of a matter its reporter may appeal.
    package let appeal: Duration
    /// How long the review of an appeal may take.
    package let review: Duration
    /// How long a community head may take to agree to a whistle, or not.
    package let consent: Duration
    /// How long a publisher may take to put right a notice that was questioned.
    package let correction: Duration
    /// How long approvals and reviews may take.
    package let authority: AuthorityLimits
    package let directives: DirectiveLimits
    package let incidents: IncidentLimits
    package let territory: TerritoryLimits
    package let intake: IntakeLimits

    package init(
        emergency: ResponseLimits,
        urgent: ResponseLimits,
        normal: ResponseLimits,
        acting: ActingLimits = .standard,
        ladder: EscalationLadder = .standard,
        whistleRate: WhistleRate = .standard,
        feedback: Duration,
        task: Duration,
        clockAhead: Duration = .seconds(300),
        appeal: Duration = .seconds(7 * 86_400),
        review: Duration = .seconds(5 * 86_400),
        consent: Duration = .seconds(14_400),
        correction: Duration = .seconds(3_600),
        authority: AuthorityLimits = .standard,
        directives: DirectiveLimits = .standard,
        incidents: IncidentLimits = .standard,
        territory: TerritoryLimits = .standard,
        intake: IntakeLimits = .standard
    ) {
        self.emergency = emergency
        self.urgent = urgent
        self.normal = normal
        self.acting = acting
        self.ladder = ladder
        self.whistleRate = whistleRate
        self.feedback = feedback
        self.task = task
        self.clockAhead = clockAhead
        self.appeal = appeal
        self.review = review
        self.consent = consent
        self.correction = correction
        self.authority = authority
        self.directives = directives
        self.incidents = incidents
        self.territory = territory
        self.intake = intake
    }

    package static let standard = Limits(
        emergency: ResponseLimits(accept: .seconds(600), onScene: .seconds(1_800)),
        urgent: ResponseLimits(accept: .seconds(1_800), onScene: .seconds(7_200)),
        normal: ResponseLimits(accept: .seconds(7_200), onScene: .seconds(86_400)),
        feedback: .seconds(259_200),
        task: .seconds(7_200)
    )

    package func response(to urgency: Urgency) -> ResponseLimits {
        switch urgency {
        case .emergency: emergency
        case .urgent: urgent
        case .normal: normal
        }
    }

    /// The same limits on another scale, as for a demonstration that runs faster; whole seconds, never below one. The
    /// senders' clocks are real ones, so `clockAhead` stays.
    ///
    /// - Parameter factor: 0.1 makes ten minutes one. Anything that is not a positive number changes nothing.
    package func scaled(by factor: Double) -> Limits {
        guard factor.isFinite, factor > 0 else { return self }
        return Limits(
            emergency: emergency.scaled(by: factor),
            urgent: urgent.scaled(by: factor),
            normal: normal.scaled(by: factor),
            acting: acting.scaled(by: factor),
            ladder: ladder,
            whistleRate: whistleRate,
            feedback: feedback.scaled(by: factor),
            task: task.scaled(by: factor),
            clockAhead: clockAhead,
            appeal: appeal.scaled(by: factor),
            review: review.scaled(by: factor),
            consent: consent.scaled(by: factor),
            correction: correction.scaled(by: factor),
            authority: authority.scaled(by: factor),
            directives: directives.scaled(by: factor),
            incidents: incidents.scaled(by: factor),
            territory: territory.scaled(by: factor),
            intake: intake.scaled(by: factor)
        )
    }

    package static let record = record(standard: .standard)

    /// What a document does not name is as in `standard`. The help of each member says what it means, and of which rule;
    /// `LimitsDocument` writes all of them down for administrators.
    package static func record(standard: Limits) -> Record<Limits> {
        Record<Limits>(
            standard: standard,
            Field(
                "emergency",
                \.emergency,
                ResponseLimits.record(standard: standard.emergency).codec,
                Words("Emergency", zh: "紧急"),
                help: Words("For a department that is called in an emergency (S3)", zh: "紧急吹哨的部门时限（S3）")
            ),
            Field(
                "urgent",
                \.urgent,
                ResponseLimits.record(standard: standard.urgent).codec,
                Words("Urgent", zh: "加急"),
                help: Words("The same for what is urgent (S3)", zh: "加急吹哨的部门时限（S3）")
            ),
            Field(
                "normal",
                \.normal,
                ResponseLimits.record(standard: standard.normal).codec,
                Words("Normal", zh: "一般"),
                help: Words("The same for everything else (S3)", zh: "一般吹哨的部门时限（S3）")
            ),
            Field(
                "acting",
                \.acting,
                ActingLimits.record(standard: standard.acting).codec,
                Words("Acting", zh: "处置"),
                help: Words(
                    "From the arrival until the matter is dealt with, by its category (S3)",
                    zh: "到场后办结事项的时限，按类别（S3）"
                )
            ),
            Field(
                "ladder",
                \.ladder,
                EscalationLadder.record(standard: standard.ladder).codec,
                Words("Escalation", zh: "升级"),
                help: Words(
                    "After which share of a time limit each level is told, in percent (S3)",
                    zh: "用去时限的百分之几后逐级上报（S3）"
                )
            ),
            Field(
                "whistleRate",
                \.whistleRate,
                WhistleRate.record(standard: standard.whistleRate).codec,
                Words("Whistles of a community", zh: "社区吹哨频率"),
                help: Words(
                    "How many whistles a community should blow in seven days, per 1,000 households (R3.7)",
                    zh: "社区每千户每七天的正常吹哨次数（R3.7）"
                )
            ),
            Field(
                "feedbackSeconds",
                \.feedback,
                .seconds,
                Words("Feedback", zh: "反馈"),
                help: Words("For a reporter to say whether it was solved (R14.1)", zh: "反映人答复是否解决的时限（R14.1）")
            ),
            Field(
                "taskSeconds",
                \.task,
                .seconds,
                Words("Task", zh: "任务"),
                help: Words("For a task that was delegated without a time (S3)", zh: "未注明时限的委派任务（S3）")
            ),
            Field(
                "clockAheadSeconds",
                \.clockAhead,
                .seconds,
                Words("Senders' clocks may be ahead by", zh: "发送端时钟可超前"),
                help: Words(
                    "How far a sender's clock may be ahead of Muster's; what is dated later is invalid (R0.5)",
                    zh: "发送端时钟最多可超前多少，超出即无效（R0.5）"
                )
            ),
            Field(
                "appealSeconds",
                \.appeal,
                .seconds,
                Words("Appeal within", zh: "申诉期"),
                help: Words("From the end of a matter, for its reporter to appeal (S14)", zh: "事项办结后反映人可申诉的期限（S14）")
            ),
            Field(
                "reviewSeconds",
                \.review,
                .seconds,
                Words("Review within", zh: "复核期"),
                help: Words("For the review of an appeal (S14)", zh: "申诉复核的时限（S14）")
            ),
            Field(
                "consentSeconds",
                \.consent,
                .seconds,
                Words("Consent to a whistle", zh: "同意吹哨"),
                help: Words("For a community head to agree to a whistle, or not (R3.2)", zh: "社区负责人同意吹哨的时限（R3.2）")
            ),
            Field(
                "correctionSeconds",
                \.correction,
                .seconds,
                Words("Correction of a notice", zh: "公告更正"),
                help: Words("To put right a notice that was questioned (S14)", zh: "公告被质疑后更正的时限（S14）")
            ),
            Field(
                "authority",
                \.authority,
                AuthorityLimits.record(standard: standard.authority).codec,
                Words("Lists and measures", zh: "清单与措施"),
                help: Words("Responsibility lists and measures (S1)", zh: "责任清单与措施（S1）")
            ),
            Field(
                "directives",
                \.directives,
                DirectiveLimits.record(standard: standard.directives).codec,
                Words("Directives", zh: "指令"),
                help: Words("Directives on their way down (S4)", zh: "指令逐级下达（S4）")
            ),
            Field(
                "incidents",
                \.incidents,
                IncidentLimits.record(standard: standard.incidents).codec,
                Words("Incidents", zh: "突发事件"),
                help: Words("What of the times of incidents no playbook says (S6)", zh: "预案未规定的事件时限（S6）")
            ),
            Field(
                "territory",
                \.territory,
                TerritoryLimits.record(standard: standard.territory).codec,
                Words("Grids and households", zh: "网格与住户"),
                help: Words("Grids and the registry of households (S2)", zh: "网格与住户台账（S2）")
            ),
            Field(
                "intake",
                \.intake,
                IntakeLimits.record(standard: standard.intake).codec,
                Words("Intake", zh: "受理"),
                help: Words("Calls, reports, requests for figures and direct reports (S5)", zh: "来电、报告、数据请求与信息直报（S5）")
            ),
            make: Limits.init
        )
    }
}

/// How long a called department may take.
package struct ResponseLimits: Hashable, Sendable {
    /// From the whistle to the acceptance.
    package let accept: Duration
    /// From the acceptance to the arrival.
    package let onScene: Duration

    package init(accept: Duration, onScene: Duration) {
        self.accept = accept
        self.onScene = onScene
    }

    func scaled(by factor: Double) -> ResponseLimits {
        ResponseLimits(accept: accept.scaled(by: factor), onScene: onScene.scaled(by: factor))
    }

    /// What a document does not name is as in `standard`.
    package static func record(standard: ResponseLimits) -> Record<ResponseLimits> {
        Record<ResponseLimits>(
            standard: standard,
            Field(
                "acceptSeconds",
                \.accept,
                .seconds,
                Words("Accept", zh: "签收"),
                help: Words("From the whistle until the department accepts it (S3)", zh: "自吹哨至部门签收（S3）")
            ),
            Field(
                "onSceneSeconds",
                \.onScene,
                .seconds,
                Words("On scene", zh: "到场"),
                help: Words("From the acceptance until the department is there (S3)", zh: "自签收至部门到场（S3）")
            ),
            make: ResponseLimits.init
        )
    }
}
