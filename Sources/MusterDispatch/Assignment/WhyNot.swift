package import MusterDomain
package import Records

/// Why a person did not get some work.
package enum WhyNot: Hashable, Sendable {
    /// They have it.
    case hasIt
    /// A rule says no, whatever else is given out.
    case refused([AssignmentRefusal])
    /// They have other work of this batch, beside which a rule says no.
    case neededElsewhere([TaskID], [AssignmentRefusal])
    /// Lower tiers cover it (R12.5).
    case higherTier(RosterTier)
    /// The plan would cost so much more.
    case dearer(CostDifference)
    /// By itself it would cost no more; the plan as a whole was sought, and is not proven to be the best.
    case asGood(CostDifference)

    /// What one assignment costs more than another; negative for less.
    package struct CostDifference: Hashable, Sendable {
        package let distance: Double
        package let load: Double
        package let surplusSkills: Double

        package var total: Double { distance + load + surplusSkills }
    }

    /// In a sentence.
    package func words(for person: PersonID, work: TaskID, days: LocalDays) -> Words {
        switch self {
        case .hasIt: return Words("\(person) has \(work).", zh: "\(work) 已派给 \(person)。")
        case .refused(let refusals): return Self.join(refusals, for: person, days: days)
        case .neededElsewhere(let tasks, let refusals):
            let names = tasks.map(\.rawValue)
            let why = Self.join(refusals, for: person, days: days)
            return Words(
                "\(person) is needed for \(names.joined(separator: ", ")). \(why.en)",
                zh: "\(person) 需承担 \(names.joined(separator: "、"))。\(why.zh)"
            )
        case .higherTier(let tier):
            return Words(
                "\(person) is in tier \(tier.rawValue), and lower tiers cover \(work) (R12.5).",
                zh: "\(person) 属第 \(tier.rawValue) 级梯队，\(work) 由较低梯队即可承担（R12.5）。"
            )
        case .dearer(let difference):
            let parts = Self.parts(difference)
            return Words(
                "With \(person) the plan would cost \(Self.number(difference.total)) more: \(parts.en).",
                zh: "若派 \(person)，方案成本将增加 \(Self.number(difference.total))：\(parts.zh)。"
            )
        case .asGood(let difference):
            let parts = Self.parts(difference)
            return Words(
                "\(person) would do by themselves as well; work is given out for the plan as a whole. \(parts.en).",
                zh: "单看此项，\(person) 同样合适；派工以整体方案为准。\(parts.zh)。"
            )
        }
    }

    private static func join(_ refusals: [AssignmentRefusal], for person: PersonID, days: LocalDays) -> Words {
        let all = refusals.map { ($0.rule, $0.words(for: person, days: days)) }
        return Words(
            all.map { "\($0.1.en) (\($0.0))" }.joined(separator: " "),
            zh: all.map { "\($0.1.zh)（\($0.0)）" }.joined()
        )
    }

    private static func parts(_ difference: CostDifference) -> Words {
        let (distance, load) = (signed(difference.distance), signed(difference.load))
        let surplus = signed(difference.surplusSkills)
        return Words(
            "distance \(distance), load \(load), surplus skills \(surplus)",
            zh: "距离 \(distance)，负荷 \(load)，多余技能 \(surplus)"
        )
    }

    private static func signed(_ value: Double) -> String { (value < 0 ? "−" : "+") + number(abs(value)) }

    private static func number(_ value: Double) -> String {
        let hundredths = Int((min(abs(value), 1e12) * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
