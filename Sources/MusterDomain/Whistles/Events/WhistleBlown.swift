package import EventSourcing
package import Records

/// Departments are called; their clocks run.
package struct WhistleBlown: Hashable, Sendable {
    package let matter: MatterID
    /// 1 for the first whistle of a matter; higher for repeats (R3.8).
    package let round: Int
    package let kind: WhistleKind
    package let urgency: Urgency
    package let duty: DutyID
    package let departments: [PartyID]
    /// Nil when the first receiver leads (R3.3).
    package let lead: PartyID?
    package let basis: String
    /// Nil when no list is in force.
    package let listVersion: String?
    /// An emergency whistle that the community head has not blown in person (R3.2).
    package let needsRatification: Bool
    /// For every department.
    package let acceptBy: Timestamp
    package let limit: Duration
    /// Who is told when; nil for whistles from before this was recorded.
    package let ladder: EscalationLadder?

    package init(
        matter: MatterID,
        round: Int,
        kind: WhistleKind,
        urgency: Urgency,
        duty: DutyID,
        departments: [PartyID],
        lead: PartyID? = nil,
        basis: String,
        listVersion: String? = nil,
        needsRatification: Bool,
        acceptBy: Timestamp,
        limit: Duration,
        ladder: EscalationLadder? = nil
    ) {
        self.matter = matter
        self.round = round
        self.kind = kind
        self.urgency = urgency
        self.duty = duty
        self.departments = departments
        self.lead = lead
        self.basis = basis
        self.listVersion = listVersion
        self.needsRatification = needsRatification
        self.acceptBy = acceptBy
        self.limit = limit
        self.ladder = ladder
    }

    package static let record = Record<WhistleBlown>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field(
            "departments",
            \.departments,
            .list(of: .identifier(), count: 1...10, isSet: true),
            Words("Departments", zh: "部门")
        ),
        Field("lead", \.lead, Codec<PartyID>.identifier().optional, Words("Lead", zh: "牵头单位")),
        Field("basis", \.basis, .prose(), Words("Basis", zh: "依据")),
        Field("listVersion", \.listVersion, Codec<String>.line(64).optional, Words("List version", zh: "清单版本")),
        Field("needsRatification", \.needsRatification, .boolean, Words("Needs ratification", zh: "需要追认")),
        Field("acceptBy", \.acceptBy, .timestamp, Words("Accept by", zh: "签收期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("ladder", \.ladder, EscalationLadder.recorded.codec.optional, Words("Escalation", zh: "升级")),
        make: WhistleBlown.init
    )
}
