package import Records

/// How a department's action ended.
package enum ActionResult: String, Choice {
    case solved
    /// Never a completion: the case merely moved on (R3.6).
    case passedOn = "passed-on"

    package var words: Words {
        switch self {
        case .solved: Words("Solved", zh: "已解决")
        case .passedOn: Words("Passed on", zh: "已转交")
        }
    }
}
