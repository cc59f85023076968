package import EventSourcing
package import MusterDomain
package import Records

/// One group of an incident, with its steps.
package struct IncidentLane: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// It has not stood up.
        case missing
        case standing
        case stoodDown = "stood-down"
    }

    package let group: GroupID
    package let name: Words
    package let state: State
    /// Nil while nobody has stood up, as the party's name.
    package let party: PartyID?
    package let partyName: Words?
    package let lead: PersonID?
    package let needsSupport: Bool
    /// Until when it must have stood up; nil once that is no question any more.
    package let upBy: Timestamp?
    /// When it stood up; nil before.
    package let upAt: Timestamp?
    package let isUpLate: Bool
    package let steps: [IncidentLaneStep]

    init(
        _ described: PlaybookGroup,
        of incident: Incident,
        _ times: IncidentTimes,
        needsSupport: Bool,
        _ register: Register
    ) {
        let work = incident.groups[described.group]
        group = described.group
        name = described.words
        state = work.map { $0.isStanding ? .standing : .stoodDown } ?? .missing
        party = work?.party
        partyName = (work?.party).map(register.name(of:))
        lead = work?.lead
        self.needsSupport = needsSupport
        upBy = incident.clocks[.groupUp(described.group)]?.dueBy
        upAt = times.up[described.group]?.at
        isUpLate = times.up[described.group]?.isLate ?? false
        steps = described.steps.map { IncidentLaneStep($0, of: incident, times) }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("group", group.rawValue)
        writer.member("name", name)
        writer.member("state", state.rawValue)
        writer.member("party", party?.rawValue)
        writer.member("partyName", partyName)
        writer.member("lead", lead?.rawValue)
        writer.member("needsSupport", needsSupport)
        writer.member("upBy", upBy)
        writer.member("upAt", upAt)
        writer.member("isUpLate", isUpLate)
        writer.list("steps", steps) { step, writer in step.write(to: &writer) }
        writer.endObject()
    }
}

/// One step of a lane.
package struct IncidentLaneStep: Hashable, Sendable {
    package let step: StepID
    package let name: Words
    package let phase: StepPhase
    /// Whether it is the group's report, which the summary needs (R6.3).
    package let isReport: Bool
    package let state: StepState
    /// The unfinished steps that it waits for.
    package let waitsFor: [StepID]
    /// Nil while no clock of it runs.
    package let due: Timestamp?
    package let isMissed: Bool
    /// When its group began it, as the group says; nil when it did not say so.
    package let startedAt: Timestamp?
    /// When it was completed or skipped; nil before.
    package let finishedAt: Timestamp?
    /// Whether it was completed too late.
    package let isLate: Bool

    init(_ described: PlaybookStep, of incident: Incident, _ times: IncidentTimes) {
        step = described.step
        name = described.words
        phase = described.phase
        isReport = described.isReport
        state = incident.steps[described.step]?.state ?? .waiting
        waitsFor =
            state == .waiting ? described.needs.filter { incident.steps[$0]?.state.isFinished != true } : []
        let clock = incident.clocks[.step(described.step)]
        due = clock?.dueBy
        isMissed = clock?.isMissed ?? false
        startedAt = times.started[described.step]
        finishedAt = times.finished[described.step]?.at
        isLate = times.finished[described.step]?.isLate ?? false
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("step", step.rawValue)
        writer.member("name", name)
        writer.member("phase", phase.rawValue)
        writer.member("isReport", isReport)
        writer.member("state", state.rawValue)
        writer.member("stateWords", state.words)
        writer.list("waitsFor", waitsFor) { step, writer in writer.string(step.rawValue) }
        writer.member("due", due)
        writer.member("isMissed", isMissed)
        writer.member("startedAt", startedAt)
        writer.member("finishedAt", finishedAt)
        writer.member("isLate", isLate)
        writer.endObject()
    }
}
