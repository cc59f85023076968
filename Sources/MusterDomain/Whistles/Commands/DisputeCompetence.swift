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

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        let round = try subject.requireOpenRound()
        let call = try subject.requireCall(of: department, in: round)
        try context.requireActsFor(department)
        guard !call.hasDisputed else {
            throw Rejection(
                rule: "R3.4",
                reason: "disputed-before",
                Words("A department may dispute once.", zh: "同一部门只能提出一次异议。")
            )
        }
        switch call.state {
        case .blown: break
        case .disputed, .enRoute, .onScene, .acting, .done: throw .acceptedAlready(department)
        case .released: throw .released(department)
        case .withdrawn: throw .withdrawn
        }
        guard context.responsibility(for: duty, in: territory) != nil else {
            throw Rejection(
                rule: "R3.4",
                reason: "citation-unknown",
                Words(
                    "The list in force has no entry \(duty) for \(territory).",
                    zh: "现行清单上没有 \(territory) 的条目 \(duty)。"
                ),
                advice: Words("Cite the entry that says whose duty it is.", zh: "请引用表明职责归属的条目。")
            )
        }
        return [
            .competenceDisputed(
                CompetenceDisputed(
                    matter: matter,
                    round: round.number,
                    department: department,
                    duty: duty,
                    argument: argument,
                    clockRuns: round.lead == department
                )
            )
        ]
    }
}
