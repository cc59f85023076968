package import Records

/// What a measure is about.
package enum MeasureKind: String, Choice {
    case entryCheck = "entry-check"
    case gatheringLimit = "gathering-limit"
    case venueClosure = "venue-closure"
    case disinfection

    package var words: Words {
        switch self {
        case .entryCheck: Words("Entry check", zh: "进出查验")
        case .gatheringLimit: Words("Limit on gatherings", zh: "限制聚集")
        case .venueClosure: Words("Closure of venues", zh: "场所关闭")
        case .disinfection: Words("Disinfection", zh: "消毒")
        }
    }
}
