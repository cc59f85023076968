package import Records

/// How grave an incident is; I is the gravest.
package enum IncidentLevel: String, Choice {
    case i = "level-1"
    case ii = "level-2"
    case iii = "level-3"
    case iv = "level-4"

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
