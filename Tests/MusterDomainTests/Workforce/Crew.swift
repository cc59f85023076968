import EventSourcing
import MusterDomain
import Records

/// Days, places and people for the rules of work.
enum Crew {
    /// A Monday at midnight, in China.
    static let monday = Timestamp(microseconds: 1_795_363_200_000_000)
    static let limits = WorkLimits.standard

    static func at(_ day: Int, _ hour: Double) -> Timestamp {
        monday + .seconds(day * 86_400) + .seconds(Int(hour * 3_600))
    }

    /// - Parameter hours: from and to, counted from midnight of the day; past 24 for the next day.
    static func period(_ day: Int, _ hours: ClosedRange<Double>) throws(Rejection) -> WorkPeriod {
        try WorkPeriod(from: at(day, hours.lowerBound), to: at(day, hours.upperBound))
    }

    static func duty(
        _ id: ShiftID,
        _ day: Int,
        _ hours: ClosedRange<Double>,
        party: PartyID = "dq-committee",
        basis: Post.Basis = .unit,
        state: RosteredDuty.State = .planned,
        skills: Set<SkillID> = []
    ) throws(Rejection) -> RosteredDuty {
        let steps = skills.isEmpty ? [] : [WorkStep(Words("All", zh: "全部"), skills: skills)]
        let period = try period(day, hours)
        return RosteredDuty(
            id: id,
            period: period,
            party: party,
            territory: "dq",
            basis: basis,
            state: state,
            steps: steps
        )
    }

    static func work(
        _ day: Int,
        _ hours: ClosedRange<Double>,
        in territory: TerritoryID = "dq",
        party: PartyID? = nil,
        skills: [SkillID] = []
    ) throws(Rejection) -> OpenWork {
        // A step for each skill: all of them count.
        let steps = skills.map { WorkStep(Words("Step", zh: "步骤"), skills: [$0]) }
        let period = try period(day, hours)
        return OpenWork(id: "clear-1", period: period, territory: territory, party: party, steps: steps)
    }

    static let unit = Post(party: "dq-committee", territory: "dq", from: at(-60, 0))

    static func worker(
        _ id: PersonID = "gw-02",
        posts: [Post] = [unit],
        proofs: [SkillProof] = [],
        unfitness: [Unfitness] = [],
        duties: [RosteredDuty] = [],
        overrides: [LimitOverride] = [],
        released: Timestamp? = nil,
        residents: Int? = nil,
        limits: WorkLimits = limits
    ) throws(Rejection) -> Worker {
        try Worker(
            id: id,
            posts: posts,
            proofs: proofs,
            unfitness: unfitness,
            duties: duties,
            overrides: overrides,
            reported: at(-30, 0),
            released: released,
            residents: residents,
            limits: limits
        )
    }

    static func override(
        _ raised: RaisedLimit,
        reason: String = "Flood",
        by: PersonID = "head-dq",
        from: Timestamp,
        until: Timestamp?
    ) throws(Rejection) -> LimitOverride {
        try LimitOverride(raised, of: "gw-02", reason: reason, by: by, from: from, until: until, limits: limits)
    }
}

extension Worker {
    /// Rule and reason of each refusal, as tests compare them.
    func codes(for work: OpenWork, limits: WorkLimits = .standard) -> [String] {
        check(work, in: Town().territories, limits: limits).map(\.code)
    }
}

/// Rule and reason when a value is refused; nil when it is not.
func code(of body: () throws(Rejection) -> Void) -> String? {
    do throws(Rejection) {
        try body()
        return nil
    } catch {
        return error.code
    }
}
