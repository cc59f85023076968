package import Records

/// The levels of the tree of territories, from the top (R2.1).
package enum TerritoryLevel: String, Choice {
    case city
    case district
    case street
    case community
    case grid
    case building

    package var words: Words {
        switch self {
        case .city: Words("City", zh: "市")
        case .district: Words("District", zh: "区")
        case .street: Words("Street", zh: "街道")
        case .community: Words("Community", zh: "社区")
        case .grid: Words("Grid", zh: "网格")
        case .building: Words("Building", zh: "楼栋")
        }
    }

    /// Whether a territory of this level may hold one of `other`.
    package func isAbove(_ other: TerritoryLevel) -> Bool { depth < other.depth }

    private var depth: Int {
        switch self {
        case .city: 0
        case .district: 1
        case .street: 2
        case .community: 3
        case .grid: 4
        case .building: 5
        }
    }
}
