import MusterDomain

/// Work that asks for the same posts and skills goes to the same people: they are looked up once for all of it.
struct WorkGroups: Sendable {
    /// What all work of a group asks for.
    struct Demand: Hashable, Sendable {
        let territory: TerritoryID
        let party: PartyID?
        let skills: Set<SkillID>
    }

    /// Which skills the batch asks for at all; a skill's place here is its bit.
    let skills: [SkillID: Int]
    let demands: [Demand]
    /// Which group each piece of work is in.
    let group: [Int]
    let places: [SpherePoint?]
    /// How many skills each piece of work asks for.
    let skillCounts: [Int]

    init(_ batch: AssignmentBatch) {
        var demands: [Demand] = []
        var known: [Demand: Int] = [:]
        var group: [Int] = []
        var skillCounts: [Int] = []
        for work in batch.work {
            let demand = Demand(territory: work.territory, party: work.party, skills: work.skills)
            skillCounts.append(demand.skills.count)
            if let index = known[demand] {
                group.append(index)
            } else {
                known[demand] = demands.count
                group.append(demands.count)
                demands.append(demand)
            }
        }
        let all = demands.reduce(into: Set<SkillID>()) { $0.formUnion($1.skills) }.sorted()
        skills = Dictionary(uniqueKeysWithValues: zip(all, all.indices))
        self.demands = demands
        self.group = group
        self.skillCounts = skillCounts
        places = batch.work.map { $0.place.map(SpherePoint.init) }
    }
}

/// A set of skills as bits.
struct SkillBits: Hashable, Sendable {
    private var words: [UInt64]

    init(_ bits: some Sequence<Int>, of count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
        for bit in bits { words[bit / 64] |= 1 << UInt64(bit % 64) }
    }

    func contains(_ other: SkillBits) -> Bool {
        for index in words.indices where other.words[index] & ~words[index] != 0 { return false }
        return true
    }
}
