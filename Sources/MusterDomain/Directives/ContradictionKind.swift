package import Records

/// What is wrong between two directives.
package enum ContradictionKind: String, Choice {
    /// Both are in force for the same subject, in the same place, at the same time, and neither supersedes the other.
    case overlap
    /// It would supersede one that comes from higher up or elsewhere, or that is not there.
    case supersession

    package var words: Words {
        switch self {
        case .overlap: Words("Two directives in force for the same subject and place", zh: "同一事项、同一区域有两项指令同时有效")
        case .supersession: Words("May not supersede the other", zh: "无权取代另一项指令")
        }
    }
}
