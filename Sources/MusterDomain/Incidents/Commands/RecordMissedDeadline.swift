package import EventSourcing
import Records

/// Records that a time of an incident has passed.
package struct RecordMissedDeadline: Command, Hashable {
    package let incident: IncidentID
    package let clock: IncidentClockKind
    /// The group, step or re-check that is timed; nil for kinds of which there is only one.
    package let name: String?
    /// The limit, which names the clock.
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

    package static let description = CommandDescription<RecordMissedDeadline>(
        "RecordMissedDeadline",
        of: .playbooks,
        Words("Record a missed deadline", zh: "记录超过时限"),
        by: [.system],
        under: "S6",
        Record<RecordMissedDeadline>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("clock", \.clock, .choice, Words("Clock", zh: "计时")),
            Field("name", \.name, Codec<String>.line(64).optional, Words("Of which", zh: "对象")),
            Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
            make: RecordMissedDeadline.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        _ = try subject.requireSubject()
        guard let running = subject.clocks[IncidentClock(kind: clock, name: name)], running.dueBy == dueBy,
            !running.isMissed
        else { return [] }
        guard context.now >= dueBy else { throw .tooEarly(dueBy) }
        return [
            .deadlineMissed(IncidentDeadlineMissed(incident: incident, clock: clock, name: name, dueBy: dueBy))
        ]
    }
}
