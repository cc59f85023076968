import EventSourcing
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct OperationsBoardTests {
    @Test func `a whistle gives each called department a row with its accept clock`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        let blown = story.blow("M-1", Story.at("18:35:00"), to: ["fire", "police"], lead: "fire")

        let rows = try OperationsBoard(story).rows()

        #expect(rows.map(\.key) == ["M-1/fire", "M-1/police"])
        let row = try #require(rows.first)
        #expect(row.step == .accept)
        #expect(row.clock.state == .running)
        #expect(row.clock.due == Story.at("18:45:00"))
        #expect(row.clock.since == Story.at("18:35:00"))
        #expect(row.clock.limit == .seconds(600))
        #expect(row.clock.startedBy?.position == blown)
        #expect(row.holder.party == "fire")
        #expect(row.holder.name == Words("Fire", zh: "消防"))
        #expect(row.holder.isLead)
        #expect(row.territoryName == Words("DQ-02", zh: "DQ-02"))
        #expect(row.stage.index == 1)
    }

    @Test func `accepting keeps the row and starts the clock to the scene`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        story.blow("M-1", Story.at("18:35:00"), to: ["fire"], lead: "fire")
        let accepted = story.accept("M-1", Story.at("18:38:00"), by: "fire")

        let row = try #require(try OperationsBoard(story).row("M-1/fire"))

        #expect(row.step == .onScene)
        #expect(row.clock.due == Story.at("19:08:00"))
        #expect(row.clock.startedBy?.position == accepted)
        #expect(row.clock.startedBy?.type.name == "WhistleAccepted")
        #expect(row.remark?.at == Story.at("18:38:00"))
    }

    @Test func `the late department leads the board, with what was done about it`() throws {
        let rows = try OperationsBoard(Story.blockedLane()).rows()

        let row = try #require(rows.first)
        #expect(row.key == "W-0412/fire")
        let due = try #require(row.clock.due)
        #expect(Story.now.since(due) == .seconds(12 * 60 + 40))
        #expect(row.tags.map(\.kind) == [.noShow, .escalated])
        #expect(row.tags.map(\.words.en) == ["no-show", "district called"])
        #expect(row.tags.map(\.at) == [due, due])
    }

    @Test func `a department on the scene has a step but no limit`() throws {
        let row = try #require(try OperationsBoard(Story.blockedLane()).row("W-0412/police"))

        #expect(row.step == .act)
        #expect(row.clock.state == .waiting)
        #expect(row.clock.due == nil)
        #expect(row.clock.limit == nil)
        #expect(row.clock.since == Story.at("18:11:48"))
    }

    @Test func `rows stand by deadline, then paused, then waiting, ties by position`() throws {
        var story = Story.town()
        for (matter, time) in [("M-1", "18:30:00"), ("M-2", "18:20:00"), ("M-3", "18:30:00")] as [(MatterID, String)] {
            story.raise(matter, Story.at("18:00:00"))
            story.blow(matter, Story.at(time), to: ["fire"], lead: "fire")
        }
        story.raise("M-4", Story.at("18:00:00"))
        story.raise("M-5", Story.at("18:00:00"))
        story.blow("M-5", Story.at("18:10:00"), to: ["fire", "police"], lead: "fire")
        story.dispute("M-5", Story.at("18:12:00"), "police", clockRuns: false)

        let keys = try OperationsBoard(story).rows().map(\.key)

        #expect(keys == ["M-5/fire", "M-2/fire", "M-1/fire", "M-3/fire", "M-5/police", "M-4"])
    }

    @Test func `a disputed clock says what paused it`() throws {
        var story = Story.town()
        story.raise("M-5", Story.at("18:00:00"))
        story.blow("M-5", Story.at("18:10:00"), to: ["fire", "police"], lead: "fire")
        story.dispute("M-5", Story.at("18:12:00"), "police", clockRuns: false)

        let row = try #require(try OperationsBoard(story).row("M-5/police"))

        #expect(row.clock.state == .paused)
        #expect(row.clock.pausedBy?.type.name == "CompetenceDisputed")
        #expect(row.tags.map(\.kind) == [.disputed])
    }

    @Test func `closing a matter takes all its rows away`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("10:00:00"))
        story.tell(
            Story.at("10:30:00"),
            .resolvedLocally(MatterResolvedLocally(matter: "M-1", text: "Moved.")),
            of: "M-1"
        )
        var fold = try BoardFold<OperationsBoard>(story)
        #expect(fold.board.rows().map(\.step) == [.close])
        story.close("M-1", Story.at("11:00:00"))

        let fact = try #require(try story.facts.last)
        let changed = fold.fold(fact)

        #expect(changed == ["M-1"])
        #expect(fold.board.rows() == [])
        #expect(fold.board.row("M-1") == nil)
    }

    @Test func `the resident's answer is waited for with its deadline and without the resident's identity`() throws {
        var story = Story.blockedLane()
        story.arrive("W-0412", Story.at("18:33:00"), "fire", isLate: true)
        story.complete("W-0412", Story.at("18:34:00"), "fire")
        story.complete("W-0412", Story.at("18:34:30"), "police")
        story.file("W-0412", Story.at("18:35:00"), .department)
        story.askFeedback("W-0412", Story.at("18:36:00"))

        let row = try #require(try OperationsBoard(story).rows().first)

        #expect(row.step == .feedback)
        #expect(row.clock.state == .waiting)
        #expect(row.clock.due == Story.at("18:36:00", day: 24))
        #expect(row.holder.party == nil)
        #expect(!String(decoding: row.json(), as: UTF8.self).contains("resident-7731"))
    }

    @Test func `a task is a row of the party that was given it`() throws {
        var story = Story.blockedLane()
        story.tell(
            Story.at("18:02:00"),
            .taskDelegated(
                TaskDelegated(
                    matter: "W-0412",
                    task: "clear-1",
                    party: "xinwei",
                    duty: "passage.clear",
                    text: "Move the cars.",
                    dueBy: Story.at("20:02:00"),
                    limit: .seconds(7_200)
                )
            ),
            of: "W-0412",
            by: .communityHead
        )

        let row = try #require(try OperationsBoard(story).row("W-0412/task/clear-1"))

        #expect(row.step == .task)
        #expect(row.holder.party == "xinwei")
        #expect(row.clock.due == Story.at("20:02:00"))
    }

    @Test func `a matter that nobody has taken up lies with its community`() throws {
        var story = Story.town()
        story.raise("M-9", Story.at("18:00:00"), by: .system(in: "dq-02"))

        let row = try #require(try OperationsBoard(story).row("M-9"))

        #expect(row.step == .investigate)
        #expect(row.holder.party == "dongqiao")
    }

    @Test func `a reopened matter runs again for the same lead and says so`() throws {
        var story = Story.blockedLane()
        let time = Story.at("18:40:00")
        story.tell(
            time,
            .reopened(
                MatterReopened(
                    matter: "W-0412",
                    reason: "Not solved",
                    round: 1,
                    lead: "fire",
                    onSceneBy: time + .seconds(1_800),
                    limit: .seconds(1_800)
                )
            ),
            of: "W-0412",
            by: .resident
        )

        let row = try #require(try OperationsBoard(story).row("W-0412/fire"))

        #expect(row.clock.due == Story.at("19:10:00"))
        #expect(row.tags.map(\.kind) == [.reopened])
    }

    @Test func `an emergency whistle without consent says that it is not ratified`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        story.blow("M-1", Story.at("18:30:00"), to: ["fire"], lead: "fire", needsRatification: true)

        #expect(try OperationsBoard(story).rows().first?.tags.map(\.kind) == [.ratificationMissing])
    }

    @Test func `R14.5 a clock whose beginning was learned late says when it was learned`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("17:00:00"))
        story.blow("M-1", Story.at("17:44:10"), to: ["fire"], lead: "fire", learned: Story.at("18:39:31"))

        let tags = try #require(try OperationsBoard(story).rows().first?.tags)

        #expect(tags.map(\.kind) == [.learnedLate])
        #expect(tags.map(\.at) == [Story.at("18:39:31")])
    }
}
