package import Records

/// Tracing, monitoring and re-checks begin (R6.4).
package struct FollowUpOpened: Hashable, Sendable {
    package let incident: IncidentID
    package let deadlines: [StepDeadline]
    package let rechecks: [RecheckDeadline]

    package init(
        incident: IncidentID,
        deadlines: [StepDeadline] = [],
        rechecks: [RecheckDeadline]
    ) {
        self.incident = incident
        self.deadlines = deadlines
        self.rechecks = rechecks
    }

    package static let record = Record<FollowUpOpened>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("deadlines", \.deadlines, StepDeadline.list, Words("Clocks started", zh: "启动的计时")),
        Field(
            "rechecks",
            \.rechecks,
            .list(of: RecheckDeadline.record.codec, count: 1...20),
            Words("Re-checks", zh: "复查")
        ),
        make: FollowUpOpened.init
    )
}
