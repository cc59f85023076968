package import EventSourcing
package import Records

/// The incident is worked on by this version of a playbook from now on. All of it is here, so that nothing that is published
/// later can change what the incident's groups must do (R6.7), and a replay needs nothing else.
package struct PlaybookActivated: Hashable, Sendable {
    package let incident: IncidentID
    package let playbook: Playbook
    package let groupsUpBy: Timestamp
    package let groupsUpLimit: Duration
    package let summaryBy: Timestamp
    package let summaryLimit: Duration
    /// The clocks of the steps that wait for nothing.
    package let deadlines: [StepDeadline]

    package init(
        incident: IncidentID,
        playbook: Playbook,
        groupsUpBy: Timestamp,
        groupsUpLimit: Duration,
        summaryBy: Timestamp,
        summaryLimit: Duration,
        deadlines: [StepDeadline] = []
    ) {
        self.incident = incident
        self.playbook = playbook
        self.groupsUpBy = groupsUpBy
        self.groupsUpLimit = groupsUpLimit
        self.summaryBy = summaryBy
        self.summaryLimit = summaryLimit
        self.deadlines = deadlines
    }

    package static let record = Record<PlaybookActivated>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("playbook", \.playbook, Playbook.stored.codec, Words("Playbook", zh: "预案")),
        Field("groupsUpBy", \.groupsUpBy, .timestamp, Words("Groups up by", zh: "各组到位期限")),
        Field("groupsUpLimitSeconds", \.groupsUpLimit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("summaryBy", \.summaryBy, .timestamp, Words("Summary by", zh: "汇总期限")),
        Field("summaryLimitSeconds", \.summaryLimit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("deadlines", \.deadlines, StepDeadline.list, Words("Clocks started", zh: "启动的计时")),
        make: PlaybookActivated.init
    )
}
