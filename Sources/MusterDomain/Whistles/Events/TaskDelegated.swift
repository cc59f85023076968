package import EventSourcing
package import Records

/// A party is given a part of the work.
package struct TaskDelegated: Hashable, Sendable {
    package let matter: MatterID
    package let task: TaskID
    package let party: PartyID
    package let duty: DutyID
    package let text: String
    package let dueBy: Timestamp
    package let limit: Duration

    package init(
        matter: MatterID,
        task: TaskID,
        party: PartyID,
        duty: DutyID,
        text: String,
        dueBy: Timestamp,
        limit: Duration
    ) {
        self.matter = matter
        self.task = task
        self.party = party
        self.duty = duty
        self.text = text
        self.dueBy = dueBy
        self.limit = limit
    }

    package static let record = Record<TaskDelegated>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("task", \.task, .identifier(), Words("Task", zh: "任务")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("text", \.text, .line(500), Words("Text", zh: "说明")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: TaskDelegated.init
    )
}
