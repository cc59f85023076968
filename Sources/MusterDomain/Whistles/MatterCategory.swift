package import Records

/// How soon a matter must be dealt with once somebody is there (S3, timers).
package enum MatterCategory: String, Choice {
    case lifeAndProperty = "life-property"
    /// Water, power, gas, heating.
    case utilities
    case general
    case complex

    package var words: Words {
        switch self {
        case .lifeAndProperty: Words("Life and property", zh: "生命财产")
        case .utilities: Words("Water, power, gas, heating", zh: "水电气热")
        case .general: Words("General", zh: "一般")
        case .complex: Words("Complex", zh: "复杂")
        }
    }
}

extension ReportKind {
    package var category: MatterCategory {
        switch self {
        case .blockedPassage, .fireHazard, .gasSmell, .personAtRisk: .lifeAndProperty
        case .water, .lighting: .utilities
        case .noise, .rubbish, .other: .general
        // Several departments look into one trader: licence, hygiene, fire protection.
        case .unlicensed: .complex
        }
    }
}
