import EventSourcing
import MusterDomain
import Records
import Testing

/// Grids: drawing, splitting, merging, their sizes and their workers.
@Suite struct GridRuleTests {
    private func plan(
        _ grid: TerritoryID,
        _ buildings: [TerritoryID],
        households: Int? = nil,
        worker: PersonID? = nil
    ) -> GridPlan {
        GridPlan(
            grid: grid,
            nameEN: "Grid",
            nameZH: "网格",
            households: households,
            buildings: buildings,
            worker: worker
        )
    }

    private func split(_ worker: PersonID? = nil) -> SplitGrid {
        SplitGrid(
            grid: "dq-02",
            parts: [plan("dq-03", ["b1"], worker: worker), plan("dq-04", ["b2", "b3"], worker: worker)]
        )
    }

    private func merge(_ grids: [TerritoryID], worker: PersonID? = nil) -> MergeGrids {
        MergeGrids(grids: grids, into: "dq-05", nameEN: "Five", nameZH: "五", worker: worker)
    }

    // MARK: Size

    @Test(
        "R2.2 a grid outside of 200 to 300 households is a warning and no refusal",
        arguments: [
            (0, GridSize.tooSmall), (199, .tooSmall), (200, .wanted), (300, .wanted), (301, .tooLarge),
            (3_000, .tooLarge),
        ]
    )
    func size(households: Int, size: GridSize) throws {
        var quarter = Quarter()
        let events = try quarter.send(
            DrawGrid(community: "dq", grid: plan("dq-09", [], households: households)),
            by: Town.head
        )
        guard case .gridDrawn(let drawn) = try #require(events.first) else { return }
        #expect(drawn.grid.size == size)
        let defined = DefineTerritory(
            territory: "dq-10",
            level: .grid,
            parent: "dq",
            nameEN: "Ten",
            nameZH: "十",
            households: households
        )
        guard case .defined(let payload) = try #require(try quarter.send(defined, by: Town.administrator).first)
        else { return }
        #expect(payload.size == size)
    }

