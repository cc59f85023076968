package import Records

/// What a compound may lack; one that lacks all three is a three-no compound (三无), to which the street gives more
/// people.
package enum ThreeNo: String, Choice {
    case propertyFirm = "property-firm"
    case guardOrAlarm = "guard-or-alarm"
    case enclosure

    package var words: Words {
        switch self {
        case .propertyFirm: Words("No property firm", zh: "无物业")
        case .guardOrAlarm: Words("No guard or alarm", zh: "无门卫或报警设施")
        case .enclosure: Words("No enclosure", zh: "无围合")
        }
    }
}
