package import Records

/// How far a step is.
package enum StepState: String, Choice {
    case waiting
    case started
    case completed
    case skipped

    package var isFinished: Bool {
        switch self {
        case .waiting, .started: false
        case .completed, .skipped: true
        }
    }

    package var words: Words {
        switch self {
        case .waiting: Words("Waiting", zh: "待开始")
        case .started: Words("Started", zh: "进行中")
        case .completed: Words("Completed", zh: "已完成")
        case .skipped: Words("Skipped", zh: "已跳过")
        }
    }
}
