package import EventSourcing
package import Records

/// A department is on the scene.
package struct DepartmentArrived: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    package let isLate: Bool
    /// Until when it must have dealt with the matter. Nil, as all that follows, for arrivals from before this was recorded.
    package let actBy: Timestamp?
    package let limit: Duration?
    /// Who is told when.
    package let ladder: EscalationLadder?

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        isLate: Bool,
        actBy: Timestamp? = nil,
        limit: Duration? = nil,
        ladder: EscalationLadder? = nil
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.isLate = isLate
        self.actBy = actBy
        self.limit = limit
        self.ladder = ladder
    }

    package static let record = Record<DepartmentArrived>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        Field("actBy", \.actBy, Codec<Timestamp>.timestamp.optional, Words("Act by", zh: "处置期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("ladder", \.ladder, EscalationLadder.recorded.codec.optional, Words("Escalation", zh: "升级")),
        make: DepartmentArrived.init
    )
}
