import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct MatterViewTests {
    private func view(_ story: Story, of matter: MatterID = "W-0412") throws -> MatterView {
        let facts = try story.facts
        var register = Register()
        for fact in facts { register.fold(fact) }
        let own = facts.filter { $0.stream == Matter.stream(matter) }
        return try #require(
            MatterView(matter, facts: own, register: register)
        )
    }

    @Test func `each party has its column, in the order of coming in, with the lead marked`() throws {
        let parties = try view(Story.blockedLane()).parties

        #expect(parties.map(\.party) == ["dongqiao", "fire", "police"])
        #expect(parties.map(\.isLead) == [false, true, false])
    }

    @Test func `the ladder says when each level is called and who has been`() throws {
        let ladder = try #require(try view(Story.blockedLane()).ladders.first)

        #expect(ladder.row == "W-0412/fire")
        #expect(ladder.rungs.map(\.at) == [Story.at("18:14:27"), Story.at("18:29:27"), Story.at("18:44:27")])
        #expect(ladder.rungs.map(\.level) == [.street, .district, .city])
        #expect(ladder.rungs.map(\.isTold) == [true, true, false])
    }

    @Test func `both filings are listed, the missing one without a time`() throws {
        let filings = try view(Story.blockedLane()).filings

        #expect(filings.map(\.side) == [.community, .department])
        #expect(filings.map(\.at) == [Story.at("18:31:40"), nil])
        #expect(filings.first?.superior == "Heyan street office")
        #expect(filings.last?.party == nil)
    }

    @Test func `R14.5 a late-learned event stands where it was learned, and where it happened`() throws {
        var story = Story.blockedLane()
        story.tell(
            Story.at("17:44:10"),
            .findingsRecorded(
                FindingsRecorded(matter: "W-0412", text: "Two cars.", needsDepartment: true)
            ),
            of: "W-0412",
            by: .gridWorker,
            learned: Story.at("18:39:31")
        )

        let view = try view(story)

        #expect(view.events.last?.type.name == "FindingsRecorded")
        #expect(view.events.last?.isLearnedLate == true)
        #expect(view.eventsAsTrue.map(\.type.name).prefix(3) == ["MatterRaised", "FindingsRecorded", "WhistleBlown"])
    }

    @Test func `the whistle says who leads and who joins`() throws {
        let blown = try #require(try view(Story.blockedLane()).events.first { $0.type.name == "WhistleBlown" })

        #expect(blown.detail == Words("Fire leads, with Police", zh: "消防牵头，公安配合"))
        #expect(blown.due == Story.at("18:02:40"))
    }

    @Test func `the JSON holds events, clocks, ladders and filings`() throws {
        let json = try view(Story.blockedLane()).json()

        let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        #expect(object["matter"] as? String == "W-0412")
        #expect((object["events"] as? [Any])?.count == 9)
        #expect((object["clocks"] as? [Any])?.count == 2)
        #expect((object["ladders"] as? [Any])?.count == 1)
        #expect((object["filings"] as? [Any])?.count == 2)
        #expect(!String(decoding: json, as: UTF8.self).contains("resident-7731"))
    }

    @Test func `facts that raise no matter give no view`() throws {
        let facts = try Story.town().facts

        #expect(MatterView("W-0412", facts: facts, register: Register()) == nil)
    }
}
