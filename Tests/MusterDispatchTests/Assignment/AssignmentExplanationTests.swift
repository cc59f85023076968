import EventSourcing
import MusterDispatch
import MusterDomain
import Records
import Testing

/// Why her, why not him; and what an assignment refuses to begin with.
@Suite struct AssignmentExplanationTests {
    private static let first = TaskID("w-1")

    @Test("an assignment says distance, hours, skills and tier in both languages")
    func why() throws {
        let worker = try SmallCity.worker("gw-02", at: 1.2, duties: [try SmallCity.duty("d", -1, 8...16)])
        let plan = try SmallCity.plan([worker], [try SmallCity.work("w-1", 8...12)])
        let words = try #require(plan.assignment(of: Self.first)).words
        #expect(
            words.en == "gw-02 takes w-1: 1.2 km away, 8 h of work before and 12 h after it, of 60 h a week, no skill "
                + "beyond those needed, tier 1 (Standing staff)."
        )
        #expect(
            words.zh == "gw-02 承担 w-1：距离 1.2 公里，工时由 8 小时增至 12 小时（每周上限 60 小时），没有多余技能，"
                + "第 1 级梯队（常备人员）。"
        )
        #expect(plan.whyNot(PersonID("gw-02"), for: Self.first) == .hasIt)
        #expect(plan.assignment(of: TaskID("w-9")) == nil)
        #expect(plan.whyNot(PersonID("nobody"), for: Self.first) == nil)
    }

    @Test("R12.2 who is refused is told by which rule")
    func refused() throws {
        let tired = try SmallCity.worker("b", duties: [try SmallCity.duty("late", -1, 14...23)])
        let plan = try SmallCity.plan([try SmallCity.worker("a"), tired], [try SmallCity.work("w-1", 8...12)])
        let words = try #require(plan.words(whyNot: PersonID("b"), for: Self.first))
        #expect(words.en.contains("Too little rest beside late") && words.en.hasSuffix("(R12.2)"))
        #expect(words.zh.contains("休息不足") && words.zh.hasSuffix("（R12.2）"))
    }

    @Test("who is dearer is told by how much, and of what")
    func dearer() throws {
        let people = [
            try SmallCity.worker("a"),
            try SmallCity.worker("b", at: 3, skills: [SkillID("ppe")], duties: [try SmallCity.duty("d", -3, 8...14)]),
        ]
        let plan = try SmallCity.plan(people, [try SmallCity.work("w-1", 8...14)])
        guard case .dearer(let difference) = plan.whyNot(PersonID("b"), for: Self.first) else {
            Issue.record("b should be dearer")
            return
        }
        #expect(abs(difference.distance - 3) < 0.01)
        // (12/60)² − (6/60)², less (6/60)², a hundred times.
        #expect(abs(difference.load - 2) < 1e-9)
        #expect(difference.surplusSkills == 0.5)
        let words = try #require(plan.words(whyNot: PersonID("b"), for: Self.first))
        #expect(words.en.contains("5.50 more: distance +3.00, load +2.00, surplus skills +0.50"))
        #expect(words.zh.contains("将增加 5.50"))
    }

    @Test("who is needed elsewhere is told where")
    func neededElsewhere() throws {
        let people = [try SmallCity.worker("a"), try SmallCity.worker("b", at: 2)]
        let work = [try SmallCity.work("w-1", 8...10), try SmallCity.work("w-2", 9...11, at: 2)]
        let plan = try SmallCity.plan(people, work)
        #expect(
            plan.whyNot(PersonID("b"), for: Self.first)
                == .neededElsewhere([TaskID("w-2")], [.occupied(by: .work(TaskID("w-2")))])
        )
        let words = try #require(plan.words(whyNot: PersonID("b"), for: Self.first))
        #expect(words.en == "b is needed for w-2. b has w-2 at that time. (R12.1)")
    }

    @Test("work that stays open says what is missing, counted by rule")
    func shortfalls() throws {
        let week = try (-5..<0).map { try SmallCity.duty("d-\($0 + 9)", $0, 8...20) }
        let people = [
            try SmallCity.worker("a"), try SmallCity.worker("b"),
            try SmallCity.worker("c", territory: TerritoryID("north")),
            try SmallCity.worker("d", skills: [SkillID("ppe")], duties: week),
            try SmallCity.worker("e", skills: [SkillID("ppe")], released: SmallCity.at(0, 9)),
        ]
        let plan = try SmallCity.plan(people, [try SmallCity.work("w-1", 8...12, skills: [SkillID("ppe")])])
        let shortfalls = try #require(plan.shortfalls(of: Self.first))
        #expect(
            Set(shortfalls.map(\.words.en)) == [
                "2 of 5 people lack the skill (R12.3).", "1 of 5 people have no post there (S12).",
                "1 of 5 people have no hours left in the week (R12.2).", "1 of 5 people are released from duty (S12).",
            ]
        )
        #expect(shortfalls[0].words.zh == "5 人中 2 人缺少所需技能（R12.3）。")
        let calm = try SmallCity.plan([people[0]], [try SmallCity.work("w-1", 8...12)])
        #expect(calm.shortfalls(of: Self.first) == [])
        #expect(calm.shortfalls(of: TaskID("w-9")) == nil)
    }

    @Test("S12 people and work come once in a batch")
    func twice() throws {
        let worker = try SmallCity.worker("a")
        let work = try SmallCity.work("w-1", 8...12)
        #expect(Self.refusal(of: [worker, worker], [work]) == "S12 id-twice")
        #expect(Self.refusal(of: [worker], [work, work]) == "S12 id-twice")
    }

    @Test("R12.2 work of thirty hours, or a batch of more than a month, is refused")
    func tooLong() throws {
        let worker = try SmallCity.worker("a")
        #expect(Self.refusal(of: [worker], [try SmallCity.work("w-1", 8...38)]) == "R12.2 shift-impossible")
        let months = [try SmallCity.work("w-1", 8...12), try SmallCity.work("w-2", 8...12, .normal, day: 32)]
        #expect(Self.refusal(of: [worker], months) == "S12 batch-too-large")
    }

    @Test("S12 weights that are not numbers are refused", arguments: [Double.nan, -1, .infinity])
    func weights(weight: Double) throws {
        var configuration = AssignmentConfiguration()
        configuration.weights.load = weight
        #expect(Self.refusal(of: [], [], configuration) == "S12 bad-weights")
    }

    @Test("a batch without work or people has an empty plan")
    func empty() throws {
        let plan = try SmallCity.plan([], [])
        #expect(plan.assignments.isEmpty && plan.uncovered.isEmpty && plan.cost == 0)
        let noPeople = try SmallCity.plan([], [try SmallCity.work("w-1", 8...12)])
        #expect(noPeople.uncovered == [Self.first])
        #expect(noPeople.shortfalls(of: Self.first) == [])
        let noWork = try SmallCity.plan([try SmallCity.worker("a")], [])
        #expect(noWork.openedTier == .standing)
    }

    private static func refusal(
        of people: [Worker],
        _ work: [OpenWork],
        _ configuration: AssignmentConfiguration = AssignmentConfiguration()
    ) -> String? {
        do {
            _ = try SmallCity.batch(people, work, configuration)
            return nil
        } catch let rejection as Rejection {
            return "\(rejection.rule) \(rejection.reason)"
        } catch {
            return "\(error)"
        }
    }
}
