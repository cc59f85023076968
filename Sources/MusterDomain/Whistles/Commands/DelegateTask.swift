package import EventSourcing
import Records

/// Gives a party a part of the work, by a duty it has on the list.
package struct DelegateTask: Command, Hashable {
    package let matter: MatterID
    package let task: TaskID
    package let party: PartyID
    package let duty: DutyID
    package let text: String
    /// Nil takes the usual limit.
    package let dueWithinMinutes: Int?

    package init(
        matter: MatterID,
        task: TaskID,
        party: PartyID,
        duty: DutyID,
        text: String,
        dueWithinMinutes: Int? = nil
    ) {
        self.matter = matter
        self.task = task
        self.party = party
        self.duty = duty
        self.text = text
        self.dueWithinMinutes = dueWithinMinutes
    }

    package static let description = CommandDescription<DelegateTask>(
        "DelegateTask",
        of: .whistles,
        Words("Delegate a task", zh: "交办任务"),
        by: [.communityHead, .streetCoordinator, .departmentOfficer, .districtCommand],
        isOrder: true,
        Record<DelegateTask>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("task", \.task, .identifier(), Words("Task", zh: "任务")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
            Field("text", \.text, .line(500), Words("What to do", zh: "任务内容")),
            Field(
                "dueWithinMinutes",
                \.dueWithinMinutes,
                Codec<Int>.integer(1...10_080).optional,
                Words("Due within minutes", zh: "限时（分钟）")
            ),
            make: DelegateTask.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        if context.actor.speaksForDepartments {
            try subject.requireLead(try subject.requireOpenRound(), context)
        } else {
            try context.requireCovers(territory)
        }
        switch subject.stage {
        case .raised, .investigating, .awaitingConsent, .consented, .whistled, .inAction, .reopened: break
        case .unraised, .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed:
            throw subject.refusal(of: Self.description.words)
        }
        guard !subject.tasks.contains(where: { $0.task == task }), subject.tasks.count < Matter.maximumTasks else {
            throw Rejection(
                rule: "S3",
                reason: "task-exists",
                Words("Task \(task) was given already, or the matter has too many.", zh: "任务 \(task) 已交办，或任务过多。")
            )
        }
        try context.requireParty(party)
        try checkDuty(in: territory, context)
        let limit = dueWithinMinutes.map { Duration.seconds($0 * 60) } ?? context.limits.task
        return [
            .taskDelegated(
                TaskDelegated(
                    matter: matter,
                    task: task,
                    party: party,
                    duty: duty,
                    text: text,
                    dueBy: context.now + limit,
                    limit: limit
                )
            )
        ]
    }

    private func checkDuty(in territory: TerritoryID, _ context: Context) throws(Rejection) {
        guard let entry = context.responsibility(for: duty, in: territory) else {
            throw Rejection(
                rule: "R1.5",
                reason: "nobody-responsible",
                Words(
                    "Nobody is responsible for \(duty) in \(territory) on the list in force.",
                    zh: "现行清单上，\(territory) 的职责 \(duty) 没有责任单位。"
                ),
                advice: Words("The district can add it to the list.", zh: "可由区里补入清单。")
            )
        }
        guard entry.names(party) else {
            throw Rejection(
                rule: "R1.5",
                reason: "no-duty-on-list",
                Words(
                    "\(party) does not have the duty \(duty) in \(territory) on the list in force.",
                    zh: "现行清单上，\(party) 在 \(territory) 没有职责 \(duty)。"
                ),
                advice: Words("\(entry.responsible) is responsible for it.", zh: "责任单位是 \(entry.responsible)。")
            )
        }
    }
}
