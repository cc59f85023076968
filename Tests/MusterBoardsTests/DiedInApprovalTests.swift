import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@testable import MusterBoards

/// Matters that needed a whistle, and lie because consent was refused or never came.
@Suite struct DiedInApprovalTests {
    private func died(_ story: Story, at time: Timestamp = Story.now) throws -> [DeadApproval] {
        try WhistlesBoard(story).figures(at: BoardMoment(now: time)).died
    }

    @Test func `a question that nobody answers dies with its limit, and its community let it lie`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("13:00:00"), limit: .seconds(14_400))

        #expect(try died(story, at: Story.at("16:59:59")) == [])
        let dead = try #require(try died(story, at: Story.at("17:00:00")).first)
        #expect(dead.matter.matter == "M-1")
        #expect(!dead.matter.isRefused)
        #expect(dead.matter.askedAt == Story.at("13:00:00"))
        #expect(dead.matter.since == Story.at("17:00:00"))
        #expect(dead.party == "dongqiao")
        #expect(dead.name.en == "Dongqiao community")
    }

    @Test func `a question that was refused lies with whoever refused it, since then`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"), by: .street)

        let dead = try #require(try died(story).first)
        #expect(dead.matter.isRefused)
        #expect(dead.matter.since == Story.at("18:05:00"))
        #expect(dead.party == "heyan-street")
    }

    @Test func `what has lain longest comes first`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("13:00:00"), limit: .seconds(14_400))
        story.ask("M-2", Story.at("16:00:00"))
        story.refuse("M-2", Story.at("16:30:00"))
        story.ask("M-3", Story.at("18:00:00"))

        #expect(try died(story).map(\.matter.matter) == ["M-2", "M-1"])
    }

    @Test(
        arguments: [
            .findingsRecorded(FindingsRecorded(matter: "M-1", text: "Worse.", needsDepartment: true)),
            .investigatorAssigned(InvestigatorAssigned(matter: "M-1", person: "grid-dq02")),
            .consentRequested(ConsentRequested(matter: "M-1", reason: "Again.")),
            .resolvedLocally(MatterResolvedLocally(matter: "M-1", text: "The owner moved the car.")),
            .merged(MatterMerged(matter: "M-1", into: "M-2", reporters: [])),
            .closed(MatterClosed(matter: "M-1", text: nil)),
        ] as [MatterEvent]
    ) func `a refused matter is dead no more once somebody goes on`(_ event: MatterEvent) throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"))
        story.tell(Story.at("18:20:00"), event, of: "M-1", by: .gridWorker)

        #expect(try died(story) == [])
    }

    @Test func `an emergency whistle goes on with a matter whose consent never came`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("13:00:00"))
        story.blow("M-1", Story.at("18:00:00"), to: ["fire"], lead: "fire")

        #expect(try died(story) == [])
    }

    @Test func `new findings do not answer a question that stands`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("13:00:00"))
        let findings = FindingsRecorded(matter: "M-1", text: "Worse.", needsDepartment: true)
        story.tell(Story.at("14:00:00"), .findingsRecorded(findings), of: "M-1", by: .gridWorker)

        #expect(try died(story).map(\.matter.since) == [Story.at("17:00:00")])
    }

    @Test func `an offer to help goes on with nothing, consent does`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"))
        let help = HelpOffered(matter: "M-1", party: "xinwei", hands: 2, text: "We can.")
        story.tell(Story.at("18:10:00"), .helpOffered(help), of: "M-1", by: .property)
        #expect(try died(story).count == 1)

        story.ask("M-2", Story.at("18:00:00"))
        let given = ConsentGiven(matter: "M-2", text: "Yes.", isRatification: false)
        story.tell(Story.at("18:11:00"), .consentGiven(given), of: "M-2", by: .communityHead)
        #expect(try died(story, at: Story.at("23:59:00")).map(\.matter.matter) == ["M-1"])
    }

    @Test func `a question from before limits were recorded dies only when it is refused`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("09:00:00"), limit: nil)
        #expect(try died(story) == [])
        story.refuse("M-1", Story.at("10:00:00"))
        #expect(try died(story).count == 1)
    }

    @Test func `a refused ratification leaves the whistle, and nothing dies`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        story.blow("M-1", Story.at("18:01:00"), to: ["fire"], lead: "fire", needsRatification: true)
        let refused = ConsentRefused(matter: "M-1", text: "No.", isRatification: true)
        story.tell(Story.at("18:02:00"), .consentRefused(refused), of: "M-1", by: .communityHead)

        #expect(try died(story) == [])
    }

    @Test func `whoever is asked for consent holds a clock on the operations board`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))

        let row = try #require(try OperationsBoard(story).row("M-1"))
        #expect(row.step == .consent)
        #expect(row.holder.party == "dongqiao")
        #expect(row.clock.state == .running)
        #expect(row.clock.due == Story.at("22:00:00"))
        #expect(row.clock.since == Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"))
        let after = try #require(try OperationsBoard(story).row("M-1"))
        #expect(after.step == .investigate)
        #expect(after.clock.due == nil)
    }

    @Test func `the JSON says which, where, since when and who; with its person the title is gone`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"))

        func entry() throws -> [String: Any] {
            let json = Data(LiveBoards(telling: story).whistles.encodedSnapshot().json)
            let board = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
            return try #require((board["diedInApproval"] as? [[String: Any]])?.first)
        }
        let dead = try entry()
        #expect(
            Set(dead.keys) == [
                "matter", "reference", "title", "kind", "place", "territory", "askedAt", "isRefused", "since", "party",
                "name",
            ]
        )
        #expect(dead["since"] as? String == "2026-11-21T10:05:00Z")
        #expect(dead["party"] as? String == "dongqiao")
        #expect(dead["title"] as? String == "Blocked fire lane")
        story.erase("resident-7731", Story.at("18:30:00"))
        #expect(try entry()["title"] as? String == PersonalFields.erasedText)
    }

    @Test func `what was known at a time says what had died by then`() throws {
        var story = Story.town()
        story.ask("M-1", Story.at("18:00:00"))
        story.refuse("M-1", Story.at("18:05:00"))
        let known = story.events.count
        story.blow("M-1", Story.at("18:30:00"), to: ["fire"], lead: "fire")

        let board = try BoardFold<WhistlesBoard>(story, first: known).board
        #expect(board.figures(at: BoardMoment(now: Story.at("18:20:00"))).died.count == 1)
        #expect(try died(story) == [])
    }
}
