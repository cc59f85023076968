package import Records

/// Who is told when a clock runs, in order.
package enum EscalationLevel: String, Choice {
    case community
    case street
    case district

    package var words: Words {
        switch self {
        case .community: Words("Community", zh: "社区")
        case .street: Words("Street", zh: "街道")
        case .district: Words("District", zh: "区")
        }
    }
}
