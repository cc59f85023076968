import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct OperationsFiguresTests {
    @Test func `the party whose clock needs help soonest stands first`() throws {
        let figures = try OperationsBoard(Story.blockedLane()).figures(at: .evening)

        #expect(figures.departments.map(\.party) == ["fire", "police"])
        let fire = try #require(figures.departments.first)
        #expect(fire.open == 1)
        #expect(fire.noShows == 1)
        #expect(fire.dues == [Story.at("18:29:27")])
    }

    @Test func `a party that held a clock today is listed until the day ends, with nothing open`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("10:00:00"))
        story.blow("M-1", Story.at("10:10:00"), to: ["gas"], lead: "gas")
        story.tell(
            Story.at("10:20:00"),
            .whistleWithdrawn(WhistleWithdrawn(matter: "M-1", round: 1, departments: ["gas"], reason: "Moved.")),
            of: "M-1"
        )
        let board = try OperationsBoard(story)

        #expect(board.figures(at: .evening).departments.map(\.party) == ["gas"])
        #expect(board.figures(at: .evening).departments.first?.open == 0)
        #expect(board.figures(at: BoardMoment(now: Story.at("00:01:00", day: 22))).departments == [])
    }

    @Test func `departments are listed before others`() throws {
        var story = Story.blockedLane()
        story.tell(
            Story.at("18:40:00"),
            .taskDelegated(
                TaskDelegated(
                    matter: "W-0412",
                    task: "T-1",
                    party: "xinwei",
                    duty: "passage.clear",
                    text: "Open the gate.",
                    dueBy: Story.at("18:41:00"),
                    limit: .seconds(60)
                )
            ),
            of: "W-0412"
        )
        let figures = try OperationsBoard(story).figures(at: .evening)

        #expect(figures.departments.last?.party == "xinwei")
        #expect(figures.departments.map(\.open) == [1, 1, 1])
    }

    @Test func `the median counts acceptances of the last twelve hours`() throws {
        var story = Story.town()
        for (matter, blown, seconds) in [("M-1", "06:41:00", 60), ("M-2", "16:00:00", 240), ("M-3", "17:00:00", 480)]
            as [(MatterID, String, Int)]
        {
            story.raise(matter, Story.at(blown))
            story.blow(matter, Story.at(blown), to: ["fire"], lead: "fire")
            story.accept(matter, Story.at(blown) + .seconds(seconds), by: "fire")
        }

        let board = try OperationsBoard(story)

        #expect(board.figures(at: .evening).departments.first?.acceptMedianSeconds == 360)
        let earlier = BoardMoment(now: Story.at("17:30:00"))
        #expect(board.figures(at: earlier).departments.first?.acceptMedianSeconds == 240)
    }

    @Test func `without acceptances the median is missing, not zero`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        story.blow("M-1", Story.at("18:10:00"), to: ["gas"], lead: "gas")
        let figures = try OperationsBoard(story).figures(at: .evening)

        let gas = try #require(figures.departments.last)
        #expect(gas.acceptMedianSeconds == nil)
        var writer = JSONWriter()
        writer.beginObject()
        figures.write(since: nil, to: &writer)
        writer.endObject()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
        let departments = try #require(object["departments"] as? [[String: Any]])
        #expect(departments.last?["acceptMedianSeconds"] is NSNull)
    }

    @Test func `news is said with the party in both languages, the newest first`() throws {
        let feed = try OperationsBoard(Story.blockedLane()).figures(at: .evening).feed

        #expect(
            feed.first?.words
                == Words("Dongqiao community: filed with superior, Community side", zh: "东桥社区：已向上级报备，社区一方")
        )
        #expect(feed.first?.matter == "W-0412")
        let missed = try #require(feed.first { $0.words.en.hasPrefix("Fire: no-show") })
        #expect(missed.isAbnormal)
        #expect(missed.words.zh == "消防：逾期未到，到场")
        #expect(feed.map(\.position) == feed.map(\.position).sorted(by: >))
    }

    @Test func `a change carries only what differs`() throws {
        var story = Story.blockedLane()
        let before = try OperationsBoard(story).figures(at: .evening)
        story.tell(
            Story.at("18:41:00"),
            .findingsHandedOver(FindingsHandedOver(matter: "W-0412", text: "Photo 3.")),
            of: "W-0412",
            by: .gridWorker
        )
        let after = try OperationsBoard(story).figures(at: .evening)

        var writer = JSONWriter()
        writer.beginObject()
        after.write(since: before, to: &writer)
        writer.endObject()

        let object = try #require(try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
        #expect(Array(object.keys) == ["feed"])
        #expect((object["feed"] as? [Any])?.count == 1)
    }

    @Test func `waiting counts the rows whose clock does not run`() throws {
        let board = try OperationsBoard(Story.blockedLane())

        #expect(board.figures(at: .evening).waiting == 1)
        #expect(board.rows().count == 2)
    }
}
