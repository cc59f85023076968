package import EventSourcing
package import Records

/// A time of the incident has passed, and what was due by it is not done.
package struct IncidentDeadlineMissed: Hashable, Sendable {
    package let incident: IncidentID
    package let clock: IncidentClockKind
    /// The group, step or re-check that was timed; nil for kinds of which there is only one.
    package let name: String?
    package let dueBy: Timestamp

    package init(
        incident: IncidentID,
        clock: IncidentClockKind,
        name: String? = nil,
        dueBy: Timestamp
    ) {
        self.incident = incident
        self.clock = clock
        self.name = name
        self.dueBy = dueBy
    }

    package static let record = Record<IncidentDeadlineMissed>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("clock", \.clock, .choice, Words("Clock", zh: "计时")),
        Field("name", \.name, Codec<String>.line(64).optional, Words("Of which", zh: "对象")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        make: IncidentDeadlineMissed.init
    )
}
