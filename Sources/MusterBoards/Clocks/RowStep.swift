package import MusterDomain
package import Records

/// What the holder of a row must do next.
package enum RowStep: String, Choice {
    case accept
    case onScene = "on-scene"
    case act
    case task
    case file
    case feedback
    case close
    case investigate
    case consent
    case whistle

    package init(_ step: ClockStep) {
        switch step {
        case .accept: self = .accept
        case .onScene: self = .onScene
        case .act: self = .act
        case .task: self = .task
        case .feedback: self = .feedback
        }
    }

    package var words: Words {
        switch self {
        case .accept: Words("accept", zh: "签收")
        case .onScene: Words("on scene", zh: "到场")
        case .act: Words("act", zh: "处置")
        case .task: Words("task", zh: "任务")
        case .file: Words("file", zh: "报备")
        case .feedback: Words("feedback", zh: "反馈")
        case .close: Words("close", zh: "办结")
        case .investigate: Words("look into it", zh: "核查")
        case .consent: Words("consent", zh: "同意")
        case .whistle: Words("blow the whistle", zh: "吹哨")
        }
    }
}
