import EventSourcing
import MusterDomain
import Records
import Testing

/// How parties stand in a period (S14).
@Suite struct AppraisalTests {
    private static let day = Town.noon - .seconds(43_200)
    private static let nextDay = day + .seconds(86_400)

    private func lines(_ facts: [Fact], to end: Timestamp = nextDay) -> [AppraisalLine] {
        var fold = AppraisalFold(.timeAndAnswers, from: Self.day, to: end)
        for fact in facts { fold.fold(fact) }
        return fold.lines
    }

    @Test("R14.7 the same facts give the same lines, and what happened outside of the period does not count")
    func reproducible() throws {
        let closed = try Scenario(upTo: .closed)
        let line = try #require(lines(closed.facts).first { $0.party == "fire" })
        #expect(line.outcomes.closedOnTime == 1)
        #expect(line.outcomes.solved == 1)
        #expect(line.overdueOpen == 0)
        #expect(line.score == 100)
        #expect(lines(closed.facts) == lines(closed.facts))
        var later = AppraisalFold(.timeAndAnswers, from: Self.nextDay, to: Self.nextDay + .seconds(86_400))
        for fact in closed.facts { later.fold(fact) }
        #expect(later.lines == [])
    }

    @Test("R14.7 the period after another one is what reading from the start gives")
    func following() throws {
        let blown = try Scenario(upTo: .whistled)
        var first = AppraisalFold(.timeAndAnswers, from: Self.day, to: Town.noon + .seconds(1))
        for fact in blown.facts { first.fold(fact) }
        let next = first.following(to: Self.nextDay)
        var anew = AppraisalFold(.timeAndAnswers, from: Town.noon + .seconds(1), to: Self.nextDay)
        for fact in blown.facts { anew.fold(fact) }
        #expect(next.lines == anew.lines)
        #expect(next.lines.first?.overdueOpen == 1)
    }

    @Test("R14.3 what is open and due at the end of the period counts against its lead")
    func overdue() throws {
        let blown = try Scenario(upTo: .whistled)
        let line = try #require(lines(blown.facts).first { $0.party == "fire" })
        #expect(line.overdueOpen == 1)
        #expect(line.score == 0)
        // A moment after the whistle nothing was due.
        #expect(lines(blown.facts, to: Town.noon + .seconds(1)).allSatisfy { $0.overdueOpen == 0 })
    }

    @Test(
        "R14.7 the formula is one fraction, rounded down",
        arguments: [
            ((9, 0, 0, 0, 0), 100), ((0, 9, 0, 0, 0), 0), ((8, 1, 1, 7, 1), 83), ((1, 2, 0, 1, 2), 33),
            ((0, 0, 3, 0, 0), 0), ((1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_000), 40),
        ]
    )
    func formula(_ counts: (onTime: Int, late: Int, open: Int, solved: Int, not: Int), score: Int) {
        let outcomes = PartyOutcomes(
            closedOnTime: counts.onTime,
            closedLate: counts.late,
            solved: counts.solved,
            notSolved: counts.not,
            silent: 0,
            appealsUpheld: 0
        )
        #expect(AppraisalFormula.timeAndAnswers.score(outcomes, overdueOpen: counts.open) == score)
    }

    private func publish(_ lines: [AppraisalLine], to end: Timestamp = Town.noon) -> PublishAppraisal {
        PublishAppraisal(
            appraisal: "A-1",
            formula: .timeAndAnswers,
            from: Self.day,
            to: end,
            through: 9,
            lines: lines
        )
    }

    private func line(_ party: PartyID, score: Int?) -> AppraisalLine {
        let outcomes = PartyOutcomes(
            closedOnTime: 1,
            closedLate: 1,
            solved: 0,
            notSolved: 0,
            silent: 0,
            appealsUpheld: 0
        )
        return AppraisalLine(party: party, outcomes: outcomes, overdueOpen: 0, score: score)
    }

    @Test("R14.7 an appraisal names its formula, and holds what the formula gives")
    func published() throws {
        let spec = DecisionSpec(Appraisal.self)
        let good = publish([line("fire", score: 50), line("police", score: 50)])
        #expect(try spec.when(good, by: Town.inspector).count == 1)
        #expect(spec.refusal(of: publish([line("fire", score: 51)]), by: Town.inspector)?.code == "R14.7 score-differs")
        #expect(
            spec.refusal(of: publish([line("fire", score: nil)]), by: Town.inspector)?.code == "R14.7 score-differs"
        )
        let twice = publish([line("fire", score: 50), line("fire", score: 50)])
        #expect(spec.refusal(of: twice, by: Town.inspector)?.code == "R14.7 lines-out-of-order")
        #expect(spec.refusal(of: good, by: Town.head)?.code == "R14.7 role-not-allowed")
    }

    @Test("R14.7 an appraisal without a formula, or by one that there is not, is refused", arguments: [nil, "2025-9"])
    func formulaMissing(formula: String?) {
        let data = Array(
            (#"{"appraisal":"A-1","from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z","through":9,"lines":[]"#
                + (formula.map { #","formula":"\#($0)""# } ?? "") + "}").utf8
        )
        let problems = #expect(throws: Problems.self) { try PublishAppraisal.description.record.decode(data) }
        #expect(problems?.list.map(\.pointer) == ["/formula"])
    }

    @Test("R14.7 nobody is appraised for a time that is not over, and an appraisal is published once")
    func times() throws {
        let spec = DecisionSpec(Appraisal.self)
        let early = publish([], to: Town.noon + .seconds(1))
        #expect(spec.refusal(of: early, by: Town.inspector)?.code == "R14.7 period-not-over")
        #expect(spec.refusal(of: publish([], to: Self.day), by: Town.inspector)?.code == "R14.7 end-before-start")
        let events = try spec.when(publish([]), by: Town.inspector)
        let again = DecisionSpec(Appraisal.self, given: events)
        #expect(again.refusal(of: publish([]), by: Town.inspector)?.code == "R14.7 appraisal-exists")
    }
}
