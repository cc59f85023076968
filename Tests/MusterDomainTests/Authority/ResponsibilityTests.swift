import EventSourcing
import MusterDomain
import Records
import Testing

/// Lists, posts, areas, and the ways that duties take.
@Suite struct ResponsibilityTests {
    @Test("R1.5 a refusal names the list, the line and who could decide")
    func refusalWords() throws {
        let scenario = try Scenario(upTo: .inAction)
        let other = DelegateTask(matter: "M-1", task: "T-1", party: "market", duty: "passage.clear", text: "Tow.")
        let refusal = try #require(scenario.refusal(of: other, by: Town.head))
        #expect(refusal.words.en.contains("List 2026-1, in force since 2026-11-20"))
        #expect(refusal.words.en.contains("passage.clear in he names fire, supported by police, jindi, bluesky"))
        #expect(refusal.words.zh.contains("清单 2026-1"))
        #expect(refusal.advice?.en.contains("fire") == true)
        let nobody = DelegateTask(matter: "M-1", task: "T-1", party: "jindi", duty: "bees.remove", text: "Catch.")
        let missing = try #require(scenario.refusal(of: nobody, by: Town.head))
        #expect(missing.words.en.contains("List 2026-1"))
        #expect(missing.words.en.contains("bees.remove in dq-02"))
        #expect(missing.advice?.en.contains("district command") == true)
    }

    @Test("R1.5 without any list in force nothing is dispatched, and the refusal says so")
    func noList() throws {
        var scenario = try Scenario(upTo: .inAction)
        scenario.town = Town(withList: false)
        let task = DelegateTask(matter: "M-1", task: "T-1", party: "jindi", duty: "passage.clear", text: "Tow.")
        let refusal = try #require(scenario.refusal(of: task, by: Town.head))
        #expect(refusal.code == "R1.5 nobody-responsible")
        #expect(refusal.words.en.contains("No responsibility list was in force"))
    }

    @Test("R1.5 lead and supporting parties share a line")
    func leadAndSupporting() throws {
        let events = try Office.sendList([Self.line("he", "fire", ["police", "jindi"])], in: Town())
        #expect(events.count == 1)
    }

    @Test("R1.5 two lines of one duty are a conflict on the same ground, however it is nested")
    func nestedLines() {
        for (one, other) in [("he", "dq-02"), ("dq-02", "he"), ("dq", "dq"), ("dq", "dq-02")] {
            let lines = [
                Self.line(TerritoryID(rawValue: one)!, "fire"), Self.line(TerritoryID(rawValue: other)!, "police"),
            ]
            let refusal = Office.listRefusal(lines, in: Town())
            #expect(refusal?.code == "R1.5 two-responsible", "\(one) and \(other)")
            #expect(refusal?.words.en.contains("List 2027") == true)
        }
        #expect(Office.listRefusal([Self.line("dq-02", "fire"), Self.line("xw-01", "police")], in: Town()) == nil)
    }

    @Test("R1.5 the line of the smallest ground around a place is found, none elsewhere")
    func nearestLine() throws {
        var town = Town()
        town.publish("2027", from: Town.noon, [Self.line("dq", "fire"), Self.line("xw", "police")])
        let list = try #require(town.authority.list(at: Town.noon))
        #expect(list.entry(for: "passage.clear", in: "dq-02", of: town.territories)?.responsible == "fire")
        #expect(list.entry(for: "passage.clear", in: "xw", of: town.territories)?.responsible == "police")
        #expect(list.entry(for: "passage.clear", in: "he", of: town.territories) == nil)
        #expect(list.entry(for: "passage.clear", in: "atlantis", of: town.territories) == nil)
    }

    @Test("S1 a party has no posts outside its area")
    func postOutsideArea() throws {
        let town = Town(area: "dq", of: "dq-water", kind: .department)
        var office = Office(in: town)
        let inside = AppointPerson(
            person: "w-1",
            role: .departmentOfficer,
            party: "dq-water",
            territory: "dq-02",
            from: Town.noon
        )
        try office.send(inside, by: Town.administrator)
        let outside = AppointPerson(
            person: "w-1",
            role: .departmentOfficer,
            party: "dq-water",
            territory: "xw",
            from: Town.noon
        )
        let refusal = office.refusal(of: outside, by: Town.administrator)
        #expect(refusal?.code == "S1 outside-area")
        #expect(refusal?.words.en.contains("dq-water") == true)
    }

    @Test("S1 a party is responsible only inside its area, and helps where its area and the ground meet")
    func dutyOutsideArea() {
        let town = Town(area: "dq", of: "dq-water", kind: .department)
        #expect(Office.listRefusal([Self.line("he", "dq-water")], in: town)?.code == "S1 outside-area")
        #expect(Office.listRefusal([Self.line("he", "fire", ["dq-water"])], in: town) == nil)
        #expect(Office.listRefusal([Self.line("xw", "fire", ["dq-water"])], in: town)?.code == "S1 outside-area")
    }

    @Test("S1 a party's area must exist")
    func unknownArea() {
        let register = RegisterParty(
            party: "gas",
            nameEN: "Gas",
            nameZH: "燃气",
            kind: .department,
            channel: .desk,
            area: "atlantis"
        )
        #expect(Office().code(of: register, by: Town.administrator) == "S2 territory-unknown")
    }

