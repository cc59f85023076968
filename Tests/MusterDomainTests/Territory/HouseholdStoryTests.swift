import EventSourcing
import MusterDomain
import Testing

/// S2 from the first command to the last: a community is put on the map, its households are known, and it lives through
/// an incident.
@Suite struct HouseholdStoryTests {
    @Test("S2 from an empty map to a checked quarter")
    func story() throws {
        var quarter = Quarter()
        // The map.
        try quarter.send(
            DefineTerritory(territory: "he-s2", level: .street, parent: "he", nameEN: "Two", nameZH: "二街"),
            by: Town.administrator
        )
        try quarter.send(
            DefineTerritory(territory: "nc", level: .community, parent: "he-s2", nameEN: "New", nameZH: "新社区"),
            by: Town.administrator
        )
        for building in ["n1", "n2"] as [TerritoryID] {
            try quarter.send(Quarter.building(building, in: "nc", households: 120), by: Town.district)
        }
        let grid = GridPlan(grid: "nc-01", nameEN: "NC-01", nameZH: "新一", buildings: ["n1", "n2"])
        try quarter.send(DrawGrid(community: "nc", grid: grid), by: Town.district)
        let street = Actor(person: "street-9", party: "street-1", role: .streetCoordinator, territory: "he-s2")
        quarter.appoint(street)
        let threeNo = FlagThreeNo(territory: "n2", missing: [.propertyFirm, .guardOrAlarm, .enclosure])
        try quarter.send(threeNo, by: street)
        // The people.
        let worker = Actor(person: "gw-09", party: "dq-committee", role: .gridWorker, territory: "nc")
        quarter.appoint(worker)
        try quarter.send(AssignGridWorker(grid: "nc-01", person: "gw-09"), by: Town.district)
        try quarter.send(RegisterUnit(building: "n1", unit: "u1", floors: 18), by: worker)
        for (household, door) in [("a", "101"), ("b", "102")] as [(HouseholdID, String)] {
            try quarter.send(
                RegisterHousehold(building: "n1", household: household, unit: "u1", door: door, contact: "resident-1"),
                by: worker
            )
        }
        try quarter.send(
            DeclareMember(building: "n1", household: "a", person: "p-1", relation: .head, presence: .home),
            by: worker
        )
        try quarter.send(
            FlagVulnerable(
                building: "n1",
                household: "a",
                person: "p-1",
                reason: .aloneAndOld,
                reviewBy: quarter.now + .seconds(90 * 86_400)
            ),
            by: worker
        )
        // An incident; one is met with somebody missing, one does not open.
        quarter.declare(in: "nc")
        quarter.wait(.seconds(3_600))
        try quarter.send(
            RecordVisit(building: "n1", household: "a", outcome: .met, absent: ["p-1"]),
            by: worker
        )
        try quarter.send(RecordVisit(building: "n1", household: "b", outcome: .noAnswer), by: worker)
        quarter.wait(.seconds(86_400))
        let register = quarter.register("n1")
        #expect(register.tally.undeclared == 1)
        #expect(register.tally.open == 1)
        let sweeps = quarter.households.compactMap { if case .swept(let swept) = $0 { swept } else { nil } }
        let swept = try #require(sweeps.last)
        #expect(swept.unvisited + swept.unchecked == ["b", "a"])
        try quarter.send(RecordVisit(building: "n1", household: "b", outcome: .refused), by: worker)
        #expect(quarter.register("n1").tally.referred == 1)
        // It ends, and the grid is divided.
        quarter.close()
        let parts = [
            GridPlan(grid: "nc-02", nameEN: "NC-02", nameZH: "新二", buildings: ["n1"], worker: "gw-09"),
            GridPlan(grid: "nc-03", nameEN: "NC-03", nameZH: "新三", buildings: ["n2"]),
        ]
        try quarter.send(SplitGrid(grid: "nc-01", parts: parts), by: Town.district)
        #expect(quarter.post("nc-01").primary == nil)
        #expect(quarter.post("nc-02").primary == "gw-09")
        #expect(quarter.post("nc-03").primary == nil)
        #expect(quarter.refused.isEmpty)
    }
}
