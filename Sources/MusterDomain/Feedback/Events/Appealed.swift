package import EventSourcing
package import Records

/// The reporter does not agree with how it ended.
package struct Appealed: Hashable, Sendable {
    package let matter: MatterID
    package let reason: String
    package let decideBy: Timestamp
    package let limit: Duration

    package init(matter: MatterID, reason: String, decideBy: Timestamp, limit: Duration) {
        self.matter = matter
        self.reason = reason
        self.decideBy = decideBy
        self.limit = limit
    }

    package static let record = Record<Appealed>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由"), isPersonal: true),
        Field("decideBy", \.decideBy, .timestamp, Words("Decide by", zh: "复核期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: Appealed.init
    )
}
