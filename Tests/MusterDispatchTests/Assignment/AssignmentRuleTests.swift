import EventSourcing
import MusterDispatch
import MusterDomain
import MusterTesting
import Records
import Testing

/// The rules of S12 in plans.
@Suite(.computing) struct AssignmentRuleTests {
    private static let people = [PersonID("a"), PersonID("b"), PersonID("c")]

    @Test("R12.1 nobody has two pieces of work at a time")
    func overlap() throws {
        let work = [try SmallCity.work("w-1", 8...10), try SmallCity.work("w-2", 9.5...11)]
        let alone = try SmallCity.plan([try SmallCity.worker("a")], work)
        #expect(alone.assignments.count == 1 && alone.uncovered.count == 1)
        let both = try SmallCity.plan([try SmallCity.worker("a"), try SmallCity.worker("b", at: 9)], work)
        #expect(Set(both.assignments.map(\.person)) == [PersonID("a"), PersonID("b")])
    }

    @Test("R12.1 one person can have several pieces of work, and their hours are told together")
    func several() throws {
        let work = [try SmallCity.work("w-1", 8...10), try SmallCity.work("w-2", 10...11)]
        let worker = try SmallCity.worker("a", duties: [try SmallCity.duty("d", -1, 8...12)])
        let plan = try SmallCity.plan([worker], work)
        #expect(plan.assignments.map(\.person) == [PersonID("a"), PersonID("a")])
        #expect(plan.assignments.map(\.hoursBefore) == Array(repeating: .seconds(4 * 3_600), count: 2))
        #expect(plan.assignments.map(\.hoursAfter) == Array(repeating: .seconds(7 * 3_600), count: 2))
    }

    @Test("R12.2 hours of one batch add up to the limit of the week and no further")
    func weeklyHours() throws {
        let duties = try (-5 ..< -1).map { try SmallCity.duty("d-\($0 + 9)", $0, 8...20) }
        let work = try [7.0, 12, 17].map { start in
            try SmallCity.work("w-\(Int(start))", start...(start + 5))
        }
        let plan = try SmallCity.plan([try SmallCity.worker("a", duties: duties)], work)
        // 48 hours before: two pieces of five hours are the most; a third would be the 63rd hour, and a day of 15.
        #expect(plan.assignments.count == 2)
        let shortfalls = try #require(plan.shortfalls(of: plan.uncovered[0]))
        #expect(shortfalls.map(\.cause) == [.otherWork])
    }

    @Test("R12.2 rest is kept between pieces of one batch")
    func rest() throws {
        let work = [try SmallCity.work("w-1", 14...22), try SmallCity.work("w-2", 6...12, .normal, day: 1)]
        let alone = try SmallCity.plan([try SmallCity.worker("a")], work)
        #expect(alone.assignments.count == 1)
        let later = [work[0], try SmallCity.work("w-2", 9...12, .normal, day: 1)]
        #expect(try SmallCity.plan([try SmallCity.worker("a")], later).assignments.count == 2)
    }

    @Test("R12.3 only who is trained gets the work, and who is trained for more is spared")
    func skills() throws {
        let ppe = SkillID("ppe")
        let people = [
            try SmallCity.worker("a"), try SmallCity.worker("b", at: 0.3, skills: SmallCity.skills),
            try SmallCity.worker("c", at: 0.6, skills: [ppe]),
        ]
        let plan = try SmallCity.plan(people, [try SmallCity.work("w-1", 8...10, skills: [ppe])])
        #expect(plan.assignments.map(\.person) == [PersonID("c")])
        #expect(plan.whyNot(PersonID("a"), for: TaskID("w-1")) == .refused([.skillMissing(ppe)]))
        let nobody = try SmallCity.plan([people[0]], [try SmallCity.work("w-1", 8...10, skills: [ppe])])
        #expect(nobody.uncovered == [TaskID("w-1")])
    }

    @Test("R12.4 who reports to one community is not sent to another")
    func home() throws {
        let worker = try SmallCity.worker("a", territory: TerritoryID("north"), basis: .dualReport)
        let work = [
            try SmallCity.work("w-1", 8...10, in: TerritoryID("south")),
            try SmallCity.work("w-2", 10...11, in: TerritoryID("north")),
        ]
        let plan = try SmallCity.plan([worker], work)
        #expect(plan.assignments.map(\.work) == [TaskID("w-2")])
        #expect(plan.whyNot(PersonID("a"), for: TaskID("w-1")) == .refused([.outsideHome(TerritoryID("north"))]))
    }

    @Test("R12.5 the next tier is opened only when the lower one cannot cover, and shrinks back")
    func tiers() throws {
        let people = [
            try SmallCity.worker("a", at: 9), try SmallCity.worker("b", tier: .sunkDown),
            try SmallCity.worker("c", tier: .lent),
        ]
        let calm = try SmallCity.plan(people, [try SmallCity.work("w-1", 8...10)])
        #expect(calm.assignments.map(\.person) == [PersonID("a")])
        #expect(calm.openedTier == .standing)
        #expect(calm.surge(from: .lent) == .shrunk(from: .lent, to: .standing))
        #expect(calm.whyNot(PersonID("b"), for: TaskID("w-1")) == .higherTier(.sunkDown))
        let surge = try SmallCity.plan(people, [try SmallCity.work("w-1", 8...10), try SmallCity.work("w-2", 9...11)])
        #expect(surge.openedTier == .sunkDown)
        #expect(surge.tierCounts == [.standing: 1, .sunkDown: 1])
        #expect(surge.surge(from: .standing) == .expanded(from: .standing, to: .sunkDown))
    }

