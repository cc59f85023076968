package import EventSourcing
package import MusterDomain

/// When an incident came from one status to the next, and when its groups and steps did what they did, in this round.
struct IncidentTimes: Hashable, Sendable {
    /// A thing done, at a time, and whether that was too late.
    struct Mark: Hashable, Sendable {
        let at: Timestamp
        let isLate: Bool
    }

    private(set) var passages: [IncidentPassage] = []
    private(set) var up: [GroupID: Mark] = [:]
    private(set) var started: [StepID: Timestamp] = [:]
    private(set) var finished: [StepID: Mark] = [:]

    /// Takes in an event after the incident has.
    mutating func fold(_ event: IncidentEvent, at time: Timestamp, _ status: IncidentStatus?) {
        switch event {
        case .groupStoodUp(let payload): up[payload.group] = Mark(at: time, isLate: payload.isLate)
        case .stepStarted(let payload): started[payload.step] = time
        case .stepCompleted(let payload): finished[payload.step] = Mark(at: time, isLate: payload.isLate)
        case .stepSkipped(let payload): finished[payload.step] = Mark(at: time, isLate: false)
        case .reopened, .playbookActivated: (up, started, finished) = ([:], [:], [:])
        default: break
        }
        if let status, status != passages.last?.status {
            passages.append(IncidentPassage(status: status, at: time))
        }
    }
}

/// When an incident came to a status.
package struct IncidentPassage: Hashable, Sendable {
    package let status: IncidentStatus
    package let at: Timestamp
}
