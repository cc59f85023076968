package import Records

/// What somebody must do before a clock runs out.
package enum ClockStep: String, Choice {
    case accept
    case onScene = "on-scene"
    case act
    case task
    case feedback

    package var words: Words {
        switch self {
        case .accept: Words("Accept", zh: "签收")
        case .onScene: Words("On scene", zh: "到场")
        case .act: Words("Act", zh: "处置")
        case .task: Words("Task", zh: "任务")
        case .feedback: Words("Feedback", zh: "反馈")
        }
    }
}
