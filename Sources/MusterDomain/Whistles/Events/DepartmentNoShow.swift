package import EventSourcing
package import Records

/// A department let a limit pass.
package struct DepartmentNoShow: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    package let step: WhistleStep
    /// The limit that passed.
    package let dueAt: Timestamp

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        step: WhistleStep,
        dueAt: Timestamp
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.step = step
        self.dueAt = dueAt
    }

    package static let record = Record<DepartmentNoShow>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("step", \.step, .choice, Words("Step", zh: "环节")),
        Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
        make: DepartmentNoShow.init
    )
}
