package import EventSourcing
package import Records

/// A caller hung up in a surge, and may be called back later than on other days (R5.5).
package struct CallBackExtended: Hashable, Sendable {
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

    package static let record = Record<CallBackExtended>(
        refusesUnknownMembers: false,
        Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
        Field("surge", \.surge, .identifier(), Words("Territory of the surge", zh: "激增区域")),
        Field("number", \.number, .integer(1...1_000_000), Words("Which surge", zh: "第几次")),
        Field("callBackBy", \.callBackBy, .timestamp, Words("Call back by", zh: "回拨期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: CallBackExtended.init
    )
}
