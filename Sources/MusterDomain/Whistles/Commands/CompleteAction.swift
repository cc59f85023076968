package import EventSourcing
import Records

/// Says that a department solved its part. It need not have agreed a joint plan: what is cleared at once on the scene
/// (flow F2) was acted upon, and there was nothing to agree.
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

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        let round = try subject.requireOpenRound()
        let call = try subject.requireCall(of: department, in: round)
        try context.requireActsFor(department)
        guard result == .solved else {
            throw Rejection(
                rule: "R3.6",
                reason: "passed-on",
                Words("A case that merely moved on is not completed.", zh: "案件只是转走，不能算办结。"),
                advice: Words("Dispute the competence, or see it through.", zh: "请提出管辖异议，或办理到底。")
            )
        }
        switch call.state {
        case .onScene, .acting:
            return [
                .actionCompleted(
                    ActionCompleted(
                        matter: matter,
                        round: round.number,
                        department: department,
                        text: text,
                        isLate: call.clock.map { context.occurredAt > $0.due }
                    )
                )
            ]
        case .blown, .disputed, .enRoute:
            throw Rejection(
                rule: "S3",
                reason: "not-on-scene",
                Words("\(department) is not on the scene.", zh: "\(department) 尚未到场。"),
                advice: Words("Report the arrival first.", zh: "请先到场报到。")
            )
        case .done:
            throw Rejection(
                rule: "S3",
                reason: "done-already",
                Words("\(department) has completed its action already.", zh: "\(department) 已完成处置。")
            )
        case .released: throw .released(department)
        case .withdrawn: throw .withdrawn
        }
    }
}
