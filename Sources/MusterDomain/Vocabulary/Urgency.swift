package import Records

/// How soon somebody must come.
package enum Urgency: String, Choice {
    case emergency
    case urgent
    case normal

    package var words: Words {
        switch self {
        case .emergency: Words("Emergency", zh: "紧急")
        case .urgent: Words("Urgent", zh: "加急")
        case .normal: Words("Normal", zh: "一般")
        }
    }
}
