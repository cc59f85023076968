package import EventSourcing
import Records

/// Gives more time to call back who hung up in a surge (R5.5). What the call was given first was the time of every day.
package struct ExtendCallBack: Command, Hashable {
    package let call: CallID
    /// Whose surge it is, and which.
    package let surge: TerritoryID
    package let number: Int
    package let callBackBy: Timestamp
    package let limit: Duration

    package init(call: CallID, surge: TerritoryID, number: Int, callBackBy: Timestamp, limit: Duration) {
        self.call = call
        self.surge = surge
        self.number = number
        self.callBackBy = callBackBy
        self.limit = limit
    }

    package static let description = CommandDescription<ExtendCallBack>(
        "ExtendCallBack",
        of: .intake,
        Words("Give more time to call back", zh: "放宽回拨时限"),
        by: [.system],
        under: "R5.5",
        Record<ExtendCallBack>(
            Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
            Field("surge", \.surge, .identifier(), Words("Territory of the surge", zh: "激增区域")),
            Field("number", \.number, .integer(1...1_000_000), Words("Which surge", zh: "第几次")),
            Field("callBackBy", \.callBackBy, .timestamp, Words("Call back by", zh: "回拨期限")),
            Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
            make: ExtendCallBack.init
        )
    )

    package var stream: StreamName { AbandonedCall.stream(call) }

    package func decide(_ subject: AbandonedCall, in context: Context) throws(Rejection) -> [AbandonedCall.Event] {
        // A surge never takes time away, and who was called back needs none.
        guard let before = subject.callBackBy, before < callBackBy, !subject.isOver else { return [] }
        let extended = CallBackExtended(
            call: call,
            surge: surge,
            number: number,
            callBackBy: callBackBy,
            limit: limit
        )
        return [.callBackExtended(extended)]
    }
}
