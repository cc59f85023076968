package import Records

/// What a called department must do within a limit.
package enum WhistleStep: String, Choice {
    case accept
    case onScene = "on-scene"
    case act

    package var words: Words {
        switch self {
        case .accept: Words("Accept", zh: "签收")
        case .onScene: Words("On scene", zh: "到场")
        case .act: Words("Act", zh: "处置")
        }
    }
}
