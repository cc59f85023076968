package import Records

/// Where a directive stands with one addressee.
package enum AddresseeStatus: String, Choice {
    /// On its way.
    case issued
    /// There for information only: a level was skipped, and this is a copy for it (R4.2).
    case copied
    case received
    case acknowledged
    case partlyExecuted = "partly-executed"
    case executed
    case inapplicable
    case recalled
    case superseded

    package var words: Words {
        switch self {
        case .issued: Words("Issued", zh: "已下发")
        case .copied: Words("For information", zh: "抄送")
        case .received: Words("Received", zh: "已收到")
        case .acknowledged: Words("Acknowledged", zh: "已签收")
        case .partlyExecuted: Words("Partly executed", zh: "部分落实")
        case .executed: Words("Executed", zh: "已落实")
        case .inapplicable: Words("Does not apply", zh: "不适用")
        case .recalled: Words("Recalled", zh: "已撤回")
        case .superseded: Words("Superseded", zh: "已被取代")
        }
    }
}
