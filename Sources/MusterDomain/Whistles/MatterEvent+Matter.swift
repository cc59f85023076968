extension MatterEvent {
    /// The matter it belongs to.
    package var matter: MatterID {
        switch self {
        case .raised(let payload): payload.matter
        case .investigatorAssigned(let payload): payload.matter
        case .findingsRecorded(let payload): payload.matter
        case .resolvedLocally(let payload): payload.matter
        case .consentRequested(let payload): payload.matter
        case .consentGiven(let payload): payload.matter
        case .consentRefused(let payload): payload.matter
        case .whistleBlown(let payload): payload.matter
        case .whistleWithdrawn(let payload): payload.matter
        case .whistleAccepted(let payload): payload.matter
        case .competenceDisputed(let payload): payload.matter
        case .competenceRuled(let payload): payload.matter
        case .departmentArrived(let payload): payload.matter
        case .findingsHandedOver(let payload): payload.matter
        case .jointPlanAgreed(let payload): payload.matter
        case .taskDelegated(let payload): payload.matter
        case .taskCompleted(let payload): payload.matter
        case .actionCompleted(let payload): payload.matter
        case .filedWithSuperior(let payload): payload.matter
        case .helpOffered(let payload): payload.matter
        case .feedbackAsked(let payload): payload.matter
        case .feedbackGiven(let payload): payload.matter
        case .feedbackMissing(let payload): payload.matter
        case .closed(let payload): payload.matter
        case .appealed(let payload): payload.matter
        case .reviewStarted(let payload): payload.matter
        case .reviewDecided(let payload): payload.matter
        case .reviewOverdue(let payload): payload.matter
        case .reopened(let payload): payload.matter
        case .departmentNoShow(let payload): payload.matter
        case .whistleEscalated(let payload): payload.matter
        case .merged(let payload): payload.matter
        case .reportersJoined(let payload): payload.matter
        }
    }
}
