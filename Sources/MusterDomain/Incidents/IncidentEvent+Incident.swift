extension IncidentEvent {
    /// The incident it belongs to.
    package var incident: IncidentID {
        switch self {
        case .caseSuspected(let payload): payload.incident
        case .caseRegistered(let payload): payload.incident
        case .caseVerified(let payload): payload.incident
        case .caseRuledOut(let payload): payload.incident
        case .declared(let payload): payload.incident
        case .playbookActivated(let payload): payload.incident
        case .groupStoodUp(let payload): payload.incident
        case .groupLeadAssigned(let payload): payload.incident
        case .stepStarted(let payload): payload.incident
        case .stepCompleted(let payload): payload.incident
        case .stepSkipped(let payload): payload.incident
        case .supportRequested(let payload): payload.incident
        case .firstDisposalSummarised(let payload): payload.incident
        case .followUpOpened(let payload): payload.incident
        case .recheckPassed(let payload): payload.incident
        case .recheckFailed(let payload): payload.incident
        case .groupStoodDown(let payload): payload.incident
        case .closed(let payload): payload.incident
        case .reopened(let payload): payload.incident
        case .deadlineMissed(let payload): payload.incident
        }
    }
}
