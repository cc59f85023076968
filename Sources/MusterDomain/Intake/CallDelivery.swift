package import EventSourcing
package import Records

/// What a hotline's system reads about somebody who hung up and was not called back in time. The number stands with the call,
/// where those may read it who call back.
package struct CallDelivery: Hashable, Sendable {
    package let call: CallID
    package let kind: TaskDeliveryKind
    package let territory: TerritoryID
    package let due: Timestamp
    /// How often somebody has called back in vain.
    package let attempts: Int

    package init(call: CallID, kind: TaskDeliveryKind, territory: TerritoryID, due: Timestamp, attempts: Int) {
        self.call = call
        self.kind = kind
        self.territory = territory
        self.due = due
        self.attempts = attempts
    }

    package static let record = Record<CallDelivery>(
        refusesUnknownMembers: false,
        Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
        Field("kind", \.kind, .choice(among: [.callOverdue]), Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("due", \.due, .timestamp, Words("Due", zh: "期限")),
        Field("attempts", \.attempts, .integer(0...1_000), Words("Attempts", zh: "已回拨次数")),
        make: CallDelivery.init
    )
}
