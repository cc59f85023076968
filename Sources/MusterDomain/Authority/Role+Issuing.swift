extension Role {
    /// How high an office stands among those that issue measures; nil for those that never do.
    var issuingRank: Int? {
        switch self {
        case .districtCommand: 3
        case .streetCoordinator: 2
        case .communityHead: 1
        default: nil
        }
    }

    func isAbove(_ other: Role) -> Bool { (issuingRank ?? 0) > (other.issuingRank ?? 0) }
}
