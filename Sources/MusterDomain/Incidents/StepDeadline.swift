package import EventSourcing
import Records

/// Until when a step must be finished, recorded when its clock starts (R0.5).
package struct StepDeadline: Hashable, Sendable {
    package let step: StepID
    package let dueBy: Timestamp
    package let limit: Duration

    package init(step: StepID, dueBy: Timestamp, limit: Duration) {
        self.step = step
        self.dueBy = dueBy
        self.limit = limit
    }

    static let record = Record<StepDeadline>(
        refusesUnknownMembers: false,
        Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: StepDeadline.init
    )

    static let list = Codec<[StepDeadline]>.list(of: record.codec, count: 0...Playbook.maximumSteps).orMissing([])
}
