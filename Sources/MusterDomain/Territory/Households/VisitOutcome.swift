package import Records

/// What came of a visit.
package enum VisitOutcome: String, Choice {
    case met
    case noAnswer = "no-answer"
    case refused
    case moved

    package var words: Words {
        switch self {
        case .met: Words("Somebody was met", zh: "已见面")
        case .noAnswer: Words("Nobody answered", zh: "无人应答")
        case .refused: Words("The visit was refused", zh: "拒绝走访")
        case .moved: Words("They have moved away", zh: "已搬离")
        }
    }

    /// Whether somebody is to come again: such a visit is a fact, and nothing is done by it (R2.5).
    package var isFailure: Bool {
        switch self {
        case .noAnswer, .refused: true
        case .met, .moved: false
        }
    }
}
