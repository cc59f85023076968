package import EventSourcing
package import Records

/// Street or district decided a dispute.
package struct CompetenceRuled: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    /// True: the department is released. False: it must come.
    package let upheld: Bool
    package let replacement: PartyID?
    /// Who leads from now on; nil while the first receiver is still to be known.
    package let lead: PartyID?
    package let text: String
    /// For the replacement, or for a department whose clock stood still; nil when no clock starts.
    package let acceptBy: Timestamp?
    package let limit: Duration?
    /// Who is told when; nil when no clock starts, and for rulings from before this was recorded.
    package let ladder: EscalationLadder?

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        upheld: Bool,
        replacement: PartyID? = nil,
        lead: PartyID? = nil,
        text: String,
        acceptBy: Timestamp? = nil,
        limit: Duration? = nil,
        ladder: EscalationLadder? = nil
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.upheld = upheld
        self.replacement = replacement
        self.lead = lead
        self.text = text
        self.acceptBy = acceptBy
        self.limit = limit
        self.ladder = ladder
    }

    package static let record = Record<CompetenceRuled>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("upheld", \.upheld, .boolean, Words("Dispute upheld", zh: "异议成立")),
        Field("replacement", \.replacement, Codec<PartyID>.identifier().optional, Words("Replacement", zh: "改派单位")),
        Field("lead", \.lead, Codec<PartyID>.identifier().optional, Words("Lead", zh: "牵头单位")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("acceptBy", \.acceptBy, Codec<Timestamp>.timestamp.optional, Words("Accept by", zh: "签收期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("ladder", \.ladder, EscalationLadder.recorded.codec.optional, Words("Escalation", zh: "升级")),
        make: CompetenceRuled.init
    )
}
