import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules of S13 and S14 that this slice holds.
@Suite struct FeedbackTests {
    @Test("R14.1 not solved reopens to the same lead, with a fresh clock, in one append")
    func notSolved() throws {
        var scenario = try Scenario(upTo: .awaitingFeedback)
        scenario.wait(.seconds(600))
        let limit = scenario.town.limits.emergency.onScene
        let events = try scenario.send(
            GiveFeedback(matter: "M-1", solved: false, text: "They are back."),
            by: Town.resident
        )
        #expect(
            events == [
                .feedbackGiven(FeedbackGiven(matter: "M-1", solved: false, text: "They are back.")),
                .reopened(
                    MatterReopened(
                        matter: "M-1",
                        reason: "They are back.",
                        round: 1,
                        lead: "fire",
                        onSceneBy: scenario.now + limit,
                        limit: limit,
                        ladder: scenario.town.limits.ladder
                    )
                ),
            ]
        )
    }

    @Test("R14.1 a reopened matter is done, filed, answered and closed again")
    func reopenedToClosed() throws {
        var scenario = try Scenario(upTo: .reopened)
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
        #expect(scenario.matter.status == .closed)
    }

    @Test("S14 a score is from 1 to 5", arguments: ["0", "6", "-1", "4.5", "\"5\""])
    func score(score: String) {
        let data = Array(#"{"matter":"M-1","solved":true,"score":\#(score)}"#.utf8)
        let problems = #expect(throws: Problems.self) { try GiveFeedback.description.record.decode(data) }
        #expect(problems?.list.map(\.pointer) == ["/score"])
    }

    @Test("R14.1 a matter closes when the reporter lets the time pass")
    func missing() throws {
        var scenario = try Scenario(upTo: .awaitingFeedback)
        let answerBy = scenario.now + scenario.town.limits.feedback
        let missing = RecordFeedbackMissing(matter: "M-1", answerBy: answerBy)
        #expect(scenario.refusal(of: missing, by: Town.system)?.code == "R0.5 too-early")
        scenario.now = answerBy
        try scenario.send(missing, by: Town.system)
        #expect(scenario.refusal(of: CloseMatter(matter: "M-1"), by: Town.head) == nil)
    }

    @Test("R14.1 a matter that was solved locally and is not solved goes back to the community")
    func localReopens() throws {
        var scenario = try Scenario(upTo: .resolvedLocally)
        try scenario.send(AskFeedback(matter: "M-1"), by: Town.system)
        try scenario.send(GiveFeedback(matter: "M-1", solved: false), by: Town.resident)
        #expect(scenario.matter.status == .investigating)
    }

    @Test("S14 feedback by someone who did not report it is refused")
    func nonParty() throws {
        let scenario = try Scenario(upTo: .awaitingFeedback)
        let refusal = scenario.refusal(of: GiveFeedback(matter: "M-1", solved: false), by: Town.neighbour)
        #expect(refusal?.code == "S14 not-reporter")
    }

    @Test("S14 feedback twice is refused")
    func twice() throws {
        let scenario = try Scenario(upTo: .answered)
        let refusal = scenario.refusal(of: GiveFeedback(matter: "M-1", solved: true), by: Town.resident)
        #expect(refusal?.code == "S14 answered-already")
    }

    @Test("S14 feedback before it is asked for is refused")
    func beforeAsked() throws {
        let scenario = try Scenario(upTo: .filedBoth)
        let refusal = scenario.refusal(of: GiveFeedback(matter: "M-1", solved: true), by: Town.resident)
        #expect(refusal?.code == "S14 not-asked")
    }

    @Test("S14 asking twice is refused for people and nothing to do for Muster")
    func askedTwice() throws {
        var scenario = try Scenario(upTo: .awaitingFeedback)
        #expect(scenario.refusal(of: AskFeedback(matter: "M-1"), by: Town.head)?.code == "S14 asked-already")
        #expect(try scenario.send(AskFeedback(matter: "M-1"), by: Town.system) == [])
    }

    @Test("S13 an organisation offers hands while the matter is open")
    func help() throws {
        var scenario = try Scenario(upTo: .inAction)
        let events = try scenario.send(OfferHelp(matter: "M-1", hands: 4, text: "We can carry."), by: Town.ngo)
        #expect(
            events == [.helpOffered(HelpOffered(matter: "M-1", party: "bluesky", hands: 4, text: "We can carry."))]
        )
    }
}