    @Test("S1 a task for ground outside a party's area is refused")
    func taskOutsideArea() throws {
        var town = Town(area: "xw", of: "xw-water", kind: .department)
        town.publish("2027", from: Town.noon, [Self.line("he", "fire", ["police", "xw-water"])])
        let scenario = try Scenario(upTo: .inAction, in: town)
        let task = DelegateTask(matter: "M-1", task: "T-1", party: "xw-water", duty: "passage.clear", text: "Tow.")
        #expect(scenario.refusal(of: task, by: Town.head)?.code == "S1 outside-area")
    }

    @Test("S1 a duty never comes back to whom it came from, nor to oneself")
    func circularDelegation() throws {
        var town = Town()
        town.publish("2027", from: Town.noon, [Self.line("he", "fire", ["police", "dq-committee", "jindi"])])
        var scenario = try Scenario(upTo: .inAction, in: town)
        func task(_ task: TaskID, _ party: PartyID, _ duty: DutyID = "passage.clear") -> DelegateTask {
            DelegateTask(matter: "M-1", task: task, party: party, duty: duty, text: "Tow.")
        }
        #expect(
            scenario.refusal(of: task("T-0", "dq-committee"), by: Town.head)?.code == "S1 circular-delegation"
        )
        try scenario.send(task("T-1", "fire"), by: Town.head)
        try scenario.send(task("T-2", "jindi"), by: Town.fire)
        let back = scenario.refusal(of: task("T-3", "dq-committee"), by: Town.fire)
        #expect(back?.code == "S1 circular-delegation")
        #expect(back?.advice?.en.contains("dq-committee") == true)
        try scenario.send(CompleteTask(matter: "M-1", task: "T-1", text: "Done."), by: Town.fire)
        #expect(scenario.refusal(of: task("T-3", "dq-committee"), by: Town.fire) == nil, "the first is done")
    }

    @Test("R1.6 one person with posts at the committee and at the station counts once for capacity")
    func countedOnce() throws {
        var town = Town()
        let station = Actor(person: "gw-02", party: "police", role: .departmentOfficer, territory: "dq")
        town.appoint(station)
        let staff = town.authority.staff(at: Town.noon)
        #expect(staff["dq-committee"] == ["gw-02", "head-dq"])
        #expect(staff["police"] == ["gw-02", "police-duty"])
        let hats = town.authority.multiHatted(at: Town.noon)
        #expect(Array(hats.keys) == ["gw-02"])
        #expect(hats["gw-02"]?.map(\.party) == ["dq-committee", "police"])
        #expect(town.authority.posts(of: "gw-02", at: Town.noon).count == 2, "both posts are allowed")
    }

    @Test("R1.6 a post that has ended or not begun counts for nobody's capacity")
    func endedPost() {
        var town = Town()
        let temporary = Actor(person: "temp", party: "xw-committee", role: .gridWorker, territory: "xw-01")
        town.appoint(temporary, from: Town.noon, to: Town.noon + .seconds(60))
        #expect(town.authority.staff(at: Town.noon)["xw-committee"] == ["gw-01", "head-xw", "temp"])
        let later = town.authority.staff(at: Town.noon + .seconds(60))
        #expect(later["xw-committee"] == ["gw-01", "head-xw"])
        #expect(town.authority.holder(of: .gridWorker, in: "xw-01", at: Town.noon) == "gw-01")
    }

    @Test("S1 an unknown role is told at once, a role without posts is refused")
    func unknownRole() throws {
        let data =
            #"{"person":"p-1","role":"emperor","party":"fire","territory":"he","from":"2026-11-21T18:00:00+08:00"}"#
        let problems = #expect(throws: Problems.self) {
            try AppointPerson.description.record.decode(Array(data.utf8))
        }
        #expect(problems?.list.map(\.pointer) == ["/role"])
        for role in [Role.resident, .administrator, .system] {
            let command = AuthorityTests.appoint(role: role)
            #expect(Office().code(of: command, by: Town.administrator) == "S1 role-not-of-party")
        }
    }

    static func line(
        _ territory: TerritoryID,
        _ responsible: PartyID,
        _ supporting: [PartyID] = []
    )
        -> ResponsibilityEntry
    {
        ResponsibilityEntry(
            duty: "passage.clear",
            nameEN: "Keep passages clear",
            nameZH: "保持通道畅通",
            territory: territory,
            responsible: responsible,
            supporting: supporting
        )
    }
}

extension Office {
    static func sendList(_ entries: [ResponsibilityEntry], in town: Town) throws -> [AuthorityEvent] {
        var office = Office(in: town)
        return try office.send(AuthorityTests.list(entries), by: Town.administrator)
    }

    static func listRefusal(_ entries: [ResponsibilityEntry], in town: Town) -> Rejection? {
        Office(in: town).refusal(of: AuthorityTests.list(entries), by: Town.administrator)
    }
}

extension Town {
    /// With one more party, which acts in an area alone.
    init(area: TerritoryID, of party: PartyID, kind: PartyKind) {
        self.init()
        authority.evolve(
            .partyRegistered(
                PartyRegistered(party: party, nameEN: "Name", nameZH: "名称", kind: kind, channel: .desk, area: area)
            ),
            from: .test
        )
    }

    /// The same town before anybody published a list.
    init(withList: Bool) {
        self.init()
        guard !withList else { return }
        authority = Authority()
        for (party, kind) in Self.parties { register(party, kind) }
        for actor in Self.posts { appoint(actor) }
    }
}
