package import Records

/// A department solved its part.
package struct ActionCompleted: Hashable, Sendable {
    package let matter: MatterID
    package let round: Int
    package let department: PartyID
    package let text: String
    /// Nil where its time was not limited.
    package let isLate: Bool?

    package init(
        matter: MatterID,
        round: Int,
        department: PartyID,
        text: String,
        isLate: Bool? = nil
    ) {
        self.matter = matter
        self.round = round
        self.department = department
        self.text = text
        self.isLate = isLate
    }

    package static let record = Record<ActionCompleted>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("round", \.round, .integer(1...1_000), Words("Round", zh: "轮次")),
        Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("isLate", \.isLate, Codec<Bool>.boolean.optional, Words("Late", zh: "逾期")),
        make: ActionCompleted.init
    )
}
