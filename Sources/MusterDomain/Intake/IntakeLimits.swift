package import Records

/// How long may pass with what comes in.
package struct IntakeLimits: Hashable, Sendable {
    /// For a caller to wait until somebody answers.
    package let pickUp: Duration
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

    package static let record = Record<IntakeLimits>(
        Field("pickUpSeconds", \.pickUp, .seconds, Words("Answering a call", zh: "接听")),
        Field("answerSeconds", \.answer, .seconds, Words("Dealing with a report", zh: "受理答复")),
        Field("urgentAnswerSeconds", \.urgentAnswer, .seconds, Words("The same in danger", zh: "紧急受理答复")),
        Field("callBackSeconds", \.callBack, .seconds, Words("Calling back", zh: "回拨")),
        Field("callBackAttempts", \.callBackAttempts, .integer(1...100), Words("Calls back", zh: "回拨次数")),
        Field("dataReplySeconds", \.dataReply, .seconds, Words("Requests for figures", zh: "数据请求")),
        Field("knownDays", \.knownDays, .integer(1...366), Words("Days that figures are known", zh: "数据有效天数")),
        Field(
            "directLevels",
            \.directLevels,
            .list(of: .choice, count: 1...10, isSet: true),
            Words("Levels that get direct reports", zh: "直报接收层级")
        ),
        Field("surge", \.surge, SurgeLimits.record.codec, Words("Surge", zh: "激增")),
        make: IntakeLimits.init
    )
}
