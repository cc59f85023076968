package import Records

/// What a report or matter is about.
package enum ReportKind: String, Choice {
    case blockedPassage = "blocked-passage"
    case fireHazard = "fire-hazard"
    case gasSmell = "gas-smell"
    case noise
    case water
    case lighting
    case rubbish
    case unlicensed
    case personAtRisk = "person-at-risk"
    case other

    package var words: Words {
        switch self {
        case .blockedPassage: Words("Blocked emergency passage", zh: "应急通道被堵")
        case .fireHazard: Words("Fire hazard", zh: "火灾隐患")
        case .gasSmell: Words("Smell of gas", zh: "燃气异味")
        case .noise: Words("Noise", zh: "噪声")
        case .water: Words("Water", zh: "供水")
        case .lighting: Words("Lighting", zh: "照明")
        case .rubbish: Words("Rubbish", zh: "垃圾")
        case .unlicensed: Words("Unlicensed trade", zh: "无证经营")
        case .personAtRisk: Words("Person at risk", zh: "人员有险")
        case .other: Words("Something else", zh: "其他")
        }
    }

    /// Kinds that cannot wait, whatever the text says (R11.2).
    package var isEmergency: Bool {
        switch self {
        case .blockedPassage, .fireHazard, .gasSmell, .personAtRisk: true
        case .noise, .water, .lighting, .rubbish, .unlicensed, .other: false
        }
    }
}
