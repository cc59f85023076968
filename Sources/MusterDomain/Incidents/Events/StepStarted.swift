package import Records

/// A group has begun a step.
package struct StepStarted: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let step: StepID
    package let party: PartyID
    /// What whoever began it has seen to before.
    package let checks: [CheckID]

    package init(
        incident: IncidentID,
        group: GroupID,
        step: StepID,
        party: PartyID,
        checks: [CheckID] = []
    ) {
        self.incident = incident
        self.group = group
        self.step = step
        self.party = party
        self.checks = checks
    }

    package static let record = Record<StepStarted>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field(
            "checks",
            \.checks,
            Codec<[CheckID]>.list(of: .identifier(), count: 0...20, isSet: true).orMissing([]),
            Words("Checks seen to", zh: "已检查项")
        ),
        make: StepStarted.init
    )
}
