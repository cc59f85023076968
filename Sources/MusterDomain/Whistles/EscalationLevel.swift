package import Records

/// Who is told when a clock runs, in order.
///
/// The community blew the whistle: the ladder begins with it and leads to the street, the district and the city.
package enum EscalationLevel: String, Choice {
    /// On ladders that tell the communities of their own whistles too, as those of earlier releases did.
    case community
    case street
    case district
    case city

    package var words: Words {
        switch self {
        case .community: Words("Community", zh: "社区")
        case .street: Words("Street", zh: "街道")
        case .district: Words("District", zh: "区")
        case .city: Words("City", zh: "市")
        }
    }

    /// The level of the ground whose office is told.
    var territory: TerritoryLevel {
        switch self {
        case .community: .community
        case .street: .street
        case .district: .district
        case .city: .city
        }
    }
}
