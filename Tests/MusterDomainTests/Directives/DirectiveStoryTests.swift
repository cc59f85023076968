import EventSourcing
import MusterDomain
import Testing

/// Directives from the first command to the last, and at the size of a city.
@Suite struct DirectiveStoryTests {
    @Test("S4 six hops: city, bureau, sub-bureau, street, community, grid, and its households by number")
    func sixHops() throws {
        var cascade = Cascade()
        let subBureau = Actor(person: "he-police", party: "police", role: .departmentOfficer, territory: "he")
        cascade.town.appoint(subBureau)
        try cascade.send(Cascade.issue(to: ["sj/sj-police"], response: .first), by: Cascade.city)
        try cascade.send(Cascade.relay(to: ["he/police", "bt"]), by: Cascade.bureau)
        try cascade.send(Cascade.relay(to: ["he-s1"], note: "Call us when in doubt."), by: subBureau)
        try cascade.send(Cascade.relay(to: ["dq", "xw"]), by: Town.street)
        try cascade.send(Cascade.relay(to: ["dq-02", "dq-03"]), by: Town.head)
        #expect(cascade.copy("dq-02").receipt?.hop == 5)

        let ask = AskClarification(directive: "D-1", territory: "dq-02", text: "Does this hold for students?")
        try cascade.send(ask, by: Town.gridWorker)
        let answer = AnswerClarification(directive: "D-1", territory: "dq-02", question: 1, text: "For everybody.")
        try cascade.send(answer, by: Town.head)
        try cascade.send(Cascade.acknowledge("dq-02"), by: Town.gridWorker)
        try cascade.send(Cascade.households(140), by: Town.gridWorker)
        try cascade.send(Cascade.households(250, by: .reply), by: Town.gridWorker)
        try cascade.send(Cascade.execute(250), by: Town.gridWorker)
        try cascade.send(Cascade.acknowledge("xw"), by: Town.otherHead)
        try cascade.send(Cascade.inapplicable("xw"), by: Town.otherHead)
        #expect(cascade.status("dq-02") == .executed)
        #expect(cascade.copy("dq-02").households?.isFull == true)

        cascade.wait(.seconds(1_800))
        #expect(cascade.copy("dq-03").isAckOverdue)
        #expect(cascade.copy("bt").isAckOverdue)
        #expect(cascade.copy("xw").isAckOverdue == false)

        try cascade.send(Cascade.amend(), by: Cascade.city)
        #expect(cascade.statuses() == [.received: 8])
        try cascade.send(Cascade.acknowledge("dq-02", version: 2), by: Town.gridWorker)
        try cascade.send(Cascade.recall(), by: Cascade.city)
        #expect(cascade.statuses() == [.recalled: 8])
        #expect(cascade.policy.timers.isEmpty)
        #expect(cascade.refusals.isEmpty)
    }

