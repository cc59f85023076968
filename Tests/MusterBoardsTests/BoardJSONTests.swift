import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Testing

@testable import MusterBoards

/// The shape that pages and programs read.
@Suite struct BoardJSONTests {
    private func object(_ json: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    }

    @Test func `the operations board tells log, position, clock and what soon means`() throws {
        let boards = LiveBoards(telling: Story.blockedLane())

        let board = try object(boards.operations.encodedSnapshot().json)

        #expect(board["board"] as? String == "operations")
        #expect(board["log"] as? String == "heyan")
        #expect(board["mode"] as? String == "live")
        #expect(board["position"] as? Int == Story.blockedLane().events.count)
        #expect(board["asOf"] as? String == "2026-11-21T10:31:40Z")
        #expect(board["now"] as? String == "2026-11-21T10:42:07Z")
        #expect(board["soonSeconds"] as? Int == 600)
        #expect(board["parked"] as? Int == 0)
        #expect(board["isCaughtUp"] as? Bool == true)
        #expect(board["waiting"] as? Int == 1)
    }

    @Test func `a row holds who, what, until when and why`() throws {
        let boards = LiveBoards(telling: Story.blockedLane())

        let rows = try #require(try object(boards.operations.encodedSnapshot().json)["rows"] as? [[String: Any]])

        let row = try #require(rows.first)
        #expect(
            Set(row.keys) == [
                "key", "order", "matter", "reference", "title", "kind", "urgency", "place", "territory",
                "territoryName", "holder", "step", "stepWords", "clock", "stage", "tags", "remark", "task",
                "department",
            ]
        )
        let clock = try #require(row["clock"] as? [String: Any])
        #expect(clock["state"] as? String == "running")
        #expect(clock["due"] as? String == "2026-11-21T10:29:27Z")
        #expect(clock["limitSeconds"] as? Int == 1_800)
        #expect((clock["startedBy"] as? [String: Any])?["type"] as? String == "WhistleAccepted")
        #expect(clock["pausedBy"] is NSNull)
        #expect((row["holder"] as? [String: Any])?["isLead"] as? Bool == true)
        #expect((row["stage"] as? [String: Any])?["of"] as? Int == 6)
        #expect(row["task"] is NSNull)
    }

    @Test func `what is missing is null`() throws {
        let boards = LiveBoards(telling: Story.blockedLane())

        let rows = try #require(try object(boards.operations.encodedSnapshot().json)["rows"] as? [[String: Any]])
        let whistles = try object(boards.whistles.encodedSnapshot().json)

        let waiting = try #require(rows.last?["clock"] as? [String: Any])
        #expect(waiting["due"] is NSNull)
        #expect(waiting["limitSeconds"] is NSNull)
        let rates = try #require(whistles["rates"] as? [[String: Any]])
        #expect(rates.last?["perThousand"] is NSNull)
        let halfFiled = try #require(whistles["halfFiled"] as? [[String: Any]])
        #expect(halfFiled.first?["department"] is NSNull)
    }

    @Test func `an empty board has no time of its last event`() throws {
        let boards = LiveBoards(telling: Story())

        let board = try object(boards.operations.encodedSnapshot().json)

        #expect(board["asOf"] is NSNull)
        #expect(board["position"] as? Int == 0)
        #expect((board["rows"] as? [Any])?.isEmpty == true)
    }

    @Test func `the whistles board puts rows under their department`() throws {
        let boards = LiveBoards(telling: Story.blockedLane())

        let board = try object(boards.whistles.encodedSnapshot().json)

        let departments = try #require(board["departments"] as? [[String: Any]])
        #expect(departments.map { $0["party"] as? String } == ["fire", "police", "gas"])
        #expect(departments.map { ($0["rows"] as? [Any])?.count } == [1, 1, 0])
        #expect(Set(board.keys).isSuperset(of: ["disputes", "arrivals", "halfFiled", "rates"]))
        #expect(board["rows"] == nil)
    }

    @Test func `text that looks like markup or JSON stays text`() throws {
        var story = Story.town()
        let title = #"</script><script>alert("x")</script> \ "quoted" 火灾"#
        story.raise("M-1", Story.at("18:00:00"), title: title)

        let boards = LiveBoards(telling: story)

        let rows = try #require(try object(boards.operations.encodedSnapshot().json)["rows"] as? [[String: Any]])
        #expect(rows.first?["title"] as? String == title)
    }

    @Test func `an identifier that a machine made is cut to a reference that can be said`() {
        #expect(Reference.text("W-0412") == "W-0412")
        #expect(Reference.text("019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f") == "M-2D3E4F")
    }
}
