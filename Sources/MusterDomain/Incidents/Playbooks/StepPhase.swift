package import Records

/// When a step is open.
package enum StepPhase: String, Choice {
    /// From the activation on.
    case firstDisposal = "first-disposal"
    /// From the opening of the follow-up on.
    case followUp = "follow-up"

    package var words: Words {
        switch self {
        case .firstDisposal: Words("First disposal", zh: "首次处置")
        case .followUp: Words("Follow-up", zh: "后续跟进")
        }
    }
}
