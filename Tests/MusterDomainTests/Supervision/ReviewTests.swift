import EventSourcing
import MusterDomain
import Testing

/// Appeals about how a matter ended (S14).
@Suite struct ReviewTests {
    private let appeal = Appeal(matter: "M-1", reason: "The cars are back.")

    private func appealed() throws -> Scenario {
        var scenario = try Scenario(upTo: .closed)
        try scenario.send(appeal, by: Town.resident)
        return scenario
    }

    @Test("S14 an appeal that is right sends the same lead again, one that is not leaves the matter closed")
    func decided() throws {
        for isUpheld in [true, false] {
            var scenario = try appealed()
            #expect(scenario.matter.review?.decideBy == scenario.now + scenario.town.limits.review)
            try scenario.send(StartReview(matter: "M-1"), by: Town.street)
            let events = try scenario.send(
                DecideReview(matter: "M-1", isUpheld: isUpheld, text: "Looked again."),
                by: Town.street
            )
            #expect(events.count == (isUpheld ? 2 : 1))
            #expect(scenario.matter.status == (isUpheld ? .reopened : .closed))
            let again = scenario.refusal(of: appeal, by: Town.resident)?.code
            #expect(again == (isUpheld ? "S14 not-closed" : "S14 appealed-already"))
        }
    }

    @Test("S14 an appeal comes within its time after the end")
    func window() throws {
        var scenario = try Scenario(upTo: .closed)
        scenario.wait(scenario.town.limits.appeal)
        #expect(scenario.refusal(of: appeal, by: Town.resident) == nil)
        scenario.wait(.seconds(1))
        #expect(scenario.refusal(of: appeal, by: Town.resident)?.code == "S14 appeal-window-over")
        // What was said in time and arrives late counts by when it was said (R0.3).
        #expect(scenario.refusal(of: appeal, by: Town.resident, at: scenario.now - .seconds(1)) == nil)
    }

    @Test("S14 a review that nobody decides in time is on record, once, and can be decided still")
    func overdue() throws {
        var scenario = try appealed()
        var policy = FeedbackPolicy()
        for fact in scenario.facts { policy.evolve(fact) }
        let timer = try #require(policy.timers.first)
        #expect(policy.timers.count == 1)
        #expect(timer.due == scenario.now + scenario.town.limits.review)
        let record = try #require(timer.command as? RecordReviewOverdue)
        #expect(scenario.refusal(of: record, by: Town.system)?.code == "R0.5 too-early")
        #expect(scenario.refusal(of: record, by: Town.inspector)?.code == "S1 role-not-allowed")
        scenario.now = timer.due
        #expect(
            try scenario.send(record, by: Town.system)
                == [.reviewOverdue(ReviewOverdue(matter: "M-1", decideBy: timer.due))]
        )
        #expect(try scenario.send(record, by: Town.system).isEmpty)
        for fact in scenario.facts { policy.evolve(fact) }
        #expect(policy.timers.isEmpty)
        #expect(scenario.matter.status == .closed)
        try scenario.send(StartReview(matter: "M-1"), by: Town.inspector)
        try scenario.send(DecideReview(matter: "M-1", isUpheld: false, text: "No."), by: Town.inspector)
        #expect(try scenario.send(record, by: Town.system).isEmpty)
    }

    @Test("S14 a review that was decided is waited for no more", arguments: [true, false])
    func decidedInTime(isUpheld: Bool) throws {
        var scenario = try appealed()
        try scenario.send(StartReview(matter: "M-1"), by: Town.inspector)
        try scenario.send(DecideReview(matter: "M-1", isUpheld: isUpheld, text: "Seen."), by: Town.inspector)
        var policy = FeedbackPolicy()
        for fact in scenario.facts { policy.evolve(fact) }
        #expect(policy.timers.isEmpty)
    }

    @Test("S14 only who reported may appeal, and only about an end")
    func who() throws {
        let closed = try Scenario(upTo: .closed)
        #expect(closed.refusal(of: appeal, by: Town.neighbour)?.code == "S14 not-reporter")
        #expect(closed.refusal(of: appeal, by: Town.head)?.code == "S1 role-not-allowed")
        let open = try Scenario(upTo: .answered)
        #expect(open.refusal(of: appeal, by: Town.resident)?.code == "S14 not-closed")
    }

    @Test("S14 nobody reviews their own work")
    func ownWork() throws {
        var town = Town()
        let busy = Actor(person: "fire-chief", party: "fire", role: .inspector, territory: "he")
        town.appoint(busy)
        var scenario = try Scenario(upTo: .closed, in: town)
        try scenario.send(appeal, by: Town.resident)
        #expect(scenario.refusal(of: StartReview(matter: "M-1"), by: busy)?.code == "S14 own-work")
        #expect(scenario.refusal(of: StartReview(matter: "M-1"), by: Town.inspector) == nil)
    }

    @Test("S14 who has taken a review up decides it, once")
    func reviewer() throws {
        var scenario = try appealed()
        let decision = DecideReview(matter: "M-1", isUpheld: false, text: "No.")
        #expect(scenario.refusal(of: decision, by: Town.street)?.code == "S14 review-not-started")
        try scenario.send(StartReview(matter: "M-1"), by: Town.inspector)
        #expect(scenario.refusal(of: StartReview(matter: "M-1"), by: Town.street)?.code == "S14 review-started")
        #expect(scenario.refusal(of: decision, by: Town.street)?.code == "S14 not-your-review")
        scenario.wait(scenario.town.limits.review + .seconds(1))
        let events = try scenario.send(decision, by: Town.inspector)
        #expect(events == [.reviewDecided(ReviewDecided(matter: "M-1", isUpheld: false, text: "No.", isLate: true))])
        #expect(scenario.refusal(of: decision, by: Town.inspector)?.code == "S14 no-appeal")
    }

    @Test("S14 a matter that was closed again can be appealed again")
    func again() throws {
        var scenario = try appealed()
        try scenario.send(StartReview(matter: "M-1"), by: Town.street)
        try scenario.send(DecideReview(matter: "M-1", isUpheld: true, text: "Go again."), by: Town.street)
        try scenario.send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        try scenario.send(
            CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Towed."),
            by: Town.fire
        )
        try scenario.send(Scenario.communityFiling, by: Town.head)
        try scenario.send(Scenario.departmentFiling, by: Town.fire)
        try scenario.send(AskFeedback(matter: "M-1"), by: Town.head)
        try scenario.send(GiveFeedback(matter: "M-1", solved: true), by: Town.resident)
        try scenario.send(CloseMatter(matter: "M-1"), by: Town.head)
        #expect(scenario.refusal(of: appeal, by: Town.resident) == nil)
    }
}
