package import Records

/// A step is left out.
package struct StepSkipped: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let step: StepID
    package let party: PartyID
    package let reason: String
    /// The clocks that it starts, of steps that waited for this one alone.
    package let deadlines: [StepDeadline]

    package init(
        incident: IncidentID,
        group: GroupID,
        step: StepID,
        party: PartyID,
        reason: String,
        deadlines: [StepDeadline] = []
    ) {
        self.incident = incident
        self.group = group
        self.step = step
        self.party = party
        self.reason = reason
        self.deadlines = deadlines
    }

    package static let record = Record<StepSkipped>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("deadlines", \.deadlines, StepDeadline.list, Words("Clocks started", zh: "启动的计时")),
        make: StepSkipped.init
    )
}
