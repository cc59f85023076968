package import Records

/// When more comes in than a desk can answer, when that is over, and what holds in between (R5.5).
package struct SurgeLimits: Hashable, Sendable {
    /// In percent of what is usual in the hour; more declares a surge.
    package let arrivalsPercent: Int
    /// In percent of all calls; more declares a surge.
    package let abandonedPercent: Int
    /// In percent of what is usual; no more counts as quiet. Lower than what declares one, so that it does not flicker.
    package let quietArrivalsPercent: Int
    package let quietAbandonedPercent: Int
    /// Fewer in an hour are never a surge.
    package let minimumArrivals: Int
    /// Fewer calls in an hour say nothing of the share that hung up.
    package let minimumCalls: Int
    /// How many days' same hour makes what is usual.
    package let days: Int
    /// With fewer of them nothing is usual yet.
    package let minimumDays: Int
    /// How long it must be quiet after the last busy hour.
    package let quiet: Duration
    /// To answer what is not urgent in the meantime.
    package let answer: Duration
    /// To call back in the meantime.
    package let callBack: Duration

    package init(
        arrivalsPercent: Int,
        abandonedPercent: Int,
        quietArrivalsPercent: Int,
        quietAbandonedPercent: Int,
        minimumArrivals: Int,
        minimumCalls: Int,
        days: Int,
        minimumDays: Int,
        quiet: Duration,
        answer: Duration,
        callBack: Duration
    ) {
        self.arrivalsPercent = arrivalsPercent
        self.abandonedPercent = abandonedPercent
        self.quietArrivalsPercent = quietArrivalsPercent
        self.quietAbandonedPercent = quietAbandonedPercent
        self.minimumArrivals = minimumArrivals
        self.minimumCalls = minimumCalls
        self.days = days
        self.minimumDays = minimumDays
        self.quiet = quiet
        self.answer = answer
        self.callBack = callBack
    }

    package static let standard = SurgeLimits(
        arrivalsPercent: 300,
        abandonedPercent: 20,
        quietArrivalsPercent: 200,
        quietAbandonedPercent: 10,
        minimumArrivals: 30,
        minimumCalls: 20,
        days: 14,
        minimumDays: 3,
        quiet: .seconds(3_600),
        answer: .seconds(86_400),
        callBack: .seconds(43_200)
    )

    func scaled(by factor: Double) -> SurgeLimits {
        SurgeLimits(
            arrivalsPercent: arrivalsPercent,
            abandonedPercent: abandonedPercent,
            quietArrivalsPercent: quietArrivalsPercent,
            quietAbandonedPercent: quietAbandonedPercent,
            minimumArrivals: minimumArrivals,
            minimumCalls: minimumCalls,
            days: days,
            minimumDays: minimumDays,
            quiet: quiet.scaled(by: factor),
            answer: answer.scaled(by: factor),
            callBack: callBack.scaled(by: factor)
        )
    }

    private static let percents = 1...10_000

    /// What a document does not name is as in `standard`.
    package static func record(standard: SurgeLimits) -> Record<SurgeLimits> {
        Record<SurgeLimits>(
            standard: standard,
            Field(
                "arrivalsPercent",
                \.arrivalsPercent,
                .integer(percents),
                Words("Begins at arrivals", zh: "启动来量比"),
                help: Words(
                    "More than so many percent of what is usual in the hour declares a surge (R5.5)",
                    zh: "来量超过同时段常量的百分之几即启动（R5.5）"
                )
            ),
            Field(
                "abandonedPercent",
                \.abandonedPercent,
                .integer(1...100),
                Words("Begins at hung up", zh: "启动放弃率"),
                help: Words(
                    "More than so many percent of callers hanging up declares one too (R5.5)",
                    zh: "放弃率超过百分之几即启动（R5.5）"
                )
            ),
            Field(
                "quietArrivalsPercent",
                \.quietArrivalsPercent,
                .integer(percents),
                Words("Quiet at arrivals", zh: "平稳来量比"),
                help: Words(
                    "No more than so many percent of what is usual is quiet (R5.5)",
                    zh: "来量不高于同时段常量的百分之几即平稳（R5.5）"
                )
            ),
            Field(
                "quietAbandonedPercent",
                \.quietAbandonedPercent,
                .integer(0...100),
                Words("Quiet at hung up", zh: "平稳放弃率"),
                help: Words("No more than so many percent hanging up is quiet (R5.5)", zh: "放弃率不高于百分之几即平稳（R5.5）")
            ),
            Field(
                "minimumArrivals",
                \.minimumArrivals,
                .integer(1...1_000_000),
                Words("Least arrivals", zh: "最低来量"),
                help: Words("Fewer in an hour are never a surge (R5.5)", zh: "一小时来量低于此数不启动（R5.5）")
            ),
            Field(
                "minimumCalls",
                \.minimumCalls,
                .integer(1...1_000_000),
                Words("Least calls", zh: "最低来电"),
                help: Words(
                    "Fewer calls in an hour say nothing of the share that hung up (R5.5)",
                    zh: "一小时来电低于此数不计放弃率（R5.5）"
                )
            ),
            Field(
                "days",
                \.days,
                .integer(1...60),
                Words("Days that are compared", zh: "对比天数"),
                help: Words("Of how many days the same hour makes what is usual (R5.5)", zh: "同时段常量取多少天（R5.5）")
            ),
            Field(
                "minimumDays",
                \.minimumDays,
                .integer(1...60),
                Words("Least days", zh: "最少天数"),
                help: Words("With fewer days nothing is usual yet (R5.5)", zh: "不足此天数则无常量可比（R5.5）")
            ),
            Field(
                "quietSeconds",
                \.quiet,
                .seconds,
                Words("Quiet for", zh: "平稳时长"),
                help: Words("How long it must be quiet before a surge ends (R5.5)", zh: "平稳多久后结束（R5.5）")
            ),
            Field(
                "answerSeconds",
                \.answer,
                .seconds,
                Words("Answering meanwhile", zh: "期间答复"),
                help: Words(
                    "Meanwhile, to deal with what came by app or web and is not urgent (R5.5)",
                    zh: "期间非紧急线上报告的受理时限（R5.5）"
                )
            ),
            Field(
                "callBackSeconds",
                \.callBack,
                .seconds,
                Words("Calling back meanwhile", zh: "期间回拨"),
                help: Words("Meanwhile, to call back who hung up (R5.5)", zh: "期间回拨放弃来电的时限（R5.5）")
            ),
            make: SurgeLimits.init
        )
    }
}
