/// What some work asks of whoever does it, whether nobody has it yet or somebody would give it away.
package struct WorkNeed: Hashable, Sendable {
    package let period: WorkPeriod
    package let territory: TerritoryID
    /// Nil for anyone's people who have a post there.
    package let party: PartyID?
    /// Of all steps together (R12.3).
    package let skills: Set<SkillID>
}

extension OpenWork {
    package var need: WorkNeed { WorkNeed(period: period, territory: territory, party: party, skills: skills) }
}

extension RosteredDuty {
    var need: WorkNeed {
        let skills = steps.reduce(into: Set<SkillID>()) { $0.formUnion($1.skills) }
        return WorkNeed(period: period, territory: territory, party: party, skills: skills)
    }
}
