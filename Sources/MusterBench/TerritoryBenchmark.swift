import EventSourcing
import MusterDomain

/// The tree of a city of a million households, and their registries: what a question and a decision cost, and what they
/// take of memory.
struct TerritoryBenchmark: Benchmark {
    let ids = ["territory.question"]

    private static let communities = 243
    private static let gridsPerCommunity = 16
    private static let buildingsPerGrid = 6
    private static let householdsPerBuilding = 45
    private static var buildings: Int { communities * gridsPerCommunity * buildingsPerGrid }

    private static let morning = Timestamp(microseconds: 1_795_233_600_000_000)

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        BenchCluster.say("territory.question: the tree of \(Self.buildings) buildings")
        let start = try ProcessFigures.ownWithoutFreedMemory.residentKiB
        var tree = Self.tree()
        let treeMiB = (try ProcessFigures.own.residentKiB - start) / 1_024
        Self.split(&tree)
        let runs = (1...(bench.isQuick ? 3 : 9)).map { _ in Self.nanosecondsAQuestion(tree) }
        let streets = Self.time(47) { tree.territories(under: Self.id("s", $0), at: Self.morning).count }
        let city = Self.time(3) { _ in tree.households(under: Self.id("city", 0), at: Self.morning) }
        let change = Self.time(1_000) { number in
            // As the door does it: what is cached stays as it was.
            var next = tree
            next.evolve(.buildingRegistered(Self.building(Self.buildings + number, in: number)), from: Self.origin)
            return next.territories.count
        }
        BenchCluster.say("territory.question: \(Self.buildings * Self.householdsPerBuilding) households")
        let before = try ProcessFigures.ownWithoutFreedMemory.residentKiB
        var registries = (0..<Self.buildings).map { Self.registry($0, households: Self.householdsPerBuilding) }
        let registriesMiB = (try ProcessFigures.own.residentKiB - before) / 1_024
        let visit = try Self.visit(&registries[7], of: 7, in: tree)
        var tower = Self.registry(8, households: 1_000)
        let towerVisit = try Self.visit(&tower, of: 8, in: tree)
        return [
            Measurement(
                id: ids[0],
                unit: "ns",
                runs: runs,
                beside: [
                    ("all under a street, us", streets / 1_000), ("households of the city, ms", city / 1_000_000),
                    ("a change to a copy, us", change / 1_000), ("tree, MiB", treeMiB),
                    ("visit decided and folded, us", visit / 1_000),
                    ("the same in a tower of 1,000, us", towerVisit / 1_000),
                    ("1 M households in all their registries, MiB", registriesMiB),
                ]
            )
        ]
    }

    /// Which grid and community held a building at a time, before and after a split.
    private static func nanosecondsAQuestion(_ tree: TerritoryRegister) -> Double {
        let ids = (0..<10_000).map { id("b", $0 * 2 % buildings) }
        var found = 0
        let time = ContinuousClock().measure {
            for (index, id) in ids.enumerated() {
                let time = index.isMultiple(of: 2) ? morning : morning - .seconds(86_400)
                if tree.territory(of: .community, holding: id, at: time) != nil { found += 1 }
            }
        }
        precondition(found == ids.count)
        return time / .nanoseconds(1) / Double(ids.count)
    }

    /// Nanoseconds of one of several runs, on average.
    private static func time(_ count: Int, _ work: (Int) -> Int) -> Double {
        var sum = 0
        let time = ContinuousClock().measure { for number in 0..<count { sum &+= work(number) } }
        precondition(sum > 0)
        return time / .nanoseconds(1) / Double(count)
    }

    private static func tree() -> TerritoryRegister {
        var tree = TerritoryRegister()
        func define(_ id: TerritoryID, _ level: TerritoryLevel, _ parent: TerritoryID?) {
            tree.evolve(TerritoryDefined(territory: id, level: level, parent: parent, nameEN: "Name", nameZH: "名称"))
        }
        define(id("city", 0), .city, nil)
        for street in 0..<47 { define(id("s", street), .street, id("city", 0)) }
        for community in 0..<communities {
            define(id("c", community), .community, id("s", community % 47))
            for grid in 0..<gridsPerCommunity {
                let number = community * gridsPerCommunity + grid
                define(id("g", number), .grid, id("c", community))
                for building in 0..<buildingsPerGrid {
                    let registered = Self.building(number * buildingsPerGrid + building, in: number)
                    tree.evolve(.buildingRegistered(registered), from: origin)
                }
            }
        }
        return tree
    }

    /// Every tenth grid becomes two.
    private static func split(_ tree: inout TerritoryRegister) {
        for grid in stride(from: 0, to: communities * gridsPerCommunity, by: 10) {
            let all = (0..<buildingsPerGrid).map { id("b", grid * buildingsPerGrid + $0) }
            let parts = [Array(all[..<3]), Array(all[3...])].enumerated().map { ordinal, buildings in
                GridPart(grid: id("n\(ordinal)", grid), nameEN: "New", nameZH: "新", buildings: buildings)
            }
            tree.evolve(.gridSplit(GridSplit(grid: id("g", grid), parts: parts, from: morning)), from: origin)
        }
    }

    private static func building(_ number: Int, in grid: Int) -> BuildingRegistered {
        BuildingRegistered(
            building: id("b", number),
            parent: id("g", grid),
            nameEN: "Block \(number)",
            nameZH: "\(number) 号楼",
            households: householdsPerBuilding
        )
    }

    private static func registry(_ building: Int, households: Int) -> HouseholdRegister {
        var registry = HouseholdRegister()
        for number in 0..<households {
            let registered = HouseholdRegistered(
                building: id("b", building),
                household: household(number),
                unit: UnitID("u1"),
                door: "\(number)",
                contact: PersonID(rawValue: "resident-\(building)-\(number)"),
                staleBy: morning,
                limit: .seconds(60),
                tally: registry.tally
            )
            registry.evolve(.registered(registered), from: origin)
        }
        return registry
    }

    /// Nanoseconds of a visit, decided and folded into a copy.
    private static func visit(
        _ registry: inout HouseholdRegister,
        of building: Int,
        in tree: TerritoryRegister
    ) throws -> Double {
        let context = Context(
            actor: .system(in: id("city", 0)),
            command: CommandID(UniqueID(high: 0, low: 1)),
            occurredAt: morning,
            now: morning,
            authority: Authority(),
            territories: tree,
            limits: .standard
        )
        let count = 2_000
        let start = ContinuousClock.now
        for number in 0..<count {
            let visit = RecordVisit(
                building: id("b", building),
                household: household(number % registry.households.count),
                outcome: number.isMultiple(of: 3) ? .noAnswer : .met
            )
            var next = registry
            for event in try visit.decide(registry, in: context) { next.evolve(event, from: origin) }
            registry = next
        }
        return (.now - start) / .nanoseconds(1) / Double(count)
    }

    private static func id(_ kind: String, _ number: Int) -> TerritoryID {
        TerritoryID(rawValue: "\(kind)-\(number)") ?? TerritoryID("x")
    }

    private static func household(_ number: Int) -> HouseholdID {
        HouseholdID(rawValue: "h-\(number)") ?? HouseholdID("x")
    }

    private static let origin = Origin(
        actor: .system(in: TerritoryID("city-0")),
        occurredAt: morning,
        recordedAt: morning,
        correlation: CommandID(UniqueID(high: 0, low: 1))
    )
}
