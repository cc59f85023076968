package import Records

/// A department says that the duty is not its own.
package struct CompetenceDisputed: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    /// The entry of the list it cites (R3.4).
    package let duty: DutyID
    package let argument: String
    /// True for the lead, whose clock a dispute does not stop (R3.4).
    package let clockRuns: Bool

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        duty: DutyID,
        argument: String,
        clockRuns: Bool
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.duty = duty
        self.argument = argument
        self.clockRuns = clockRuns
    }

    package static let record = Record<CompetenceDisputed>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("argument", \.argument, .prose(), Words("Argument", zh: "异议理由")),
        Field("clockRuns", \.clockRuns, .boolean, Words("Clock runs on", zh: "继续计时")),
        make: CompetenceDisputed.init
    )
}
