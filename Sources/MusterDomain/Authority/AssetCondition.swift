package import Records

/// How a requisitioned asset comes back.
package enum AssetCondition: String, Choice {
    case intact
    case damaged
    case lost

    package var words: Words {
        switch self {
        case .intact: Words("As it was", zh: "完好")
        case .damaged: Words("Damaged", zh: "损坏")
        case .lost: Words("Lost", zh: "灭失")
        }
    }
}
