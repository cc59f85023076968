package import Records

/// Whom an emergency calls in which order (R12.5): the first tier stands always, each next one is opened only when the
/// lower ones cannot cover the work, and closed again when they can.
package enum RosterTier: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// Those whose posts are here: grid workers, community and station staff.
    case standing = 1
    /// Members and officials who report where they live, and sunk cadres.
    case sunkDown
    /// Staff lent by other units.
    case lent
    /// Volunteers and social organisations.
    case volunteers
    /// From other districts.
    case reinforcement

    package static func < (lhs: RosterTier, rhs: RosterTier) -> Bool { lhs.rawValue < rhs.rawValue }

    package var words: Words {
        switch self {
        case .standing: Words("Standing staff", zh: "常备人员")
        case .sunkDown: Words("Sunk-down and dual-reporting members", zh: "下沉与双报到人员")
        case .lent: Words("Lent staff", zh: "借调人员")
        case .volunteers: Words("Volunteers", zh: "志愿者")
        case .reinforcement: Words("Reinforcement from elsewhere", zh: "外区支援人员")
        }
    }

    package var next: RosterTier? { RosterTier(rawValue: rawValue + 1) }
}

/// What a new plan means for the tiers that are open (R12.5).
package enum SurgeChange: Hashable, Sendable {
    case unchanged(RosterTier)
    case expanded(from: RosterTier, to: RosterTier)
    /// Who is in the tiers above `to` may go home.
    case shrunk(from: RosterTier, to: RosterTier)

    /// - Parameters:
    ///   - open: the highest tier that is open now.
    ///   - needed: the highest tier that the work needs.
    package init(open: RosterTier, needed: RosterTier) {
        if open == needed {
            self = .unchanged(open)
        } else {
            self = open < needed ? .expanded(from: open, to: needed) : .shrunk(from: open, to: needed)
        }
    }

    package var words: Words {
        switch self {
        case .unchanged(let tier):
            Words("The roster stays open up to tier \(tier.rawValue).", zh: "梯队维持在第 \(tier.rawValue) 级。")
        case .expanded(let from, let to):
            Words(
                "Tier \(from.rawValue) does not suffice: the roster opens up to tier \(to.rawValue) (\(to.words.en)).",
                zh: "第 \(from.rawValue) 级梯队不足：启用至第 \(to.rawValue) 级（\(to.words.zh)）。"
            )
        case .shrunk(let from, let to):
            Words(
                "Tier \(to.rawValue) suffices: the roster shrinks back from tier \(from.rawValue).",
                zh: "第 \(to.rawValue) 级梯队已足够：由第 \(from.rawValue) 级收缩。"
            )
        }
    }
}
