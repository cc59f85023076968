package import Records

/// How long may pass with what comes in.
package struct IntakeLimits: Hashable, Sendable {
    /// For a caller to wait until somebody answers.
    package let pickUp: Duration
    package let calls: CallTargets
    /// To deal with a report.
    package let answer: Duration
    /// The same where life or property is in danger (R5.4).
    package let urgentAnswer: Duration
    /// To call back who hung up.
    package let callBack: Duration
    /// How often somebody is called back who does not answer.
    package let callBackAttempts: Int
    /// To answer a request for figures.
    package let dataReply: Duration
    /// For how many days before the last one figures are known.
    package let knownDays: Int
    /// The levels that get direct reports.
    package let directLevels: [TerritoryLevel]
    package let surge: SurgeLimits

    package init(
        pickUp: Duration,
        calls: CallTargets = .standard,
        answer: Duration,
        urgentAnswer: Duration,
        callBack: Duration,
        callBackAttempts: Int,
        dataReply: Duration,
        knownDays: Int,
        directLevels: [TerritoryLevel],
        surge: SurgeLimits
    ) {
        self.pickUp = pickUp
        self.calls = calls
        self.answer = answer
        self.urgentAnswer = urgentAnswer
        self.callBack = callBack
        self.callBackAttempts = callBackAttempts
        self.dataReply = dataReply
        self.knownDays = knownDays
        self.directLevels = directLevels
        self.surge = surge
    }

    package static let standard = IntakeLimits(
        pickUp: .seconds(15),
        answer: .seconds(7_200),
        urgentAnswer: .seconds(600),
        callBack: .seconds(7_200),
        callBackAttempts: 3,
        dataReply: .seconds(86_400),
        knownDays: 31,
        directLevels: [.street, .district, .city],
        surge: .standard
    )

    func answer(isUrgent: Bool) -> Duration { isUrgent ? urgentAnswer : answer }

    func scaled(by factor: Double) -> IntakeLimits {
        IntakeLimits(
            pickUp: pickUp.scaled(by: factor),
            calls: calls,
            answer: answer.scaled(by: factor),
            urgentAnswer: urgentAnswer.scaled(by: factor),
            callBack: callBack.scaled(by: factor),
            callBackAttempts: callBackAttempts,
            dataReply: dataReply.scaled(by: factor),
            knownDays: knownDays,
            directLevels: directLevels,
            surge: surge.scaled(by: factor)
        )
    }

    /// What a document does not name is as in `standard`.
    package static func record(standard: IntakeLimits) -> Record<IntakeLimits> {
        Record<IntakeLimits>(
            standard: standard,
            Field(
                "pickUpSeconds",
                \.pickUp,
                .seconds,
                Words("Answering a call", zh: "接听"),
                help: Words("For a caller to wait until somebody answers (S5)", zh: "来电等待接听的时限（S5）")
            ),
            Field(
                "calls",
                \.calls,
                CallTargets.record(standard: standard.calls).codec,
                Words("Calls that should be answered", zh: "接通目标"),
                help: Words(
                    "Which share of callers should be answered; the board of intake shows where it is not (S5)",
                    zh: "来电接通目标，未达到时受理看板提示（S5）"
                )
            ),
            Field(
                "answerSeconds",
                \.answer,
                .seconds,
                Words("Dealing with a report", zh: "受理答复"),
                help: Words("For somebody to deal with a report (S5)", zh: "报告受理时限（S5）")
            ),
            Field(
                "urgentAnswerSeconds",
                \.urgentAnswer,
                .seconds,
                Words("The same in danger", zh: "紧急受理答复"),
                help: Words("The same where somebody may be in danger (R5.4)", zh: "可能有人遇险的报告（R5.4）")
            ),
            Field(
                "callBackSeconds",
                \.callBack,
                .seconds,
                Words("Calling back", zh: "回拨"),
                help: Words("To call back who hung up (R5.5)", zh: "回拨放弃来电的时限（R5.5）")
            ),
            Field(
                "callBackAttempts",
                \.callBackAttempts,
                .integer(1...100),
                Words("Calls back", zh: "回拨次数"),
                help: Words("How often somebody is called back who does not answer (R5.5)", zh: "回拨未接通的最多次数（R5.5）")
            ),
            Field(
                "dataReplySeconds",
                \.dataReply,
                .seconds,
                Words("Requests for figures", zh: "数据请求"),
                help: Words(
                    "To tell figures that somebody asks for, where they name no time (R5.1)",
                    zh: "索取数据未注明期限时的回复时限（R5.1）"
                )
            ),
            Field(
                "knownDays",
                \.knownDays,
                .integer(1...366),
                Words("Days that figures are known", zh: "数据有效天数"),
                help: Words(
                    "For how many days figures that were told answer later requests (R5.1)",
                    zh: "已填数据在多少天内可直接答复（R5.1）"
                )
            ),
            Field(
                "directLevels",
                \.directLevels,
                .list(of: .choice, count: 1...10, isSet: true),
                Words("Levels that get direct reports", zh: "直报接收层级"),
                help: Words(
                    "Which levels get direct reports; they end with the city, and a province follows the board of intake (R5.2)",
                    zh: "信息直报的接收层级；层级止于市，省级可看受理看板（R5.2）"
                )
            ),
            Field(
                "surge",
                \.surge,
                SurgeLimits.record(standard: standard.surge).codec,
                Words("Surge", zh: "激增"),
                help: Words(
                    "When more comes in than a desk can answer, and what holds meanwhile (R5.5)",
                    zh: "来量激增的判定与期间时限（R5.5）"
                )
            ),
            make: IntakeLimits.init
        )
    }
}
