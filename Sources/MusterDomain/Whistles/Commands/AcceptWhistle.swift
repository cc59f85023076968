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

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        let round = try subject.requireOpenRound()
        let call = try subject.requireCall(of: department, in: round)
        try context.requireActsFor(department)
        switch call.state {
        case .blown(let clock):
            try context.requireNotBefore(
                round.blownAt,
                "before-whistle",
                Words("This lies before the whistle.", zh: "时间早于吹哨。")
            )
            let limit = context.limits.response(to: round.urgency).onScene
            return [
                .whistleAccepted(
                    WhistleAccepted(
                        matter: matter,
                        round: round.number,
                        department: department,
                        becomesLead: round.lead == nil,
                        isLate: context.occurredAt > clock.due,
                        onSceneBy: context.start(notBefore: clock.since) + limit,
                        limit: limit,
                        ladder: context.limits.ladder
                    )
                )
            ]
        case .disputed:
            throw Rejection(
                rule: "R3.4",
                reason: "dispute-pending",
                Words("\(department) disputes its competence; a ruling is awaited.", zh: "\(department) 已提出管辖异议，正待裁定。")
            )
        case .enRoute, .onScene, .acting, .done: throw .acceptedAlready(department)
        case .released: throw .released(department)
        case .withdrawn: throw .withdrawn
        }
    }
}
