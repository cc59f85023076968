package import EventSourcing
import Records

/// Says that a department solved its part.
package struct CompleteAction: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    package let result: ActionResult
    package let text: String

    package init(
        matter: MatterID,
        department: PartyID,
        result: ActionResult,
        text: String
    ) {
        self.matter = matter
        self.department = department
        self.result = result
        self.text = text
    }

    package static let description = CommandDescription<CompleteAction>(
        "CompleteAction",
        of: .whistles,
        Words("Complete the action", zh: "完成处置"),
        by: [.departmentOfficer, .districtCommand],
        under: "R3.6",
        Record<CompleteAction>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("result", \.result, .choice, Words("Result", zh: "结果")),
            Field("text", \.text, .prose(), Words("What was done", zh: "处置情况")),
            make: CompleteAction.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