    @Test("R12.5 people of the lower tier change places before the next tier is opened")
    func tierChain() throws {
        let tracer = SkillID("tracer")
        let people = [
            try SmallCity.worker("a", skills: [tracer]), try SmallCity.worker("b", at: 5),
            try SmallCity.worker("c", tier: .sunkDown, skills: [tracer]),
        ]
        let work = [
            try SmallCity.work("w-1", 8...10, .urgent), try SmallCity.work("w-2", 8...10, .normal, skills: [tracer]),
        ]
        let plan = try SmallCity.plan(people, work)
        #expect(plan.openedTier == .standing)
        #expect(plan.assignments.map(\.person) == [PersonID("b"), PersonID("a")])
    }

    @Test("R12.7 of two people as near, who serves fewer residents has the work, and overload is said")
    func residents() throws {
        let people = [try SmallCity.worker("a", residents: 420), try SmallCity.worker("b", residents: 200)]
        let work = try SmallCity.work("w-1", 8...12)
        let plan = try SmallCity.plan(people, [work])
        #expect(plan.assignments.map(\.person) == [PersonID("b")])
        let alone = try SmallCity.plan([people[0]], [work])
        #expect(alone.assignments[0].words.en.contains("420 residents, which is overload (R12.7)"))
    }

    @Test("load is spread evenly")
    func fairness() throws {
        let people = try ["a", "b", "c"].map { try SmallCity.worker($0) }
        let work = try (0..<6).map { number in
            let start = Double(8 + number / 2 * 2)
            return try SmallCity.work("w-\(number)", start...(start + 2), day: number % 2)
        }
        let plan = try SmallCity.plan(people, work)
        for person in Self.people { #expect(plan.assignments.count { $0.person == person } == 2) }
    }

    @Test("the more urgent work is covered, whatever it costs the less urgent", arguments: Urgency.allCases)
    func urgency(other: Urgency) throws {
        let work = [
            try SmallCity.work("w-1", 8...10, other), try SmallCity.work("w-2", 9...11, .emergency, at: 5),
            try SmallCity.work("w-3", 10.5...12, other),
        ]
        let plan = try SmallCity.plan([try SmallCity.worker("a")], work)
        if other == .emergency {
            #expect(plan.assignments.map(\.work) == [TaskID("w-1"), TaskID("w-3")])
        } else {
            #expect(plan.assignments.map(\.work) == [TaskID("w-2")])
        }
    }

    @Test("R12.1–R12.4 no plan breaks a rule for anybody", arguments: 0..<6)
    func hardRules(seed: Int) throws {
        let batch = try SmallCity.random(people: 40, work: 160, days: 5, seed: UInt64(seed))
        let plan = try AssignmentSolver.solve(batch)
        #expect(plan.assignments.count + plan.uncovered.count == batch.work.count)
        #expect(plan.assignments.count > 60)
        for worker in batch.people {
            let own = plan.assignments.filter { $0.person == worker.id }.compactMap { given in
                batch.work.first { $0.id == given.work }
            }
            for work in own {
                let others = try own.filter { $0 != work }.map { other in
                    RosteredDuty(
                        id: try #require(ShiftID(rawValue: other.id.rawValue)),
                        period: other.period,
                        party: PartyID("office"),
                        territory: other.territory
                    )
                }
                let busy = try worker.adding(others)
                #expect(busy.refusals(of: work.need, in: batch.territories, limits: batch.limits) == [])
            }
        }
    }

    @Test("nobody who is free could have what is left open", arguments: 0..<6)
    func nothingLeft(seed: Int) throws {
        let batch = try SmallCity.random(people: 25, work: 120, days: 3, seed: UInt64(100 + seed))
        let plan = try AssignmentSolver.solve(batch)
        #expect(!plan.uncovered.isEmpty)
        for work in plan.uncovered {
            for person in batch.people {
                switch try #require(plan.whyNot(person.id, for: work)) {
                case .refused(let refusals): #expect(!refusals.isEmpty)
                case .neededElsewhere(let tasks, let refusals): #expect(!tasks.isEmpty && !refusals.isEmpty)
                case .hasIt, .higherTier, .dearer, .asGood: Issue.record("\(person.id) is free for \(work)")
                }
            }
            let shortfalls = try #require(plan.shortfalls(of: work))
            #expect(shortfalls.map(\.people).reduce(0, +) == batch.people.count)
        }
    }

    @Test("the same batch has the same answer, in whatever order it comes", arguments: 0..<4)
    func determinism(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        let batch = try SmallCity.random(people: 30, work: 90, days: 3, seed: UInt64(seed))
        let first = try AssignmentSolver.solve(batch)
        let shuffled = try SmallCity.batch(
            batch.people.shuffled(using: &chance),
            batch.work.shuffled(using: &chance)
        )
        let second = try AssignmentSolver.solve(shuffled)
        #expect(first.assignments == second.assignments)
        #expect(first.uncovered == second.uncovered)
        #expect(first.cost == second.cost)
    }

    @Test("solving ends when its task is cancelled", .timeLimit(.minutes(20)))
    func cancellation() async throws {
        let batch = try SmallCity.random(people: 30, work: 90, seed: 1)
        let solving = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try AssignmentSolver.solve(batch)
        }
        await #expect(throws: CancellationError.self) { try await solving.value }
    }
}

extension Worker {
    /// With more on the roster.
    fileprivate func adding(_ more: [RosteredDuty]) throws -> Worker {
        try Worker(
            id: id,
            tier: tier,
            base: base,
            posts: posts,
            proofs: proofs,
            unfitness: unfitness,
            duties: duties + more,
            overrides: overrides,
            reported: reported,
            released: released,
            residents: residents,
            limits: SmallCity.limits
        )
    }
}
