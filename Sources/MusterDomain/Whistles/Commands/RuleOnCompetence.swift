package import EventSourcing
import Records

/// Decides a dispute.
package struct RuleOnCompetence: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    /// True releases the department.
    package let upheld: Bool
    /// Who comes instead.
    package let replacement: PartyID?
    package let text: String

    package init(
        matter: MatterID,
        department: PartyID,
        upheld: Bool,
        replacement: PartyID? = nil,
        text: String
    ) {
        self.matter = matter
        self.department = department
        self.upheld = upheld
        self.replacement = replacement
        self.text = text
    }

    package static let description = CommandDescription<RuleOnCompetence>(
        "RuleOnCompetence",
        of: .whistles,
        Words("Rule on competence", zh: "裁定管辖"),
        by: [.streetCoordinator, .districtCommand],
        under: "R3.4",
        isOrder: true,
        Record<RuleOnCompetence>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("upheld", \.upheld, .boolean, Words("Dispute upheld", zh: "异议成立")),
            Field("replacement", \.replacement, Codec<PartyID>.identifier().optional, Words("Replacement", zh: "改派单位")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: RuleOnCompetence.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