    @Test("S4 F8: recalled half-way, it comes to everybody who has it, and to nobody else")
    func recallHalfWay() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.relay(to: ["dq-02", "dq-03"]), by: Town.head)
        try cascade.send(Cascade.recall(), by: Town.district)
        #expect(cascade.refusal(of: Cascade.relay(to: ["xw-01"]), by: Town.otherHead) == "S4 recalled")
        #expect(cascade.status("xw-01") == nil)
        #expect(cascade.statuses() == [.recalled: 5])
        cascade.wait(.seconds(86_400))
        #expect(cascade.statuses() == [.recalled: 5])
        let chased = cascade.addressedEvents.contains { if case .ackOverdue = $0 { true } else { false } }
        #expect(!chased)
    }

    @Test("S4 events folded from the log give the state that was decided on")
    func replay() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.households(10), by: Town.gridWorker)
        try cascade.send(Cascade.amend(), by: Town.district)
        try cascade.send(Cascade.recall(), by: Town.district)
        var directive = Directive()
        var copy = AddressedDirective()
        for fact in cascade.facts {
            switch fact.event {
            case .directive(let event): directive.evolve(event, from: fact.origin)
            case .addressedDirective(let event) where event.addressee == "dq-02":
                copy.evolve(event, from: fact.origin)
            default: break
            }
        }
        #expect(directive == cascade.directive())
        #expect(copy == cascade.copy("dq-02"))
    }

    @Test("S4 a city: 1 to 12 to 47 to 243 to 4,000 addressees, their households by number, and a recall")
    func city() throws {
        let city = City()
        var cascade = Cascade(built: city.town)
        try cascade.send(
            Cascade.issue(to: city.districts.map { Addressee($0) }),
            by: city.office(of: "city", .districtCommand)
        )
        for (places, role) in [
            (city.districts, Role.districtCommand), (city.streets, .streetCoordinator),
            (city.communities, .communityHead),
        ] {
            for place in places {
                let below = city.children[place, default: []].map { Addressee($0) }
                try cascade.send(Cascade.relay(to: below), by: city.office(of: place, role))
            }
        }
        #expect(cascade.directive().holders.count == 12 + 47 + 243 + 4_000)
        #expect(cascade.statuses() == [.acknowledged: 12 + 47 + 243, .received: 4_000])
        for grid in city.grids.dropLast() {
            let worker = city.office(of: grid, .gridWorker)
            try cascade.send(Cascade.acknowledge(Addressee(grid)), by: worker)
            try cascade.send(Cascade.households(240, in: Addressee(grid)), by: worker)
        }
        let households = city.grids.compactMap { cascade.copy(Addressee($0)).households?.count }
        #expect(households.reduce(0, +) == 3_999 * 240)
        #expect(cascade.policy.timers.count == 1, "one grid is waited for")
        try cascade.send(Cascade.recall(), by: city.office(of: "city", .districtCommand))
        #expect(cascade.statuses() == [.recalled: 12 + 47 + 243 + 4_000])
        #expect(cascade.refusals.isEmpty)
    }
}

/// The city of the field documents: 12 districts, 47 streets, 243 communities, 4,000 grids of 240 households.
private struct City {
    var town = Town()
    let districts: [TerritoryID]
    let streets: [TerritoryID]
    let communities: [TerritoryID]
    let grids: [TerritoryID]
    private(set) var children: [TerritoryID: [TerritoryID]] = [:]

    init() {
        func named(_ letter: String, _ count: Int) -> [TerritoryID] {
            (1...count).map { TerritoryID(stringLiteral: "\(letter)\($0)") }
        }
        districts = named("d", 12)
        streets = named("s", 47)
        communities = named("c", 243)
        grids = named("g", 4_000)
        town.define("city", .city, in: nil)
        town.register("city-offices", .district)
        town.register("street-offices", .street)
        town.register("committees", .community)
        appoint("city", .districtCommand)
        add(districts, .district, below: ["city"], .districtCommand)
        add(streets, .street, below: districts, .streetCoordinator)
        add(communities, .community, below: streets, .communityHead)
        add(grids, .grid, below: communities, .gridWorker)
    }

    func office(of place: TerritoryID, _ role: Role) -> Actor {
        let party: PartyID =
            switch role {
            case .districtCommand: "city-offices"
            case .streetCoordinator: "street-offices"
            default: "committees"
            }
        return Actor(person: PersonID(stringLiteral: "\(place)-duty"), party: party, role: role, territory: place)
    }

    private mutating func appoint(_ place: TerritoryID, _ role: Role) { town.appoint(office(of: place, role)) }

    private mutating func add(
        _ places: [TerritoryID],
        _ level: TerritoryLevel,
        below parents: [TerritoryID],
        _ role: Role
    ) {
        for (index, place) in places.enumerated() {
            let parent = parents[index % parents.count]
            town.define(place, level, in: parent, households: level == .grid ? 240 : nil)
            children[parent, default: []].append(place)
            appoint(place, role)
        }
    }
}
