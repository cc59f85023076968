package import Records

/// How many households a grid has beside what is wanted. Outside is a warning and no refusal (R2.2).
package enum GridSize: String, Choice {
    case tooSmall = "too-small"
    case wanted
    case tooLarge = "too-large"

    package var words: Words {
        switch self {
        case .tooSmall: Words("Fewer households than wanted", zh: "户数低于标准")
        case .wanted: Words("As many households as wanted", zh: "户数符合标准")
        case .tooLarge: Words("More households than wanted", zh: "户数高于标准")
        }
    }
}
