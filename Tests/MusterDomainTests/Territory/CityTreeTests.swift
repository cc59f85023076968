import EventSourcing
import MusterDomain
import Testing

/// The tree of a city of a million households.
@Suite struct CityTreeTests {
    private static let streets = 47
    private static let gridsPerCommunity = 16
    private static let buildingsPerGrid = 6
    private static let householdsPerBuilding = 45

    /// 243 communities of 16 grids of 6 buildings: 1,049,760 households as counts.
    private static func city() -> TerritoryRegister {
        var register = TerritoryRegister()
        func define(_ id: TerritoryID, _ level: TerritoryLevel, _ parent: TerritoryID?) {
            register.evolve(
                .defined(TerritoryDefined(territory: id, level: level, parent: parent, nameEN: "A", nameZH: "甲")),
                from: .test
            )
        }
        define("city", .city, nil)
        define("district", .district, "city")
        for street in 0..<streets { define(id("s", street), .street, "district") }
        for community in 0..<243 {
            define(id("c", community), .community, id("s", community % streets))
            for grid in 0..<gridsPerCommunity {
                let number = community * gridsPerCommunity + grid
                define(id("g", number), .grid, id("c", community))
                for building in 0..<buildingsPerGrid {
                    let registered = BuildingRegistered(
                        building: id("b", number * buildingsPerGrid + building),
                        parent: id("g", number),
                        nameEN: "B",
                        nameZH: "楼",
                        households: householdsPerBuilding
                    )
                    register.evolve(.buildingRegistered(registered), from: .test)
                }
            }
        }
        return register
    }

    private static func id(_ kind: String, _ number: Int) -> TerritoryID {
        TerritoryID(rawValue: "\(kind)-\(number)") ?? "x"
    }

    @Test("R2.4 a tree of a million households answers what was where, and a copy of it is independent")
    func city() throws {
        var register = Self.city()
        let copy = register
        let now = Town.noon
        #expect(register.households(under: "city", at: now) == 1_049_760)
        #expect(register.territories.count == 2 + 47 + 243 + 3_888 + 23_328)
        #expect(register.territories(under: "s-0", of: .community, at: now).count == 6)
        let split = GridSplit(
            grid: "g-0",
            parts: [
                GridPart(grid: "n-1", nameEN: "N", nameZH: "新", buildings: ["b-0", "b-1", "b-2"]),
                GridPart(grid: "n-2", nameEN: "N", nameZH: "新", buildings: ["b-3", "b-4", "b-5"]),
            ],
            from: now
        )
        register.evolve(.gridSplit(split), from: .test)
        #expect(register.territory(of: .grid, holding: "b-4", at: now) == "n-2")
        #expect(register.territory(of: .grid, holding: "b-4", at: now - .seconds(1)) == "g-0")
        #expect(copy.territory(of: .grid, holding: "b-4", at: now) == "g-0")
        #expect(register.households(under: "s-0", at: now) == copy.households(under: "s-0", at: now))
    }

    @Test("S2 the registry of a large building says how its households stand, visit after visit")
    func building() throws {
        var quarter = try Quarter.settled()
        for number in 0..<600 {
            let id = try #require(HouseholdID(rawValue: "x-\(number)"))
            try quarter.send(Quarter.household(id, "x\(number)"), by: Town.gridWorker)
            if number % 3 == 0 { try quarter.send(Quarter.visit(.met, id), by: Town.gridWorker) }
            if number % 3 == 1 { try quarter.send(Quarter.visit(.refused, id), by: Town.gridWorker) }
        }
        let tally = quarter.register().tally
        #expect(tally.households == 602)
        #expect(tally.covered == 200)
        #expect(tally.open == 200)
    }
}
