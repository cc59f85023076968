package import EventSourcing
package import Records

/// The next level up is told of a clock.
package struct WhistleEscalated: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    package let step: WhistleStep
    package let level: EscalationLevel
    /// The limit of the clock.
    package let dueAt: Timestamp

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        step: WhistleStep,
        level: EscalationLevel,
        dueAt: Timestamp
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.step = step
        self.level = level
        self.dueAt = dueAt
    }

    package static let record = Record<WhistleEscalated>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("step", \.step, .choice, Words("Step", zh: "环节")),
        Field("level", \.level, .choice, Words("Level", zh: "层级")),
        Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
        make: WhistleEscalated.init
    )
}
