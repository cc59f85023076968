package import EventSourcing
import Records

/// Says that a party did its part.
package struct CompleteTask: Command, Hashable {
    package let matter: MatterID
    package let task: TaskID
    package let text: String

    package init(
        matter: MatterID,
        task: TaskID,
        text: String
    ) {
        self.matter = matter
        self.task = task
        self.text = text
    }

    package static let description = CommandDescription<CompleteTask>(
        "CompleteTask",
        of: .whistles,
        Words("Complete a task", zh: "完成任务"),
        by: [.propertyManager, .ngoCoordinator, .departmentOfficer, .gridWorker, .communityHead],
        Record<CompleteTask>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("task", \.task, .identifier(), Words("Task", zh: "任务")),
            Field("text", \.text, .prose(), Words("What was done", zh: "完成情况")),
            make: CompleteTask.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        guard let given = subject.tasks.first(where: { $0.task == task }) else {
            throw Rejection(
                kind: .notFound,
                rule: "S3",
                reason: "no-such-task",
                Words("This matter has no task \(task).", zh: "该事项没有任务 \(task)。")
            )
        }
        try context.requireActsFor(given.party)
        guard !given.isDone else {
            throw Rejection(
                rule: "S3",
                reason: "task-done",
                Words("Task \(task) is done already.", zh: "任务 \(task) 已完成。")
            )
        }
        guard subject.stage != .closed else { throw subject.refusal(of: Self.description.words) }
        return [
            .taskCompleted(
                TaskCompleted(
                    matter: matter,
                    task: task,
                    party: given.party,
                    text: text,
                    isLate: context.occurredAt > given.due
                )
            )
        ]
    }
}
