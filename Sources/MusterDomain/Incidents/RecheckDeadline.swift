package import EventSourcing
import Records

/// When a re-check may be made and until when it must be, recorded when its clock starts (R0.5).
package struct RecheckDeadline: Hashable, Sendable {
    package let recheck: RecheckID
    /// Before this it does not count.
    package let notBefore: Timestamp
    package let dueBy: Timestamp
    package let limit: Duration

    package init(recheck: RecheckID, notBefore: Timestamp, dueBy: Timestamp, limit: Duration) {
        self.recheck = recheck
        self.notBefore = notBefore
        self.dueBy = dueBy
        self.limit = limit
    }

    static let record = Record<RecheckDeadline>(
        refusesUnknownMembers: false,
        Field("recheck", \.recheck, .identifier(), Words("Re-check", zh: "复查")),
        Field("notBefore", \.notBefore, .timestamp, Words("Not before", zh: "不早于")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: RecheckDeadline.init
    )
}
