import EventSourcing
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct WhistlesBoardTests {
    @Test func `only called departments have rows`() throws {
        var story = Story.blockedLane()
        story.raise("M-2", Story.at("18:40:00"))

        #expect(try WhistlesBoard(story).rows().map(\.key) == ["W-0412/fire", "W-0412/police"])
    }

    @Test func `a dispute waits for a ruling with its argument and the clock that keeps running`() throws {
        var story = Story.town()
        story.raise("M-5", Story.at("18:00:00"))
        story.blow("M-5", Story.at("18:38:27"), to: ["fire", "police"], lead: "fire")
        story.dispute("M-5", Story.at("18:39:00"), "fire", clockRuns: true)

        let dispute = try #require(try WhistlesBoard(story).figures(at: .evening).disputes.first)

        #expect(dispute.department == "fire")
        #expect(dispute.isLead)
        #expect(dispute.duty == "burning.open")
        #expect(dispute.dutyWords == nil)
        #expect(dispute.clock.state == .running)
        #expect(dispute.clock.due?.since(Story.now) == .seconds(6 * 60 + 20))
    }

    @Test func `a ruling takes the dispute away`() throws {
        var story = Story.town()
        story.raise("M-5", Story.at("18:00:00"))
        story.blow("M-5", Story.at("18:10:00"), to: ["fire", "police"], lead: "fire")
        story.dispute("M-5", Story.at("18:12:00"), "police", clockRuns: false)
        story.tell(
            Story.at("18:20:00"),
            .competenceRuled(
                CompetenceRuled(
                    matter: "M-5",
                    round: 1,
                    department: "police",
                    upheld: true,
                    replacement: "gas",
                    lead: "fire",
                    text: "List 4.2.",
                    acceptBy: Story.at("18:30:00"),
                    limit: .seconds(600)
                )
            ),
            of: "M-5",
            by: .street
        )

        let board = try WhistlesBoard(story)

        #expect(board.figures(at: .evening).disputes == [])
        #expect(Set(board.rows().map(\.key)) == ["M-5/fire", "M-5/gas"])
    }

    @Test func `arrivals are those of the town's present day`() throws {
        var story = Story.town(on: 19)
        for (matter, day) in [("M-1", 20), ("M-2", 21), ("M-3", 21)] as [(MatterID, Int)] {
            story.raise(matter, Story.at("00:10:00", day: day))
            story.blow(matter, Story.at("00:20:00", day: day), to: ["fire"], lead: "fire")
            story.accept(matter, Story.at("00:21:00", day: day), by: "fire")
            story.arrive(matter, Story.at("00:40:00", day: day), "fire", isLate: matter == "M-3")
        }

        let arrivals = try WhistlesBoard(story).figures(at: .evening).arrivals

        #expect(arrivals.map(\.party) == ["fire"])
        #expect(arrivals.first?.marks == [.inTime, .late])
    }

    @Test func `who comes after a no-show is late, once`() throws {
        var story = Story.blockedLane()
        #expect(try marks(of: "fire", story) == [.noShow])
        story.arrive("W-0412", Story.at("18:40:00"), "fire", isLate: true)

        #expect(try marks(of: "fire", story) == [.late])
    }

    private func marks(of party: PartyID, _ story: Story) throws -> [DepartmentArrivals.Mark]? {
        try WhistlesBoard(story).figures(at: .evening).arrivals.first { $0.party == party }?.marks
    }

    @Test func `a matter filed on one side shows the other side as missing`() throws {
        let halfFiled = try WhistlesBoard(Story.blockedLane()).figures(at: .evening).halfFiled

        let matter = try #require(halfFiled.first)
        #expect(halfFiled.count == 1)
        #expect(matter.community == Story.at("18:31:40"))
        #expect(matter.department == nil)
    }

    @Test func `filing on the second side takes the matter off the list`() throws {
        var story = Story.blockedLane()
        story.arrive("W-0412", Story.at("18:33:00"), "fire", isLate: true)
        story.complete("W-0412", Story.at("18:34:00"), "fire")
        story.file("W-0412", Story.at("18:35:00"), .department)

        #expect(try WhistlesBoard(story).figures(at: .evening).halfFiled == [])
    }

    @Test func `R3.7 a community that never whistles is flagged, one of unknown size is unknown`() throws {
        let rates = try WhistlesBoard(Story.town(on: 10)).figures(at: .evening).rates

        #expect(rates.map(\.territory) == ["dongqiao", "xinwei-c"])
        #expect(rates.map(\.perThousand) == [0, nil])
        #expect(rates.map(\.gauge) == [.tooLow, .unknown])
    }

    @Test func `R3.7 the rate counts the whistles of seven days per thousand households`() throws {
        var story = Story.town(on: 10)
        for (number, day) in [13, 15, 17, 18, 19, 20].enumerated() {
            let matter = MatterID(UniqueID(high: 1, low: UInt64(number)))
            story.raise(matter, Story.at("18:00:00", day: day))
            story.blow(matter, Story.at("18:10:00", day: day), to: ["fire"], lead: "fire")
        }

        let rate = try #require(try WhistlesBoard(story).figures(at: .evening).rates.first)

        #expect(rate.whistles == 5)
        #expect(rate.perThousand == 5)
        #expect(rate.gauge == .healthy)
        #expect(rate.days == 7)
    }

    @Test func `R3.7 the rate of a log younger than seven days is scaled by the days it has seen`() throws {
        var story = Story.town(on: 20)
        story.raise("M-1", Story.at("09:00:00"))
        story.blow("M-1", Story.at("09:10:00"), to: ["fire"], lead: "fire")

        let board = try WhistlesBoard(story)
        let moment = BoardMoment(now: Story.at("20:00:00"))
        let rate = try #require(board.figures(at: moment).rates.first)

        // One whistle in a day and a half.
        #expect(rate.perThousand == 4.7)
        #expect(rate.days == 1)
    }

    @Test func `on the first day of a log there is no rate`() throws {
        var story = Story.town(on: 21)
        story.raise("M-1", Story.at("18:00:00"))
        story.blow("M-1", Story.at("18:10:00"), to: ["fire"], lead: "fire")

        let rate = try #require(try WhistlesBoard(story).figures(at: .evening).rates.first)

        #expect(rate.whistles == 1)
        #expect(rate.isCounted)
        #expect(rate.perThousand == nil)
        #expect(rate.gauge == .unknown)
    }
}
