package import Records

/// A party did its part.
package struct TaskCompleted: Hashable, Sendable {
    package let matter: MatterID
    package let task: TaskID
    package let party: PartyID
    package let text: String
    package let isLate: Bool

    package init(
        matter: MatterID,
        task: TaskID,
        party: PartyID,
        text: String,
        isLate: Bool
    ) {
        self.matter = matter
        self.task = task
        self.party = party
        self.text = text
        self.isLate = isLate
    }

    package static let record = Record<TaskCompleted>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("task", \.task, .identifier(), Words("Task", zh: "任务")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: TaskCompleted.init
    )
}
