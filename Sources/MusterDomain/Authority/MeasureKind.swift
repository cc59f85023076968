package import Records

/// What a measure is about.
package enum MeasureKind: String, Choice {
    case entryCheck = "entry-check"
    case gatheringLimit = "gathering-limit"
    case venueClosure = "venue-closure"
    case disinfection
    // What no measure may ever do (R1.4). They can be named, so that the refusal can name the rule.
    case weldingDoors = "welding-doors"
    case diggingRoads = "digging-roads"
    case barringTenants = "barring-tenants"
    case barringMedicalStaff = "barring-medical-staff"
    case publishingIdentities = "publishing-identities"
    case refusingThePhoneless = "refusing-the-phoneless"

    package var words: Words {
        switch self {
        case .entryCheck: Words("Entry check", zh: "进出查验")
        case .gatheringLimit: Words("Limit on gatherings", zh: "限制聚集")
        case .venueClosure: Words("Closure of venues", zh: "场所关闭")
        case .disinfection: Words("Disinfection", zh: "消毒")
        case .weldingDoors: Words("Sealing or welding doors", zh: "封焊门户")
        case .diggingRoads: Words("Digging up roads", zh: "挖断道路")
        case .barringTenants: Words("Barring tenants", zh: "禁止租户进入")
        case .barringMedicalStaff: Words("Barring medical staff", zh: "禁止医务人员进入")
        case .publishingIdentities: Words("Publishing identities", zh: "公开个人身份")
        case .refusingThePhoneless: Words("Refusing people without a phone", zh: "拒绝无手机人员")
        }
    }

    /// Whether no measure may ever do this, whoever wants it (R1.4).
    package var isForbidden: Bool {
        switch self {
        case .entryCheck, .gatheringLimit, .venueClosure, .disinfection: false
        case .weldingDoors, .diggingRoads, .barringTenants, .barringMedicalStaff, .publishingIdentities,
            .refusingThePhoneless:
            true
        }
    }
}
