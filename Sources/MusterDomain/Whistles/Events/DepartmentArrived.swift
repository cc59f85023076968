package import Records

/// A department is on the scene.
package struct DepartmentArrived: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    package let isLate: Bool

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        isLate: Bool
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.isLate = isLate
    }

    package static let record = Record<DepartmentArrived>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: DepartmentArrived.init
    )
}
