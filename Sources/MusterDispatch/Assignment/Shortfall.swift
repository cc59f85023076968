package import MusterDomain
package import Records

/// Why work stays open: how many people one thing keeps from it. Each person counts once, for the first that is against
/// them, so that the counts of some work add up to the people of the batch.
package struct Shortfall: Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        case obstacle(AssignmentObstacle)
        /// What they have been given in this batch.
        case otherWork
    }

    package let cause: Cause
    package let people: Int
    /// How many there are in the batch.
    package let all: Int

    /// The rule of the domain that is behind it.
    package var rule: String {
        switch cause {
        case .obstacle(let obstacle): obstacle.rule
        case .otherWork: "R12.1"
        }
    }

    /// As "40 of 200 people lack the skill (R12.3)".
    package var words: Words {
        let what =
            switch cause {
            case .obstacle(let obstacle): obstacle.words
            case .otherWork: Words("have other work of this batch instead", zh: "已承担本批其他工作")
            }
        return Words(
            "\(people) of \(all) people \(what.en) (\(rule)).",
            zh: "\(all) 人中 \(people) 人\(what.zh)（\(rule)）。"
        )
    }
}
