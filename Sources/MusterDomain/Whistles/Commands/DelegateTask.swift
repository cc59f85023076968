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
        try context.requireArea(of: try context.requireParty(party), holds: territory)
        try checkDuty(in: territory, context)
        try checkWay(subject, context)
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
            throw context.nobodyResponsible(
                for: duty,
                in: territory,
                advice: Words(
                    "Whoever publishes the list can add it: the district command or an administrator.",
                    zh: "可由发布清单的区指挥部或系统管理员补入。"
                )
            )
        }
        guard entry.names(party) else { throw context.notOnList(party, entry) }
    }

    /// Nobody gives a duty to themselves, or back to somebody from whom it came, by open tasks of this matter (S1).
    private func checkWay(_ subject: Matter, _ context: Context) throws(Rejection) {
        var way = [context.actor.party]
        var seen: Set<PartyID> = []
        while let holder = way.popLast() {
            guard holder != party else {
                throw Rejection(
                    rule: "S1",
                    reason: "circular-delegation",
                    Words(
                        "\(duty) would come back to \(party), from whom it came.",
                        zh: "\(duty) 本由 \(party) 交办，不能再交回。"
                    ),
                    advice: Words("Do it, or tell \(party) that you cannot.", zh: "请自行办理，或告知 \(party) 无法办理。")
                )
            }
            guard seen.insert(holder).inserted else { continue }
            way += subject.tasks.filter { !$0.isDone && $0.duty == duty && $0.party == holder }.map(\.sender)
        }
    }
}
