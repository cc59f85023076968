package import Records

/// What somebody is for a grid.
package enum GridWorkerKind: String, Choice {
    /// Answers for it; at most one at any instant (R2.3).
    case primary
    case support

    package var words: Words {
        switch self {
        case .primary: Words("Primary worker", zh: "主责网格员")
        case .support: Words("Helper", zh: "协助人员")
        }
    }
}
