import EventSourcing
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct GridsBoardTests {
    private static let morning = Story.at("08:00:00")

    /// Two buildings in the grid dq-02, and one that lies in the community.
    private static func quarter() -> Story {
        var story = Story.town()
        for (building, parent) in [("b1", "dq-02"), ("b2", "dq-02"), ("b3", "dongqiao")] as [(TerritoryID, TerritoryID)]
        {
            story.tell(
                morning,
                .buildingRegistered(
                    BuildingRegistered(building: building, parent: parent, nameEN: "Block", nameZH: "楼")
                )
            )
        }
        return story
    }

    private static func tally(_ households: Int, covered: Int = 0, open: Int = 0, undeclared: Int = 0) -> HouseholdTally
    {
        var tally = HouseholdTally()
        tally.households = households
        tally.covered = covered
        tally.open = open
        tally.undeclared = undeclared
        return tally
    }

    private static func visit(_ building: TerritoryID, _ tally: HouseholdTally) -> HouseholdEvent {
        .visited(
            VisitRecorded(
                building: building,
                household: "h1",
                outcome: .met,
                contact: "resident-1",
                note: "Ann Wang, 138 0000 0000",
                isOvertaken: false,
                attempt: 0,
                tally: tally
            )
        )
    }

    private static func part(_ grid: TerritoryID, _ buildings: [TerritoryID]) -> GridPart {
        GridPart(grid: grid, nameEN: grid.rawValue, nameZH: "网格", buildings: buildings)
    }

    private func row(_ key: String, in story: Story) throws -> GridRow {
        try #require(try GridsBoard(story).row(key))
    }

    @Test func `a grid's card adds up its buildings and says when somebody was last visited`() throws {
        var story = Self.quarter()
        story.tell(Story.at("09:00:00"), Self.visit("b1", Self.tally(40, covered: 30, open: 2)))
        story.tell(Story.at("10:00:00"), Self.visit("b2", Self.tally(60, covered: 10, undeclared: 1)))
        story.tell(Story.at("09:30:00"), Self.visit("b1", Self.tally(40, covered: 31, open: 1)))
        story.tell(Story.at("11:00:00"), Self.visit("b3", Self.tally(7)))
        let row = try row("dq-02", in: story)
        #expect(row.percent == 41)
        #expect(row.cells.map(\.words.en) == ["nobody", "100", "41 %", "0", "1", "1", "", "0"])
        #expect(row.cells[6].time == Story.at("10:00:00"))
        #expect(row.cells[2].tone == .late)
        let sums = try GridsBoard(story).figures(at: .evening).sums
        #expect(sums.tally == Self.tally(100, covered: 41, open: 1, undeclared: 1))
    }

    @Test func `before households are on record a card shows how many were declared, and never zero for none known`()
        throws
    {
        var story = Self.quarter()
        #expect(try row("dq-02", in: story).cells[1] == ListCell("250", note: Words("as declared", zh: "申报数")))
        #expect(try GridsBoard(story).figures(at: .evening).sums.households == 250)
        let drawn = GridDrawn(
            community: "dongqiao",
            grid: GridPart(grid: "dq-03", nameEN: "DQ-03", nameZH: "三"),
            from: Self.morning
        )
        story.tell(Self.morning, .gridDrawn(drawn))
        #expect(try row("dq-03", in: story).cells[1].words.en == "–")
        story.tell(Story.at("09:00:00"), Self.visit("b1", Self.tally(40)))
        #expect(try row("dq-02", in: story).cells[1] == ListCell("40"))
        #expect(try GridsBoard(story).figures(at: .evening).sums.households == 40)
    }

    @Test func `R2.6 reviews that are due stand on the card and above the list`() throws {
        var story = Self.quarter()
        var tally = Self.tally(40)
        tally.vulnerable = 3
        tally.reviewsDue = 2
        story.tell(Story.at("09:00:00"), Self.visit("b1", tally))
        let cell = try row("dq-02", in: story).cells[3]
        #expect(cell == ListCell("3", note: Words("2 to be reviewed", zh: "2 户应复核"), tone: .soon))
        let counts = try GridsBoard(story).figures(at: .evening).counts
        #expect(counts.first { $0.words.en == "reviews due" }?.count == 2)
    }

    @Test func `R14.5 more visits in a minute than anybody can make stand out, whoever made them`() throws {
        var story = Self.quarter()
        func visit(_ time: Timestamp, by actor: Actor) {
            story.tell(time, Self.visit("b1", Self.tally(40)), by: actor)
        }
        for second in [0, 10, 20, 30] { visit(Story.at("09:00:\(10 + second)"), by: .gridWorker) }
        #expect(try GridsBoard(story).figures(at: .evening).hasty == [])
        // Others at the same time are others.
        visit(Story.at("09:00:50"), by: .communityHead)
        #expect(try GridsBoard(story).figures(at: .evening).hasty == [])
        visit(Story.at("09:01:05"), by: .gridWorker)
        let figures = try GridsBoard(story).figures(at: .evening)
        let hasty = try #require(figures.hasty.first)
        #expect(hasty.person == "grid-dq02")
        #expect(hasty.count == 5)
        #expect(hasty.since == Story.at("09:00:10"))
        #expect(figures.remarks.first?.lines.first?.words.en == "5 visits in one minute")
        // An honest round begins a new count; what was found stands for a week.
        for minute in 10...19 { visit(Story.at("09:\(minute):00"), by: .gridWorker) }
        #expect(try GridsBoard(story).figures(at: .evening).hasty.count == 1)
        visit(Story.at("09:00:00", day: 29), by: .communityHead)
        #expect(try GridsBoard(story).figures(at: BoardMoment(now: Story.at("10:00:00", day: 29))).hasty == [])
    }

    @Test func `R2.3 a grid without a worker stands out, most of all in an incident`() throws {
        var story = Self.quarter()
        #expect(try row("dq-02", in: story).state == .withoutWorker)
        let alerted = TerritoryAlerted(
            incident: "I-1",
            territory: "b1",
            checkBy: Story.now,
            limit: .seconds(60)
        )
        story.tell(Self.morning, .alerted(alerted))
        #expect(try row("dq-02", in: story).state == .uncovered)
        #expect(try GridsBoard(story).figures(at: .evening).sums.uncovered == 1)
        story.tell(Self.morning, .assigned(GridWorkerAssigned(grid: "dq-02", person: "gw-1", kind: .primary)))
        story.tell(Self.morning, .assigned(GridWorkerAssigned(grid: "dq-02", person: "gw-2", kind: .support)))
        #expect(try row("dq-02", in: story).state == .covered)
        #expect(try row("dq-02", in: story).cells[0].words.en == "gw-1")
        story.tell(Self.morning, .relieved(GridWorkerRelieved(grid: "dq-02", person: "gw-1", kind: .primary)))
        #expect(try row("dq-02", in: story).state == .uncovered)
        story.tell(Self.morning, .alertLifted(TerritoryAlertLifted(incident: "I-1")))
        #expect(try row("dq-02", in: story).state == .withoutWorker)
        #expect(try GridsBoard(story).figures(at: .evening).sums.withoutWorker == 1)
        #expect(try GridsBoard(story).figures(at: .evening).sums.uncovered == 0)
    }

    @Test func `R2.4 buildings take their households to the new grids, and open matters stay with the old one`() throws
    {
        var story = Self.quarter()
        story.tell(Self.morning, Self.visit("b1", Self.tally(40, covered: 30)))
        story.tell(Self.morning, Self.visit("b2", Self.tally(60, covered: 10)))
        story.raise("M-1", Self.morning)
        let parts = [Self.part("dq-03", ["b1"]), Self.part("dq-04", ["b2"])]
        let split = GridSplit(grid: "dq-02", parts: parts, from: Story.at("12:00:00"))
        story.tell(Story.at("12:00:00"), .gridSplit(split))
        let board = try GridsBoard(story)
        #expect(board.rows().map(\.key) == ["dq-03", "dq-04", "dq-02"])
        #expect(board.row("dq-02")?.state == .retired)
        #expect(board.row("dq-03")?.cells[1].words.en == "40")
        #expect(board.figures(at: .evening).sums.grids == 2)
        #expect(board.figures(at: .evening).sums.tally == Self.tally(100, covered: 40))
        story.close("M-1", Story.at("13:00:00"))
        let merged = GridMerged(grids: ["dq-03", "dq-04"], into: Self.part("dq-05", ["b1", "b2"]), from: Story.now)
        story.tell(Story.now, .gridMerged(merged))
        #expect(try GridsBoard(story).rows().map(\.key) == ["dq-05"])
        #expect(try row("dq-05", in: story).cells[1].words.en == "100")
    }

    @Test func `a building that is moved, or drawn into a grid, takes its households along`() throws {
        var story = Self.quarter()
        story.tell(Self.morning, Self.visit("b1", Self.tally(40)))
        story.tell(Self.morning, Self.visit("b3", Self.tally(7)))
        story.tell(
            Self.morning,
            .gridDrawn(GridDrawn(community: "dongqiao", grid: Self.part("dq-09", ["b3"]), from: Self.morning))
        )
        #expect(try row("dq-09", in: story).cells[1].words.en == "7")
        let moved = TerritoryMoved(territory: "b1", parent: "dq-09", from: Story.at("09:00:00"), reason: "Nearer.")
        story.tell(Story.at("09:00:00"), .moved(moved))
        #expect(try row("dq-09", in: story).cells[1].words.en == "47")
        #expect(try row("dq-02", in: story).cells[1].words.en == "0")
        #expect(try GridsBoard(story).figures(at: .evening).sums.tally.households == 47)
    }

    @Test func `open matters are counted where they were raised`() throws {
        var story = Self.quarter()
        story.raise("M-1", Self.morning)
        story.raise("M-2", Self.morning)
        #expect(try row("dq-02", in: story).cells[7].words.en == "2")
        story.close("M-1", Story.at("12:00:00"))
        #expect(try row("dq-02", in: story).cells[7].words.en == "1")
        let again = MatterReopened(matter: "M-1")
        story.tell(Story.at("13:00:00"), .reopened(again), of: "M-1")
        #expect(try row("dq-02", in: story).cells[7].words.en == "2")
    }

    @Test func `R2.5 a grid whose visits are overdue stands out until somebody goes there`() throws {
        var story = Self.quarter()
        let worker = GridWorkerAssigned(grid: "dq-02", person: "gw-1", kind: .primary)
        story.tell(Self.morning, .assigned(worker))
        let swept = RegistrySwept(
            building: "b1",
            dueBy: Story.at("09:00:00"),
            unvisited: ["h1", "h2"],
            unchecked: ["h1"],
            stale: [],
            reviewsDue: [],
            tally: Self.tally(40, open: 2)
        )
        story.tell(Story.at("09:00:00"), .swept(swept))
        let behind = try row("dq-02", in: story)
        #expect(behind.state == .behind)
        #expect(behind.cells[4].note?.en == "2 overdue")
        #expect(behind.cells[3].note?.en == "1 not seen in time")
        #expect(
            try GridsBoard(story).figures(at: .evening).counts.filter { $0.tone == .late }.map(\.count) == [0, 2, 1]
        )
        story.tell(Story.at("10:00:00"), Self.visit("b1", Self.tally(40, covered: 1, open: 1)))
        #expect(try row("dq-02", in: story).cells[4].note?.en == "1 overdue")
        #expect(try row("dq-02", in: story).cells[3].note == nil)
    }

    @Test func `three-no compounds are listed until they lack less`() throws {
        var story = Self.quarter()
        let all = ThreeNoFlagged(territory: "b1", missing: ThreeNo.allCases)
        story.tell(Self.morning, .threeNoFlagged(all))
        var figures = try GridsBoard(story).figures(at: .evening)
        #expect(figures.threeNo == 1)
        #expect(figures.compounds.map(\.community.en) == ["Dongqiao"])
        story.tell(Self.morning, .threeNoFlagged(ThreeNoFlagged(territory: "b1", missing: [.enclosure])))
        figures = try GridsBoard(story).figures(at: .evening)
        #expect(figures.threeNo == 0)
        #expect(figures.remarks.isEmpty)
    }

    @Test func `R14.6 nothing of a resident is on the board`() throws {
        var story = Self.quarter()
        story.tell(Self.morning, Self.visit("b1", Self.tally(40)))
        let board = try GridsBoard(story)
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        GridsBoard.write(board.rows(), board.figures(at: .evening), to: &writer)
        writer.endObject()
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(!text.contains("Ann") && !text.contains("138") && !text.contains("resident"))
    }

    @Test func `the keys that a fold returns are enough to keep the board`() throws {
        var story = Self.quarter()
        for hour in 0..<3 {
            story.tell(Story.at("0\(hour + 8):10:00"), Self.visit("b1", Self.tally(40, covered: hour)))
            story.tell(Story.at("0\(hour + 8):20:00"), Self.visit("b2", Self.tally(60, open: hour)))
        }
        story.raise("M-1", Story.at("11:00:00"))
        let alerted = TerritoryAlerted(incident: "I-1", territory: "heyan", checkBy: Story.now, limit: .seconds(60))
        story.tell(Story.at("11:00:00"), .alerted(alerted))
        let parts = [Self.part("dq-03", ["b1"]), Self.part("dq-04", ["b2"])]
        story.tell(Story.at("12:00:00"), .gridSplit(GridSplit(grid: "dq-02", parts: parts, from: Story.at("12:00:00"))))
        story.tell(Story.at("12:10:00"), .assigned(GridWorkerAssigned(grid: "dq-03", person: "gw-1", kind: .primary)))
        story.tell(Story.at("12:20:00"), .alertLifted(TerritoryAlertLifted(incident: "I-1")))
        story.close("M-1", Story.at("13:00:00"))
        var fold = BoardFold<GridsBoard>()
        var kept: [String: GridRow] = [:]
        for fact in try story.facts {
            for key in fold.fold(fact) { kept[key] = fold.board.row(key) }
            try #require(kept.values.sorted { $0.order < $1.order } == fold.board.rows(), "at \(fact.position)")
        }
        #expect(kept.count == 2)
    }
}
