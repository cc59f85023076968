package import EventSourcing
package import Records

/// The time passed in which who had hung up was to be called back.
package struct CallOverdue: Hashable, Sendable {
    package let call: CallID
    package let territory: TerritoryID
    package let dueBy: Timestamp
    package let limit: Duration?
    /// How often somebody had called back in vain.
    package let attempts: Int

    package init(call: CallID, territory: TerritoryID, dueBy: Timestamp, limit: Duration? = nil, attempts: Int) {
        self.call = call
        self.territory = territory
        self.dueBy = dueBy
        self.limit = limit
        self.attempts = attempts
    }

    package static let record = Record<CallOverdue>(
        refusesUnknownMembers: false,
        Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("attempts", \.attempts, .integer(0...1_000), Words("Attempts", zh: "已回拨次数")),
        make: CallOverdue.init
    )
}
