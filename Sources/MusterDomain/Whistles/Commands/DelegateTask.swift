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

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
