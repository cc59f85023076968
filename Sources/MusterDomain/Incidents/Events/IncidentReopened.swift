package import EventSourcing
package import Records

/// It was not over after all: all groups begin anew, by the same version of the playbook (R6.7).
package struct IncidentReopened: Hashable, Sendable {
    package let incident: IncidentID
    package let round: Int
    package let reason: String
    package let groupsUpBy: Timestamp
    package let groupsUpLimit: Duration
    package let summaryBy: Timestamp
    package let summaryLimit: Duration
    package let deadlines: [StepDeadline]

    package init(
        incident: IncidentID,
        round: Int,
        reason: String,
        groupsUpBy: Timestamp,
        groupsUpLimit: Duration,
        summaryBy: Timestamp,
        summaryLimit: Duration,
        deadlines: [StepDeadline] = []
    ) {
        self.incident = incident
        self.round = round
        self.reason = reason
        self.groupsUpBy = groupsUpBy
        self.groupsUpLimit = groupsUpLimit
        self.summaryBy = summaryBy
        self.summaryLimit = summaryLimit
        self.deadlines = deadlines
    }

    package static let record = Record<IncidentReopened>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("round", \.round, .integer(2...1_000), Words("Round", zh: "轮次")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("groupsUpBy", \.groupsUpBy, .timestamp, Words("Groups up by", zh: "各组到位期限")),
        Field("groupsUpLimitSeconds", \.groupsUpLimit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("summaryBy", \.summaryBy, .timestamp, Words("Summary by", zh: "汇总期限")),
        Field("summaryLimitSeconds", \.summaryLimit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("deadlines", \.deadlines, StepDeadline.list, Words("Clocks started", zh: "启动的计时")),
        make: IncidentReopened.init
    )
}
