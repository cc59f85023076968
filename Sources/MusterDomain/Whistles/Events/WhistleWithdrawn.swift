package import Records

/// The call is taken back; it stays visible (R3.8).
package struct WhistleWithdrawn: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    /// Those who were still called.
    package let departments: [PartyID]
    package let reason: String

    package init(
        matter: MatterID,
        round: Int,
        departments: [PartyID],
        reason: String
    ) {
        self.matter = matter
        self.round = round
        self.departments = departments
        self.reason = reason
    }

    package static let record = Record<WhistleWithdrawn>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field(
            "departments",
            \.departments,
            .list(of: .identifier(), count: 1...20, isSet: true),
            Words("Departments", zh: "部门")
        ),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        make: WhistleWithdrawn.init
    )
}
