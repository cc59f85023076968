package import EventSourcing
import Records

/// Takes a call: the department sets out.
package struct AcceptWhistle: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID

    package init(
        matter: MatterID,
        department: PartyID
    ) {
        self.matter = matter
        self.department = department
    }

    package static let description = CommandDescription<AcceptWhistle>(
        "AcceptWhistle",
        of: .whistles,
        Words("Accept the whistle", zh: "签收"),
        by: [.departmentOfficer, .districtCommand],
        Record<AcceptWhistle>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            make: AcceptWhistle.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
