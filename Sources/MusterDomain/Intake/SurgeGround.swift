package import Records

/// Why a surge was declared.
package enum SurgeGround: String, Choice {
    /// Far more comes in than usual at this hour.
    case arrivals
    /// Too many callers hang up.
    case abandoned
    /// Somebody said so.
    case ordered

    package var words: Words {
        switch self {
        case .arrivals: Words("Far more than usual", zh: "来量激增")
        case .abandoned: Words("Too many callers hang up", zh: "放弃率过高")
        case .ordered: Words("Ordered", zh: "人工启动")
        }
    }
}
