package import Records

/// Where a matter stands, in the words of the lifecycle.
package enum MatterStatus: String, Choice {
    case raised
    case investigating
    case resolvedLocally = "resolved-locally"
    case awaitingConsent = "awaiting-consent"
    case consented
    case whistled
    case inAction = "in-action"
    case filedOneSide = "filed-one-side"
    case filedBoth = "filed-both"
    case awaitingFeedback = "awaiting-feedback"
    case answered
    case closed
    case reopened

    package var words: Words {
        switch self {
        case .raised: Words("Raised", zh: "已提出")
        case .investigating: Words("Being looked at", zh: "核查中")
        case .resolvedLocally: Words("Resolved locally", zh: "就地解决")
        case .awaitingConsent: Words("Awaiting consent", zh: "待同意")
        case .consented: Words("Consent given", zh: "已同意")
        case .whistled: Words("Whistle blown", zh: "已吹哨")
        case .inAction: Words("In action", zh: "处置中")
        case .filedOneSide: Words("Filed on one side", zh: "一方已报备")
        case .filedBoth: Words("Filed on both sides", zh: "双方已报备")
        case .awaitingFeedback: Words("Awaiting feedback", zh: "待反馈")
        case .answered: Words("Feedback is in", zh: "已有反馈")
        case .closed: Words("Closed", zh: "已办结")
        case .reopened: Words("Reopened", zh: "已重开")
        }
    }
}
