package import EventSourcing
import Records

/// Says that the department has arrived. From then on its time to deal with the matter runs.
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

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let category = try subject.requireSubject().kind.category
        let round = try subject.requireOpenRound()
        let call = try subject.requireCall(of: department, in: round)
        try context.requireActsFor(department)
        switch call.state {
        case .enRoute(let clock):
            try context.requireNotBefore(
                clock.since,
                "before-acceptance",
                Words("The arrival lies before the acceptance.", zh: "到场时间早于签收时间。")
            )
            let limit = context.limits.acting.limit(of: category)
            return [
                .departmentArrived(
                    DepartmentArrived(
                        matter: matter,
                        round: round.number,
                        department: department,
                        isLate: context.occurredAt > clock.due,
                        actBy: context.start(notBefore: clock.since) + limit,
                        limit: limit,
                        ladder: context.limits.ladder
                    )
                )
            ]
        case .blown, .disputed:
            throw Rejection(
                rule: "S3",
                reason: "not-accepted",
                Words("\(department) has not accepted the whistle.", zh: "\(department) 尚未签收。"),
                advice: Words("Accept it first.", zh: "请先签收。")
            )
        case .onScene, .acting, .done:
            throw Rejection(
                rule: "S3",
                reason: "arrived-already",
                Words("\(department) has reported its arrival already.", zh: "\(department) 已到场报到。")
            )
        case .released: throw .released(department)
        case .withdrawn: throw .withdrawn
        }
    }
}
