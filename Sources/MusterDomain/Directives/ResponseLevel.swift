package import Records

/// The level of the emergency response under which a directive goes out; the first is the highest.
package enum ResponseLevel: String, Choice {
    case first = "I"
    case second = "II"
    case third = "III"
    case fourth = "IV"

    package var words: Words {
        switch self {
        case .first: Words("Level I response", zh: "一级响应")
        case .second: Words("Level II response", zh: "二级响应")
        case .third: Words("Level III response", zh: "三级响应")
        case .fourth: Words("Level IV response", zh: "四级响应")
        }
    }
}
