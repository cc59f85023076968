package import EventSourcing

/// That somebody was trained for a skill and, where there is an exam, passed it (R12.3).
package struct SkillProof: Hashable, Sendable {
    package let skill: SkillID
    package let from: Timestamp
    /// The first instant at which it no longer holds; nil when it does not expire.
    package let until: Timestamp?

    package init(skill: SkillID, from: Timestamp, until: Timestamp? = nil) {
        self.skill = skill
        self.from = from
        self.until = until
    }

    /// Whether it holds from the first to the last instant.
    package func covers(_ period: WorkPeriod) -> Bool {
        from <= period.start && until.map { period.end <= $0 } ?? true
    }

    package func touches(_ period: WorkPeriod) -> Bool {
        from < period.end && until.map { period.start < $0 } ?? true
    }
}

/// That somebody is not fit for work, or for work that needs one skill, for a time (R12.3).
package struct Unfitness: Hashable, Sendable {
    /// Nil for any work, as in illness.
    package let skill: SkillID?
    package let from: Timestamp
    /// Nil until somebody says otherwise.
    package let until: Timestamp?

    package init(skill: SkillID? = nil, from: Timestamp, until: Timestamp? = nil) {
        self.skill = skill
        self.from = from
        self.until = until
    }

    package func touches(_ period: WorkPeriod) -> Bool {
        from < period.end && until.map { period.start < $0 } ?? true
    }
}
