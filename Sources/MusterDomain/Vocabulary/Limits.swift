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

    /// What a record does not name is as in `standard`.
    package static let record = Record<Limits>(
        Field(
            "emergency",
            \.emergency,
            ResponseLimits.record.codec.orMissing(standard.emergency),
            Words("Emergency", zh: "紧急")
        ),
        Field("urgent", \.urgent, ResponseLimits.record.codec.orMissing(standard.urgent), Words("Urgent", zh: "加急")),
        Field("normal", \.normal, ResponseLimits.record.codec.orMissing(standard.normal), Words("Normal", zh: "一般")),
        Field("acting", \.acting, ActingLimits.record.codec.orMissing(.standard), Words("Acting", zh: "处置")),
        Field("ladder", \.ladder, EscalationLadder.record.codec.orMissing(.standard), Words("Escalation", zh: "升级")),
        Field(
            "whistleRate",
            \.whistleRate,
            WhistleRate.record.codec.orMissing(.standard),
            Words("Whistles of a community", zh: "社区吹哨频率")
        ),
        Field(
            "feedbackSeconds",
            \.feedback,
            Codec<Duration>.seconds.orMissing(standard.feedback),
            Words("Feedback", zh: "反馈")
        ),
        Field("taskSeconds", \.task, Codec<Duration>.seconds.orMissing(standard.task), Words("Task", zh: "任务")),
        Field(
            "clockAheadSeconds",
            \.clockAhead,
            Codec<Duration>.seconds.orMissing(.seconds(300)),
            Words("Senders' clocks may be ahead by", zh: "发送端时钟可超前")
        ),
        Field(
            "appealSeconds",
            \.appeal,
            Codec<Duration>.seconds.orMissing(.seconds(7 * 86_400)),
            Words("Appeal within", zh: "申诉期")
        ),
        Field(
            "reviewSeconds",
            \.review,
            Codec<Duration>.seconds.orMissing(.seconds(5 * 86_400)),
            Words("Review within", zh: "复核期")
        ),
        Field(
            "consentSeconds",
            \.consent,
            Codec<Duration>.seconds.orMissing(.seconds(14_400)),
            Words("Consent to a whistle", zh: "同意吹哨")
        ),
        Field(
            "correctionSeconds",
            \.correction,
            Codec<Duration>.seconds.orMissing(.seconds(3_600)),
            Words("Correction of a notice", zh: "公告更正")
        ),
        Field(
            "authority",
            \.authority,
            AuthorityLimits.record.codec.orMissing(.standard),
            Words("Lists and measures", zh: "清单与措施")
        ),
        Field(
            "directives",
            \.directives,
            DirectiveLimits.record.codec.orMissing(.standard),
            Words("Directives", zh: "指令")
        ),
        Field(
            "incidents",
            \.incidents,
            IncidentLimits.record.codec.orMissing(.standard),
            Words("Incidents", zh: "突发事件")
        ),
        Field(
            "territory",
            \.territory,
            TerritoryLimits.record.codec.orMissing(.standard),
            Words("Grids and households", zh: "网格与住户")
        ),
        Field("intake", \.intake, IntakeLimits.record.codec.orMissing(.standard), Words("Intake", zh: "受理")),
        make: Limits.init
    )
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

    package static let record = Record<ResponseLimits>(
        Field("acceptSeconds", \.accept, .seconds, Words("Accept", zh: "签收")),
        Field("onSceneSeconds", \.onScene, .seconds, Words("On scene", zh: "到场")),
        make: ResponseLimits.init
    )
}
