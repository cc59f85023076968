package import Records

/// How grave an incident is; I is the gravest.
package enum IncidentLevel: String, Choice {
    case i = "I"
    case ii = "II"
    case iii = "III"
    case iv = "IV"

    package var words: Words {
        switch self {
        case .i: Words("Level I", zh: "Ⅰ级")
        case .ii: Words("Level II", zh: "Ⅱ级")
        case .iii: Words("Level III", zh: "Ⅲ级")
        case .iv: Words("Level IV", zh: "Ⅳ级")
        }
    }

    /// Whether only the district may declare it.
    package var needsDistrict: Bool {
        switch self {
        case .i, .ii: true
        case .iii, .iv: false
        }
    }
}