    @Test("R2.2 the size is what the limits say, and counts the buildings")
    func sizeOfBuildings() throws {
        var quarter = try Quarter.settled()
        let events = try quarter.send(Quarter.building("b4", households: 61), by: Town.head)
        guard case .buildingRegistered(let registered) = try #require(events.first) else { return }
        #expect(registered.size == .tooLarge)
        guard
            case .gridSplit(let done) = try #require(
                try quarter.send(
                    SplitGrid(grid: "dq-02", parts: [plan("dq-03", ["b1"]), plan("dq-04", ["b2", "b3", "b4"])]),
                    by: Town.head
                ).first
            )
        else { return }
        #expect(done.parts.map(\.households) == [80, 221])
        #expect(done.parts.map(\.size) == [.tooSmall, .wanted])
    }

    @Test("R2.2 who splits a grid without buildings says how its households are shared")
    func uncounted() throws {
        var quarter = Quarter()
        try quarter.send(DrawGrid(community: "dq", grid: plan("dq-09", [], households: 400)), by: Town.head)
        let silent = SplitGrid(grid: "dq-09", parts: [plan("a", []), plan("b", [])])
        #expect(quarter.refusal(of: silent, by: Town.head) == "R2.2 households-uncounted")
        let shared = SplitGrid(grid: "dq-09", parts: [plan("a", [], households: 200), plan("b", [], households: 200)])
        #expect(quarter.refusal(of: shared, by: Town.head) == nil)
    }

    // MARK: One parent

    @Test("R2.1 a grid lies in a community or higher, and is drawn once")
    func place() throws {
        let quarter = try Quarter.settled()
        let inGrid = DrawGrid(community: "dq-02", grid: plan("x", []))
        #expect(quarter.refusal(of: inGrid, by: Town.head) == "R2.1 level-not-below")
        let again = DrawGrid(community: "dq", grid: plan("dq-02", []))
        #expect(quarter.refusal(of: again, by: Town.head) == "S2 territory-exists")
        let nowhere = DrawGrid(community: "atlantis", grid: plan("x", []))
        #expect(quarter.refusal(of: nowhere, by: Town.head) == "S2 territory-unknown")
    }

    @Test("R2.1 grids do not overlap: a building is in one at any instant")
    func overlap() throws {
        var quarter = try Quarter.settled()
        let over = DrawGrid(community: "dq", grid: plan("dq-03", ["b1"]))
        #expect(quarter.refusal(of: over, by: Town.head) == "R2.1 grids-overlap")
        let twice = SplitGrid(grid: "dq-02", parts: [plan("dq-03", ["b1", "b2"]), plan("dq-04", ["b2", "b3"])])
        #expect(quarter.refusal(of: twice, by: Town.head) == "R2.1 grids-overlap")
        try quarter.send(Quarter.building("b9", in: "dq"), by: Town.head)
        let drawn = DrawGrid(community: "dq", grid: plan("dq-03", ["b9"]))
        try quarter.send(drawn, by: Town.head)
        #expect(quarter.town.territories.territory("b9")?.parent == "dq-03")
        #expect(quarter.town.territories.children(of: "dq") == ["dq-02", "dq-03"])
    }

    @Test("R2.1 a grid takes buildings of its own community alone")
    func elsewhere() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.building("x1", in: "xw"), by: Town.otherHead)
        let foreign = DrawGrid(community: "dq", grid: plan("dq-03", ["x1"]))
        #expect(quarter.refusal(of: foreign, by: Town.head) == "R2.1 building-elsewhere")
        let stray = SplitGrid(
            grid: "dq-02",
            parts: [plan("dq-03", ["b1", "x1"]), plan("dq-04", ["b2", "b3"])]
        )
        #expect(quarter.refusal(of: stray, by: Town.head) == "R2.1 building-elsewhere")
        let noBuilding = DrawGrid(community: "dq", grid: plan("dq-03", ["dq-02"]))
        #expect(quarter.refusal(of: noBuilding, by: Town.head) == "R2.1 wrong-level")
    }

    @Test("S1 nobody draws, splits or merges outside of their ground")
    func outside() throws {
        let quarter = try Quarter.settled()
        let drawn = DrawGrid(community: "dq", grid: plan("dq-09", []))
        #expect(quarter.refusal(of: drawn, by: Town.otherHead) == "S1 outside-territory")
        #expect(quarter.refusal(of: split(), by: Town.otherHead) == "S1 outside-territory")
        #expect(quarter.refusal(of: merge(["dq-02", "xw-01"]), by: Town.head) == "S1 outside-territory")
        #expect(quarter.refusal(of: split(), by: Town.gridWorker) == "S2 role-not-allowed")
        #expect(quarter.refusal(of: split(), by: Town.property) == "R1.1 property-orders")
    }

    // MARK: History

    @Test("R2.4 a split keeps history: what was in the old grid stays there up to that instant")
    func history() throws {
        var quarter = try Quarter.settled()
        let before = quarter.now
        quarter.wait(.seconds(3_600))
        try quarter.send(split(), by: Town.head)
        let at = quarter.now
        let tree = quarter.town.territories
        #expect(tree.parent(of: "b1", at: before) == "dq-02")
        #expect(tree.parent(of: "b1", at: at) == "dq-03")
        #expect(tree.ancestors(of: "b2", at: before) == ["dq-02", "dq", "he-s1", "he"])
        #expect(tree.ancestors(of: "b2", at: at) == ["dq-04", "dq", "he-s1", "he"])
        #expect(tree.territories(under: "he-s1", of: .grid, at: before) == ["dq-02", "xw-01"])
        #expect(tree.territories(under: "he-s1", of: .grid, at: at) == ["dq-03", "dq-04", "xw-01"])
        #expect(tree.territories(under: "dq", of: .building, at: before) == ["b1", "b2", "b3"])
        #expect(tree.territories(under: "dq", of: .building, at: at) == ["b1", "b2", "b3"])
        #expect(tree.households(under: "dq", at: before) == 240)
        #expect(tree.households(under: "dq-03", at: at) == 80)
        // The old grid is off the tree, and still within its community for what happened in it.
        #expect(tree.contains("dq", "dq-02"))
        #expect(!tree.children(of: "dq").contains("dq-02"))
    }

    @Test("R2.4 a merge keeps history, and several changes in a row can all be asked for")
    func mergeHistory() throws {
        var quarter = try Quarter.settled()
        let first = quarter.now
        quarter.wait(.seconds(60))
        try quarter.send(split(), by: Town.head)
        let second = quarter.now
        quarter.wait(.seconds(60))
        let events = try quarter.send(merge(["dq-03", "dq-04"]), by: Town.head)
        guard case .gridMerged(let merged) = try #require(events.first) else { return }
        #expect(merged.into.buildings == ["b1", "b2", "b3"])
        #expect(merged.into.households == 240)
        let third = quarter.now
        let tree = quarter.town.territories
        #expect([first, second, third].map { tree.parent(of: "b3", at: $0) } == ["dq-02", "dq-04", "dq-05"])
        #expect(
            [first, second, third].map { tree.territory(of: .grid, holding: "b1", at: $0) }
                == ["dq-02", "dq-03", "dq-05"]
        )
        #expect(tree.territories(under: "dq", of: .grid, at: third) == ["dq-05"])
    }

    @Test("R2.4 each building of a split grid goes to one part, and the past is written in order")
    func splitRules() throws {
        var quarter = try Quarter.settled()
        let left = SplitGrid(grid: "dq-02", parts: [plan("dq-03", ["b1"]), plan("dq-04", ["b2"])])
        #expect(quarter.refusal(of: left, by: Town.head) == "R2.4 building-left-out")
        let same = SplitGrid(grid: "dq-02", parts: [plan("dq-03", ["b1"]), plan("dq-03", ["b2", "b3"])])
        #expect(quarter.refusal(of: same, by: Town.head) == "S2 territory-repeated")
        let notGrid = SplitGrid(grid: "dq", parts: split().parts)
        #expect(quarter.refusal(of: notGrid, by: Town.head) == "R2.1 wrong-level")
        quarter.wait(.seconds(60))
        try quarter.send(split(), by: Town.head)
        #expect(quarter.refusal(of: split(), by: Town.head) == "R2.4 territory-retired")
        let late = quarter.refusal(of: merge(["dq-03", "dq-04"]), by: Town.head, at: Town.noon)
        #expect(late == "R2.4 territory-retired")
        let reused = DrawGrid(community: "dq", grid: plan("dq-02", []))
        #expect(quarter.refusal(of: reused, by: Town.head) == "R2.4 territory-retired")
        let moved = MoveTerritory(territory: "b1", parent: "dq-04", reason: "Nearer.")
        #expect(quarter.refusal(of: moved, by: Town.head, at: Town.noon) == "R2.4 territory-retired")
        try quarter.send(moved, by: Town.head)
        let back = MoveTerritory(territory: "b1", parent: "dq-03", reason: "Not nearer.")
        quarter.wait(.seconds(60))
        #expect(quarter.refusal(of: back, by: Town.head) == nil)
    }

    @Test("R2.4 only grids of one community are merged")
    func mergeRules() throws {
        let quarter = try Quarter.settled()
        #expect(quarter.refusal(of: merge(["dq-02", "xw-01"]), by: Town.street) == "R2.4 other-community")
        #expect(quarter.refusal(of: merge(["dq-02", "b1"]), by: Town.street) == "R2.1 wrong-level")
    }

    @Test("R2.4 nothing new is said of a grid that is no more, and the refusal names what took its place")
    func retired() throws {
        var quarter = try Quarter.settled()
        quarter.wait(.seconds(60))
        try quarter.send(split(), by: Town.head)
        let context = quarter.town.context(of: Town.head, occurredAt: quarter.now)
        let report = SubmitReport(
            report: "R-1",
            channel: .app,
            kind: .noise,
            territory: "dq-02",
            place: "Block 1",
            text: "Loud."
        )
        do throws(Rejection) {
            _ = try report.decide(Report(), in: context)
            Issue.record("accepted")
        } catch {
            #expect(error.code == "R2.4 territory-retired")
            #expect(error.advice?.en.contains("dq-03, dq-04") == true)
        }
        // What happened before comes in late (R0.3).
        let earlier = quarter.town.context(of: Town.resident, occurredAt: Town.noon, now: quarter.now)
        #expect(throws: Never.self) { try report.decide(Report(), in: earlier) }
    }

    @Test("S1 a post in a grid that was split holds in its parts")
    func postAfterSplit() throws {
        var quarter = try Quarter.settled()
        quarter.wait(.seconds(60))
        try quarter.send(split(), by: Town.head)
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.gridWorker) == nil)
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.otherGridWorker) == "S1 outside-territory")
    }

    // MARK: Workers

    @Test("R2.3 a grid has one primary worker at most, and who takes over names the other")
    func primary() throws {
        var quarter = try Quarter.settled()
        quarter.appoint(Actor(person: "gw-03", party: "dq-committee", role: .gridWorker, territory: "dq"))
        try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-02"), by: Town.head)
        #expect(try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-02"), by: Town.head).isEmpty)
        let second = AssignGridWorker(grid: "dq-02", person: "gw-03")
        #expect(quarter.refusal(of: second, by: Town.head) == "R2.3 primary-taken")
        let wrong = AssignGridWorker(grid: "xw-01", person: "gw-01", replaces: "gw-03")
        #expect(quarter.refusal(of: wrong, by: Town.otherHead) == "R2.3 not-the-worker")
        try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-03", kind: .support), by: Town.head)
        let over = AssignGridWorker(grid: "dq-02", person: "gw-03", replaces: "gw-02")
        #expect(
            try quarter.send(over, by: Town.head) == [
                .relieved(
                    GridWorkerRelieved(grid: "dq-02", person: "gw-02", kind: .primary, replacedBy: "gw-03")
                ),
                .relieved(GridWorkerRelieved(grid: "dq-02", person: "gw-03", kind: .support)),
                .assigned(GridWorkerAssigned(grid: "dq-02", person: "gw-03", kind: .primary)),
            ]
        )
        #expect(quarter.post("dq-02").primary == "gw-03")
        let helper = AssignGridWorker(grid: "dq-02", person: "gw-03", kind: .support)
        #expect(quarter.refusal(of: helper, by: Town.head) == "R2.3 is-primary")
    }

    @Test("R2.3 while an incident is active the primary worker goes only when somebody takes over")
    func lastWorker() throws {
        var quarter = try Quarter.settled()
        try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-02"), by: Town.head)
        let relief = RelieveGridWorker(grid: "dq-02", person: "gw-02", reason: "Leave.")
        #expect(quarter.refusal(of: relief, by: Town.head) == nil)
        quarter.declare(in: "b2")
        #expect(quarter.refusal(of: relief, by: Town.head) == "R2.3 last-worker")
        quarter.declare("I-2", in: "he-s1")
        quarter.close()
        #expect(quarter.refusal(of: relief, by: Town.head) == "R2.3 last-worker")
        quarter.close("I-2")
        #expect(quarter.refusal(of: relief, by: Town.head) == nil)
        let stranger = RelieveGridWorker(grid: "dq-02", person: "gw-77", reason: "Leave.")
        #expect(quarter.refusal(of: stranger, by: Town.head) == "S2 not-the-worker")
    }

    @Test("R2.3 a grid that comes into being during an incident has its worker at once")
    func workerAtOnce() throws {
        var quarter = try Quarter.settled()
        try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-02"), by: Town.head)
        quarter.declare()
        quarter.wait(.seconds(60))
        #expect(quarter.refusal(of: split(), by: Town.head) == "R2.3 worker-missing")
        try quarter.send(split("gw-02"), by: Town.head)
        #expect(quarter.post("dq-03").primary == "gw-02")
        #expect(quarter.post("dq-04").primary == "gw-02")
        #expect(quarter.post("dq-02").primary == nil)
        quarter.wait(.seconds(60))
        #expect(quarter.refusal(of: merge(["dq-03", "dq-04"]), by: Town.head) == "R2.3 worker-missing")
        try quarter.send(merge(["dq-03", "dq-04"], worker: "gw-02"), by: Town.head)
        #expect(quarter.post("dq-05").primary == "gw-02")
        #expect(quarter.refused.isEmpty)
    }

    @Test("S1 who has a grid holds a grid worker's post there, and loses the grid with the post")
    func postNeeded() throws {
        var quarter = try Quarter.settled()
        let nobody = AssignGridWorker(grid: "dq-02", person: "resident-1")
        #expect(quarter.refusal(of: nobody, by: Town.head) == "S1 no-post")
        let other = AssignGridWorker(grid: "dq-02", person: "gw-01")
        #expect(quarter.refusal(of: other, by: Town.head) == "S1 no-post")
        try quarter.send(AssignGridWorker(grid: "dq-02", person: "gw-02"), by: Town.head)
        quarter.declare()
        quarter.tell(
            .appointmentEnded(
                AppointmentEnded(
                    person: "gw-02",
                    role: .gridWorker,
                    party: "dq-committee",
                    territory: "dq-02",
                    at: quarter.now
                )
            )
        )
        #expect(quarter.post("dq-02").primary == nil)
    }

    @Test("S2 a three-no compound lacks all three; the flag is lifted by nothing")
    func threeNo() throws {
        var quarter = try Quarter.settled()
        let all = FlagThreeNo(territory: "b1", missing: [.propertyFirm, .guardOrAlarm, .enclosure])
        try quarter.send(all, by: Town.gridWorker)
        #expect(quarter.town.territories.territory("b1")?.isThreeNo == true)
        #expect(try quarter.send(all, by: Town.gridWorker).isEmpty)
        try quarter.send(FlagThreeNo(territory: "b1", missing: [.propertyFirm]), by: Town.gridWorker)
        #expect(quarter.town.territories.territory("b1")?.isThreeNo == false)
        try quarter.send(FlagThreeNo(territory: "b1", missing: []), by: Town.gridWorker)
        #expect(quarter.town.territories.territory("b1")?.missing == [])
        let street = FlagThreeNo(territory: "he-s1", missing: [])
        #expect(quarter.refusal(of: street, by: Town.street) == "S2 not-a-compound")
    }
}
