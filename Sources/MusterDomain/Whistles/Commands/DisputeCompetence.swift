package import EventSourcing
import Records

/// Says that the duty is not this department's, citing the responsibility list.
package struct DisputeCompetence: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    /// An entry of the list in force.
    package let duty: DutyID
    package let argument: String

    package init(
        matter: MatterID,
        department: PartyID,
        duty: DutyID,
        argument: String
    ) {
        self.matter = matter
        self.department = department
        self.duty = duty
        self.argument = argument
    }

    package static let description = CommandDescription<DisputeCompetence>(
        "DisputeCompetence",
        of: .whistles,
        Words("Dispute competence", zh: "提出管辖异议"),
        by: [.departmentOfficer],
        Record<DisputeCompetence>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("duty", \.duty, .identifier(), Words("Duty cited", zh: "引用的职责")),
            Field("argument", \.argument, .prose(), Words("Argument", zh: "异议理由")),
            make: DisputeCompetence.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
