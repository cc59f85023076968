package import Records

/// Where an incident stands, in the words of the lifecycle.
package enum IncidentStatus: String, Choice {
    case suspected
    case verified
    case declared
    case firstDisposal = "first-disposal"
    case followUp = "follow-up"
    case rechecked = "re-checked"
    case closed
    case ruledOut = "ruled-out"
    case reopened

    package var words: Words {
        switch self {
        case .suspected: Words("Suspected", zh: "疑似")
        case .verified: Words("Verified", zh: "已核实")
        case .declared: Words("Declared", zh: "已宣布")
        case .firstDisposal: Words("First disposal", zh: "首次处置")
        case .followUp: Words("Follow-up", zh: "后续跟进")
        case .rechecked: Words("Re-checked", zh: "已复查")
        case .closed: Words("Closed", zh: "已结案")
        case .ruledOut: Words("Ruled out", zh: "已排除")
        case .reopened: Words("Reopened", zh: "已重启")
        }
    }
}
