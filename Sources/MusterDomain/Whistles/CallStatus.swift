package import Records

/// Where a called department stands, in the words of the lifecycle.
package enum CallStatus: String, Choice {
    case blown
    case noShow = "no-show"
    case disputed
    case enRoute = "en-route"
    case onScene = "on-scene"
    case acting
    case done
    case released
    case withdrawn

    package var words: Words {
        switch self {
        case .blown: Words("Called", zh: "已吹哨")
        case .noShow: Words("No-show", zh: "逾期未到")
        case .disputed: Words("Disputed", zh: "有异议")
        case .enRoute: Words("On the way", zh: "在途")
        case .onScene: Words("On scene", zh: "已到场")
        case .acting: Words("Acting", zh: "处置中")
        case .done: Words("Done", zh: "已完成")
        case .released: Words("Released", zh: "已解除")
        case .withdrawn: Words("Withdrawn", zh: "已撤哨")
        }
    }
}
