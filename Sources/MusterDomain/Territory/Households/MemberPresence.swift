package import Records

/// Where a member is, as somebody of the household says.
package enum MemberPresence: String, Choice {
    case home
    case away
    case left

    package var words: Words {
        switch self {
        case .home: Words("At home", zh: "在家")
        case .away: Words("Away", zh: "外出")
        case .left: Words("Does not live there any more", zh: "已迁出")
        }
    }
}
