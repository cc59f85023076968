package import Records

/// The three kinds of matter for which a whistle may be blown (R3.1).
package enum WhistleKind: String, Choice {
    case emergency
    case jointEnforcement = "joint-enforcement"
    case beyondStreet = "beyond-street"

    package var words: Words {
        switch self {
        case .emergency: Words("Emergency", zh: "应急处置")
        case .jointEnforcement: Words("Joint enforcement", zh: "综合执法")
        case .beyondStreet: Words("Beyond the street's power", zh: "超出街道权限")
        }
    }
}
