package import EventSourcing
package import Records

/// A department takes the call and sets out.
package struct WhistleAccepted: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    /// The first receiver of a whistle without a lead (R3.3).
    package let becomesLead: Bool
    package let isLate: Bool
    package let onSceneBy: Timestamp
    package let limit: Duration
    /// Who is told when; nil for acceptances from before this was recorded.
    package let ladder: EscalationLadder?

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        becomesLead: Bool,
        isLate: Bool,
        onSceneBy: Timestamp,
        limit: Duration,
        ladder: EscalationLadder? = nil
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.becomesLead = becomesLead
        self.isLate = isLate
        self.onSceneBy = onSceneBy
        self.limit = limit
        self.ladder = ladder
    }

    package static let record = Record<WhistleAccepted>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("becomesLead", \.becomesLead, .boolean, Words("Becomes the lead", zh: "成为牵头")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        Field("onSceneBy", \.onSceneBy, .timestamp, Words("On scene by", zh: "到场期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("ladder", \.ladder, EscalationLadder.recorded.codec.optional, Words("Escalation", zh: "升级")),
        make: WhistleAccepted.init
    )
}
