import EventSourcing
import MusterDomain
import Records
import Testing

/// Households: registration, visits, members, flags and corrections.
@Suite struct HouseholdRuleTests {
    // MARK: Registering

    @Test("S2 buildings, units and households are registered once")
    func once() throws {
        let quarter = try Quarter.settled()
        #expect(quarter.refusal(of: Quarter.building("b1"), by: Town.head) == "S2 territory-exists")
        let unit = RegisterUnit(building: "b1", unit: "u1")
        #expect(quarter.refusal(of: unit, by: Town.gridWorker) == "S2 unit-exists")
        let household = Quarter.household("h1", "999")
        #expect(quarter.refusal(of: household, by: Town.gridWorker) == "S2 household-exists")
    }

    @Test(
        "S2 two households at one address are refused, however the door is written",
        arguments: ["101", "1 01", " 101 "]
    )
    func address(door: String) throws {
        let quarter = try Quarter.settled()
        let second = Quarter.household("h9", door)
        #expect(quarter.refusal(of: second, by: Town.gridWorker) == "S2 address-taken")
    }

    @Test("S2 who moved away leaves the address to others")
    func addressFree() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.moved), by: Town.gridWorker)
        #expect(quarter.register().tally.households == 1)
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.gridWorker) == "S2 moved-away")
        try quarter.send(Quarter.household("h9", "101"), by: Town.gridWorker)
        #expect(quarter.register().tally.households == 2)
        let back = CorrectRecord(
            building: "b1",
            household: "h1",
            corrects: try #require(quarter.register().households["h1"]?.lastVisit?.event),
            part: .visit,
            outcome: .met,
            reason: "Mistaken."
        )
        #expect(quarter.refusal(of: back, by: Town.gridWorker) == "S2 address-taken")
    }

    @Test("S2 the building, the unit and the household must be on record")
    func unknown() throws {
        let quarter = try Quarter.settled()
        let noBuilding = RegisterUnit(building: "b9", unit: "u1")
        #expect(quarter.refusal(of: noBuilding, by: Town.gridWorker) == "S2 territory-unknown")
        let grid = RegisterUnit(building: "dq-02", unit: "u1")
        #expect(quarter.refusal(of: grid, by: Town.gridWorker) == "R2.1 wrong-level")
        let noUnit = RegisterHousehold(building: "b1", household: "h9", unit: "u9", door: "1")
        #expect(quarter.refusal(of: noUnit, by: Town.gridWorker) == "S2 unit-unknown")
        #expect(quarter.refusal(of: Quarter.visit(.met, "h9"), by: Town.gridWorker) == "S2 household-unknown")
        let street = Quarter.building("b9", in: "he-s1")
        #expect(quarter.refusal(of: street, by: Town.street) == "R2.1 level-not-below")
    }

    @Test("S2 full-width digits in a door are refused with what to write")
    func fullWidth() throws {
        let quarter = try Quarter.settled()
        let town = quarter.town.context(of: Town.gridWorker, occurredAt: quarter.now)
        do throws(Rejection) {
            _ = try Quarter.household("h9", "１０３").decide(quarter.register(), in: town)
            Issue.record("accepted")
        } catch {
            #expect(error.code == "S2 full-width-digits")
            #expect(error.advice?.en == "Write 103.")
        }
    }

    @Test("S2 a grid worker works on their own ground")
    func outside() throws {
        let quarter = try Quarter.settled()
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.otherGridWorker) == "S1 outside-territory")
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.resident) == "S2 role-not-allowed")
        #expect(quarter.refusal(of: Quarter.visit(.met), by: Town.police) == nil)
    }

    @Test("R16.1 a name belongs to a person, by whose key it is kept")
    func personal() throws {
        let quarter = try Quarter.settled()
        let nameless = RegisterHousehold(building: "b1", household: "h9", unit: "u1", door: "9", name: "Wang")
        #expect(quarter.refusal(of: nameless, by: Town.gridWorker) == "R16.1 contact-missing")
        func personal(_ name: String) -> Set<String> {
            PersonalFields.of(EventType(name)).map { Set($0.erased.keys) } ?? []
        }
        #expect(personal("HouseholdRegistered") == ["name", "phone"])
        #expect(personal("MemberDeclared") == ["name", "phone", "place"])
        #expect(personal("VisitRecorded") == ["note"])
        #expect(personal("VulnerableFlagged") == ["note"])
        #expect(personal("RecordCorrected") == ["name", "phone", "reason"])
        #expect(PersonalFields.of(EventType("MemberDeclared"))?.subject == .member("person"))
        #expect(PersonalFields.of(EventType("HouseholdRegistered"))?.subject == .member("contact"))
    }

    // MARK: Visiting

    @Test(
        "R2.5 a visit that was refused or unanswered is a fact with a retry, and never done",
        arguments: [
            VisitOutcome.refused, .noAnswer,
        ]
    )
    func failedVisit(outcome: VisitOutcome) throws {
        var quarter = try Quarter.settled()
        let events = try quarter.send(Quarter.visit(outcome), by: Town.gridWorker)
        guard case .visited(let visit) = try #require(events.first) else { return }
        #expect(visit.revisitBy == quarter.now + .seconds(86_400))
        #expect(visit.attempt == 1)
        #expect(visit.tally.open == 1)
        #expect(visit.tally.covered == 0)
        #expect(visit.staleBy == nil)
    }

    @Test("R2.5 after two failed visits in a row the patch police is asked to go, as the list says")
    func police() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        quarter.publish([
            ResponsibilityEntry(
                duty: "household.check",
                nameEN: "Look after a silent household",
                nameZH: "查访失联住户",
                territory: "he",
                responsible: "police"
            )
        ])
        quarter.wait(.seconds(3_600))
        let events = try quarter.send(Quarter.visit(.refused), by: Town.gridWorker)
        let visit = EventID(command: try #require(quarter.lastEvent).command, ordinal: 0)
        #expect(
            events.last
                == .referred(
                    HouseholdReferred(
                        building: "b1",
                        household: "h1",
                        attempt: 2,
                        duty: "household.check",
                        party: "police",
                        basis: visit
                    )
                )
        )
        #expect(quarter.register().tally.referred == 1)
        // Asked once; being met ends it.
        #expect(try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker).count == 1)
        try quarter.send(Quarter.visit(.met), by: Town.police)
        #expect(quarter.register().tally.referred == 0)
        #expect(quarter.register().tally.open == 0)
        #expect(quarter.register().tally.covered == 1)
    }

    @Test("R2.5 without anybody on the list the referral says so")
    func nobodyOnList() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        let events = try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        guard case .referred(let referral) = try #require(events.last) else { return }
        #expect(referral.party == nil)
    }

    @Test("R0.3 a visit that comes in late stays a fact and overtakes nothing")
    func lateVisit() throws {
        var quarter = try Quarter.settled()
        quarter.wait(.seconds(7_200))
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        let earlier = Town.noon + .seconds(600)
        let events = try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker, at: earlier)
        guard case .visited(let visit) = try #require(events.first) else { return }
        #expect(visit.isOvertaken)
        #expect(visit.revisitBy == nil)
        #expect(quarter.register().tally.open == 0)
        #expect(quarter.register().tally.covered == 1)
    }

    @Test("R2.4 a late visit belongs to the grid of its time")
    func gridOfItsTime() throws {
        var quarter = try Quarter.settled()
        quarter.wait(.seconds(3_600))
        let parts = [
            GridPlan(grid: "dq-03", nameEN: "3", nameZH: "三", buildings: ["b1"]),
            GridPlan(grid: "dq-04", nameEN: "4", nameZH: "四", buildings: ["b2", "b3"]),
        ]
        try quarter.send(SplitGrid(grid: "dq-02", parts: parts), by: Town.head)
        quarter.wait(.seconds(60))
        func grid(at time: Timestamp) throws -> TerritoryID? {
            var copy = quarter
            let events = try copy.send(Quarter.visit(.met), by: Town.gridWorker, at: time)
            guard case .visited(let visit) = try #require(events.first) else { return nil }
            return visit.grid
        }
        #expect(try grid(at: Town.noon + .seconds(60)) == "dq-02")
        #expect(try grid(at: quarter.now) == "dq-03")
    }

    // MARK: Members

    @Test("S2 whoever is absent without a word is found, and declared absence is none")
    func undeclared() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Self.member("resident-1", .home), by: Town.resident)
        try quarter.send(Self.member("resident-5", .home), by: Town.resident)
        try quarter.send(Self.member("resident-6", .away), by: Town.resident)
        let visit = Quarter.visit(.met, absent: ["resident-5", "resident-6"])
        guard case .visited(let seen) = try #require(try quarter.send(visit, by: Town.gridWorker).first) else { return }
        #expect(seen.undeclared == ["resident-5"])
        #expect(seen.tally.undeclared == 1)
        try quarter.send(Self.member("resident-5", .away), by: Town.resident)
        #expect(quarter.register().tally.undeclared == 0)
        let unseen = Quarter.visit(.noAnswer, absent: ["resident-5"])
        #expect(quarter.refusal(of: unseen, by: Town.gridWorker) == "S2 absent-unseen")
        let stranger = Quarter.visit(.met, absent: ["resident-9"])
        #expect(quarter.refusal(of: stranger, by: Town.gridWorker) == "S2 member-unknown")
    }

    @Test("S2 a resident declares their own household alone")
    func ownHousehold() throws {
        var quarter = try Quarter.settled()
        let declared = Self.member("resident-2", .home)
        #expect(quarter.refusal(of: declared, by: Town.neighbour) == "S2 not-your-household")
        try quarter.send(declared, by: Town.gridWorker)
        #expect(quarter.refusal(of: Self.member("resident-3", .home), by: Town.neighbour) == nil)
    }

    @Test("S2 a place and a return are of who is away, and the return lies ahead")
    func whereabouts() throws {
        let quarter = try Quarter.settled()
        func member(_ presence: MemberPresence, _ place: String?, _ backBy: Timestamp?) -> DeclareMember {
            DeclareMember(
                building: "b1",
                household: "h1",
                person: "resident-1",
                relation: .head,
                presence: presence,
                place: place,
                backBy: backBy
            )
        }
        #expect(quarter.refusal(of: member(.home, "Wuhan", nil), by: Town.resident) == "S2 not-away")
        #expect(quarter.refusal(of: member(.away, "Wuhan", quarter.now), by: Town.resident) == "S2 back-already")
        let soon = quarter.now + .seconds(60)
        #expect(quarter.refusal(of: member(.away, "Wuhan", soon), by: Town.resident) == nil)
    }

    private static func member(_ person: PersonID, _ presence: MemberPresence) -> DeclareMember {
        DeclareMember(building: "b1", household: "h1", person: person, relation: .relative, presence: presence)
    }

    // MARK: Vulnerable

    @Test("R2.6 a vulnerable household has a reason and a review that lies ahead, not too far")
    func review() throws {
        let quarter = try Quarter.settled()
        func flag(_ reviewBy: Timestamp, _ person: PersonID? = nil) -> FlagVulnerable {
            FlagVulnerable(building: "b1", household: "h1", person: person, reason: .ill, reviewBy: reviewBy)
        }
        #expect(quarter.refusal(of: flag(quarter.now), by: Town.gridWorker) == "R2.6 review-not-ahead")
        let far = quarter.now + .seconds(367 * 86_400)
        #expect(quarter.refusal(of: flag(far), by: Town.gridWorker) == "R2.6 review-too-far")
        let soon = quarter.now + .seconds(86_400)
        #expect(quarter.refusal(of: flag(soon, "resident-9"), by: Town.gridWorker) == "S2 member-unknown")
        #expect(quarter.refusal(of: flag(soon, "resident-1"), by: Town.gridWorker) == nil)
        let noReason = Array(#"{"building":"b1","household":"h1","reviewBy":"2027-01-01T00:00:00Z"}"#.utf8)
        let problems = #expect(throws: Problems.self) { try FlagVulnerable.description.record.decode(noReason) }
        #expect(problems?.list.map(\.pointer) == ["/reason"])
    }

    // MARK: Corrections

    @Test("R0.4 a correction names what stands, and the last visit counts anew")
    func correctVisit() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        let met = try #require(quarter.lastEvent)
        try quarter.send(Self.correct(.visit, met, outcome: .noAnswer), by: Town.gridWorker)
        #expect(quarter.register().tally.covered == 0)
        #expect(quarter.register().tally.open == 1)
        #expect(quarter.register().households["h1"]?.attempts == 2)
        let again = Self.correct(.visit, met, outcome: .met)
        #expect(quarter.refusal(of: again, by: Town.gridWorker) == "R0.4 not-standing")
        let empty = Self.correct(.visit, try #require(quarter.lastEvent))
        #expect(quarter.refusal(of: empty, by: Town.gridWorker) == "R0.4 correction-missing")
    }

    @Test("R0.4 an address is corrected to one that is free")
    func correctAddress() throws {
        var quarter = try Quarter.settled()
        let registered = try #require(quarter.register().households["h1"]?.addressBy)
        let taken = Self.correct(.address, registered, door: "102")
        #expect(quarter.refusal(of: taken, by: Town.gridWorker) == "S2 address-taken")
        try quarter.send(Self.correct(.address, registered, door: "103"), by: Town.gridWorker)
        #expect(quarter.refusal(of: Quarter.household("h9", "101"), by: Town.gridWorker) == nil)
        #expect(quarter.refusal(of: Quarter.household("h9", "103"), by: Town.gridWorker) == "S2 address-taken")
    }

    @Test("R0.4 a contact, a member and a flag are corrected by what said them")
    func correctOthers() throws {
        var quarter = try Quarter.settled()
        let registered = try #require(quarter.register().households["h1"]?.contactBy)
        let contact = Self.correct(.contact, registered, person: "resident-8", name: "Wang")
        try quarter.send(contact, by: Town.gridWorker)
        #expect(quarter.register().households["h1"]?.contact == "resident-8")
        #expect(quarter.refusal(of: contact, by: Town.gridWorker) == "R0.4 not-standing")
        try quarter.send(Self.member("resident-5", .home), by: Town.gridWorker)
        let declared = try #require(quarter.lastEvent)
        let stranger = Self.correct(.member, declared, person: "resident-9", name: "Li")
        #expect(quarter.refusal(of: stranger, by: Town.gridWorker) == "S2 member-unknown")
        try quarter.send(Self.correct(.member, declared, person: "resident-5", name: "Li"), by: Town.gridWorker)
        let flag = FlagVulnerable(
            building: "b1",
            household: "h1",
            reason: .other,
            reviewBy: quarter.now + .seconds(60)
        )
        try quarter.send(flag, by: Town.gridWorker)
        #expect(quarter.register().tally.vulnerable == 1)
        try quarter.send(Self.correct(.vulnerability, try #require(quarter.lastEvent)), by: Town.gridWorker)
        #expect(quarter.register().tally.vulnerable == 0)
    }

    private static func correct(
        _ part: RecordPart,
        _ event: EventID,
        door: String? = nil,
        person: PersonID? = nil,
        name: String? = nil,
        outcome: VisitOutcome? = nil
    ) -> CorrectRecord {
        CorrectRecord(
            building: "b1",
            household: "h1",
            corrects: event,
            part: part,
            door: door,
            person: person,
            name: name,
            outcome: outcome,
            reason: "A mistake."
        )
    }
}
