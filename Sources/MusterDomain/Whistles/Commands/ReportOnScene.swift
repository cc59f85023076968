package import EventSourcing
import Records

/// Says that the department has arrived.
package struct ReportOnScene: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID

    package init(
        matter: MatterID,
        department: PartyID
    ) {
        self.matter = matter
        self.department = department
    }

    package static let description = CommandDescription<ReportOnScene>(
        "ReportOnScene",
        of: .whistles,
        Words("Report on scene", zh: "到场报到"),
        by: [.departmentOfficer, .districtCommand],
        Record<ReportOnScene>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            make: ReportOnScene.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
