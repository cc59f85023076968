package import Records

/// Why a household needs looking after (R2.6).
package enum VulnerableReason: String, Choice {
    case aloneAndOld = "alone-and-old"
    case disabled
    case ill
    case pregnant
    case smallChild = "small-child"
    case inNeed = "in-need"
    case other

    package var words: Words {
        switch self {
        case .aloneAndOld: Words("Old and living alone", zh: "独居老人")
        case .disabled: Words("Disabled", zh: "残疾")
        case .ill: Words("Long ill", zh: "长期患病")
        case .pregnant: Words("Pregnant", zh: "孕产妇")
        case .smallChild: Words("Small child", zh: "婴幼儿")
        case .inNeed: Words("In need", zh: "困难家庭")
        case .other: Words("Something else", zh: "其他")
        }
    }
}
