package import EventSourcing
import Records

/// Records that somebody called back who had hung up.
package struct ReturnCall: Command, Hashable {
    package let call: CallID
    package let isReached: Bool
    package let report: ReportID?

    package init(
        call: CallID,
        isReached: Bool,
        report: ReportID? = nil
    ) {
        self.call = call
        self.isReached = isReached
        self.report = report
    }

    package static let description = CommandDescription<ReturnCall>(
        "ReturnCall",
        of: .intake,
        Words("Call back", zh: "回拨"),
        by: [.hotlineClerk],
        Record<ReturnCall>(
            Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
            Field("isReached", \.isReached, .boolean, Words("Reached", zh: "已接通")),
            Field(
                "report",
                \.report,
                Codec<ReportID>.identifier().optional,
                Words("Report", zh: "报告"),
                help: Words("What the caller had to say", zh: "来电人反映的内容")
            ),
            make: ReturnCall.init
        )
    )

    package var stream: StreamName { AbandonedCall.stream(call) }

    package func decide(_ subject: AbandonedCall, in context: Context) throws(Rejection) -> [AbandonedCall.Event] {
        guard let territory = subject.territory, let abandonedAt = subject.abandonedAt else {
            throw Rejection(
                kind: .notFound,
                rule: "S5",
                reason: "no-such-call",
                Words("There is no call \(call).", zh: "没有来电 \(call)。")
            )
        }
        try context.requireCovers(territory)
        try context.requireNotDated(before: abandonedAt, Words("the caller hung up", zh: "放弃时间"))
        guard let callBackBy = subject.callBackBy, !subject.isOver else {
            throw Rejection(
                rule: "R5.5",
                reason: subject.isOver ? "call-over" : "no-number",
                subject.isOver
                    ? Words("Nobody need call back any more.", zh: "无需再回拨。")
                    : Words("The number is not known.", zh: "号码未知。")
            )
        }
        guard isReached || report == nil else {
            throw Rejection(
                rule: "S5",
                reason: "not-reached",
                Words("Who was not reached has said nothing.", zh: "未接通则没有反映内容。")
            )
        }
        let attempt = subject.attempts + 1
        return [
            .callReturned(
                CallReturned(
                    call: call,
                    isReached: isReached,
                    report: report,
                    attempt: attempt,
                    isLast: isReached || attempt >= context.limits.intake.callBackAttempts,
                    isLate: context.now > callBackBy
                )
            )
        ]
    }
}
