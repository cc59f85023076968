package import Records

/// How cases kept to a path or a playbook.
package struct ConformanceStatistics: Hashable, Sendable {
    /// What cases are held against.
    package enum Reference: Hashable, Sendable {
        /// Steps in this order, given by the caller.
        case path([Label])
        /// The stages of the mapping, in its order, for each row.
        case stages([Label])
        /// The way most cases took.
        case commonest([Label])
        /// A playbook's steps and what they need, by name and version.
        case playbook(name: String, version: Int, [Label])

        package var steps: [Label] {
            switch self {
            case .path(let steps), .stages(let steps), .commonest(let steps), .playbook(_, _, let steps): steps
            }
        }
    }

    package enum Kind: String, Hashable, Sendable {
        /// A step of the reference did not happen.
        case skipped
        /// An activity happened that the reference does not have there.
        case extra
        /// A step happened before one that it needs.
        case tooEarly
        /// A step took longer than the playbook allows.
        case late
    }

    package struct Deviation: Hashable, Sendable {
        package let kind: Kind
        package let step: Label
        /// The step that was needed before; for `tooEarly` alone.
        package let needed: Label?
        /// How often, and in how many cases.
        package let count: Int
        package let cases: Int
        /// Median duration of the cases with it less that of the cases without; nil when either is empty.
        package let cost: Duration?

        package var words: Words {
            switch kind {
            case .skipped: Words("\(step.words.en) is missing", zh: "缺少“\(step.words.zh)”")
            case .extra: Words("\(step.words.en) besides the path", zh: "路径外的“\(step.words.zh)”")
            case .tooEarly:
                Words(
                    "\(step.words.en) before \(needed?.words.en ?? "")",
                    zh: "“\(step.words.zh)”早于“\(needed?.words.zh ?? "")”"
                )
            case .late: Words("\(step.words.en) later than allowed", zh: "“\(step.words.zh)”超过时限")
            }
        }
    }

    package internal(set) var reference: Reference
    /// What was held against it: cases, or rows when the reference is the mapping's stages.
    package internal(set) var count: Int
    package internal(set) var perfect: Int
    /// The mean over all of 1 − deviations / (steps of the reference + steps of the case); for playbooks, kept
    /// rules / all rules.
    package internal(set) var fitness: Double
    /// The most frequent first.
    package internal(set) var deviations: [Deviation]
}

/// Two sides beside each other, with what chance could do to the difference.
package struct Comparison: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable {
        case seconds, share, number
    }

    /// One measure of both sides.
    package struct Measure: Hashable, Sendable {
        package let label: Label
        package let unit: Unit
        package let left: Double
        package let right: Double
        /// Right less left.
        package let difference: Double
        /// The 95 % interval of the difference, by bootstrap.
        package let low: Double
        package let high: Double
        package let leftCount: Int
        package let rightCount: Int

        /// Whether the difference is more than chance: its interval does not hold zero.
        package var isClear: Bool { low > 0 || high < 0 }
    }

    package internal(set) var left: Words
    package internal(set) var right: Words
    package internal(set) var leftCases: Int
    package internal(set) var rightCases: Int
    package internal(set) var measures: [Measure]
    package internal(set) var resamples: Int
    package internal(set) var seed: UInt64
}
