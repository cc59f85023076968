import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules of S1 that this slice holds.
@Suite struct AuthorityTests {
    @Test("R1.1 a property company never gives an order", arguments: CommandCatalogue.all.filter(\.isOrder).map(\.name))
    func propertyNeverOrders(name: String) throws {
        let entry = try #require(CommandCatalogue.entry(named: name))
        let context = Town().context(of: Town.property)
        let refusal = #expect(throws: Rejection.self) { try context.authorise(entry) }
        #expect(refusal?.code == "R1.1 property-orders")
        #expect(refusal?.kind == .forbidden)
    }

    @Test("R1.1 another role does not help a property company's person")
    func propertyInOtherRole() {
        let actor = Actor(person: "jindi-duty", party: "jindi", role: .communityHead, territory: "dq")
        let measure = Self.measure(to: Town.noon + .seconds(3_600))
        #expect(DecisionSpec(Authority.self).refusal(of: measure, by: actor)?.code == "R1.1 property-orders")
    }

    @Test("R1.1 a property company may execute and report")
    func propertyExecutes() throws {
        let context = Town().context(of: Town.property)
        for name in ["SubmitReport", "CompleteTask"] {
            let entry = try #require(CommandCatalogue.entry(named: name))
            #expect(throws: Never.self) { try context.authorise(entry) }
        }
    }

    @Test("R1.3 a measure without an end is refused")
    func measureNeedsEnd() {
        let refusal = DecisionSpec(Authority.self).refusal(of: Self.measure(to: nil), by: Town.head)
        #expect(refusal?.code == "R1.3 no-end")
    }

    @Test("R1.3 a measure ends after it starts")
    func measureEndsLater() {
        let measure = Self.measure(to: Town.noon)
        #expect(DecisionSpec(Authority.self).refusal(of: measure, by: Town.head)?.code == "R1.3 end-before-start")
    }

    @Test("R1.5 two responsible parties for one duty on the same ground are refused")
    func twoResponsible() {
        let list = Self.list([Self.entry("he", "fire"), Self.entry("dq", "police")])
        let refusal = DecisionSpec(Authority.self).refusal(of: list, by: Town.administrator)
        #expect(refusal?.code == "R1.5 two-responsible")
    }

    @Test("R1.5 one duty may have different parties on different ground")
    func differentGround() throws {
        let list = Self.list([Self.entry("xw", "fire"), Self.entry("dq", "police")])
        #expect(try DecisionSpec(Authority.self).when(list, by: Town.administrator).count == 1)
    }

    @Test("R1.5 a list names registered parties only")
    func unknownParty() {
        let list = Self.list([Self.entry("he", "nobody")])
        let refusal = DecisionSpec(Authority.self).refusal(of: list, by: Town.administrator)
        #expect(refusal?.code == "S1 party-unknown")
    }

    @Test("R1.7 the list in force at the time decides, not today's")
    func listInForce() throws {
        var town = Town()
        town.publish("2026-2", from: Town.noon + .seconds(3_600), [Self.entry("he", "market")])
        var before = try Scenario(upTo: .investigating, in: town)
        before.wait(.seconds(7_200))
        let late = before.refusal(of: Scenario.emergency(["fire"]), by: Town.head, at: Town.noon)
        #expect(late == nil)
        let today = before.refusal(of: Scenario.emergency(["fire"]), by: Town.head)
        #expect(today?.code == "R1.5 no-duty-on-list")
    }

    @Test("R1.7 a list takes force now or later, so that it decides nothing anew; the first one may come along")
    func backDated() throws {
        let old = PublishResponsibilityList(
            version: "2028",
            effectiveFrom: Town.noon - .seconds(3_600),
            entries: [Self.entry("he", "market")]
        )
        let spec = DecisionSpec(Authority.self, given: Self.published)
        #expect(spec.refusal(of: old, by: Town.administrator)?.code == "R1.7 back-dated")
        #expect(try DecisionSpec(Authority.self).when(old, by: Town.administrator).count == 1)
        let now = PublishResponsibilityList(
            version: "2028",
            effectiveFrom: Town.noon - .seconds(60),
            entries: [Self.entry("he", "market")]
        )
        #expect(try spec.when(now, by: Town.administrator).count == 1, "the sender's clock is a minute behind")
    }

    @Test("S1 a version of the list is published once")
    func versionOnce() {
        let list = Self.list([Self.entry("he", "fire")])
        let refusal = DecisionSpec(Authority.self, given: Self.published).refusal(of: list, by: Town.administrator)
        #expect(refusal?.code == "S1 version-exists")
    }

    @Test("S1 overlapping appointments of one post are refused")
    func overlappingAppointments() throws {
        let spec = DecisionSpec(Authority.self, given: [Self.appointed(to: nil)])
        #expect(spec.refusal(of: Self.appoint(), by: Town.administrator)?.code == "S1 overlapping-appointment")
        let ended = DecisionSpec(Authority.self, given: [Self.appointed(to: Town.noon)])
        #expect(try ended.when(Self.appoint(), by: Town.administrator).count == 1)
    }

    @Test("S1 a community has one head at a time, a street and a department several who take turns")
    func postOfOne() throws {
        func head(_ person: PersonID, from: Timestamp, to: Timestamp? = nil) -> PersonAppointed {
            PersonAppointed(
                person: person,
                role: .communityHead,
                party: "dq-committee",
                territory: "dq",
                from: from,
                to: to
            )
        }
        let end = Town.noon + .seconds(3_600)
        let spec = DecisionSpec(Authority.self, given: [.personAppointed(head("head-dq", from: Town.noon, to: end))])
        func appoint(from: Timestamp, territory: TerritoryID = "dq") -> AppointPerson {
            AppointPerson(
                person: "p-1",
                role: .communityHead,
                party: "dq-committee",
                territory: territory,
                from: from
            )
        }
        let refusal = spec.refusal(of: appoint(from: Town.noon), by: Town.administrator)
        #expect(refusal?.code == "S1 post-taken")
        #expect(refusal?.words.en.contains("head-dq") == true)
        #expect(try spec.when(appoint(from: end), by: Town.administrator).count == 1)
        #expect(try spec.when(appoint(from: Town.noon, territory: "xw"), by: Town.administrator).count == 1)
        let officers = DecisionSpec(Authority.self, given: [Self.appointed(to: nil)])
        let second = AppointPerson(
            person: "p-2",
            role: .departmentOfficer,
            party: "fire",
            territory: "he",
            from: Town.noon
        )
        #expect(try officers.when(second, by: Town.administrator).count == 1)
    }

    @Test("S1 an appointment ends after it starts")
    func endBeforeStart() {
        let command = Self.appoint(to: Town.noon - .seconds(1))
        #expect(
            DecisionSpec(Authority.self).refusal(of: command, by: Town.administrator)?.code == "S1 end-before-start"
        )
    }

    @Test("S1 an appointment names a known territory and a known party")
    func unknownPlaces() {
        let spec = DecisionSpec(Authority.self)
        let nowhere = Self.appoint(territory: "atlantis")
        #expect(spec.refusal(of: nowhere, by: Town.administrator)?.code == "S2 territory-unknown")
        let nobody = Self.appoint(party: "nobody")
        #expect(spec.refusal(of: nobody, by: Town.administrator)?.code == "S1 party-unknown")
    }

    @Test("S1 a post fits its party: a property company has no community head")
    func roleOfParty() {
        let command = Self.appoint(role: .communityHead, party: "jindi")
        #expect(
            DecisionSpec(Authority.self).refusal(of: command, by: Town.administrator)?.code == "S1 role-not-of-party"
        )
    }

    @Test("S1 a party is registered once, not under a reserved name, with a webhook address when it needs one")
    func parties() {
        let spec = DecisionSpec(Authority.self, given: [Self.registered])
        #expect(spec.refusal(of: Self.register("fire"), by: Town.administrator)?.code == "S1 party-exists")
        #expect(spec.refusal(of: Self.register("first-receiver"), by: Town.administrator)?.code == "S1 reserved-name")
        #expect(spec.refusal(of: Self.register("muster"), by: Town.administrator)?.code == "S1 reserved-name")
        let webhook = Self.register("gas", channel: .webhook)
        #expect(spec.refusal(of: webhook, by: Town.administrator)?.code == "S1 webhook-address")
    }

    @Test("S1 an ended post no longer lets its holder act, what was done before stays")
    func endedPost() throws {
        var town = Town()
        town.authority.evolve(
            .appointmentEnded(
                AppointmentEnded(
                    person: "fire-duty",
                    role: .departmentOfficer,
                    party: "fire",
                    territory: "he",
                    at: Town.noon + .seconds(60)
                )
            ),
            from: .test
        )
        var scenario = try Scenario(upTo: .whistled, in: town)
        scenario.wait(.seconds(120))
        let accept = AcceptWhistle(matter: "M-1", department: "fire")
        #expect(scenario.refusal(of: accept, by: Town.fire)?.code == "S1 no-post")
        #expect(scenario.refusal(of: accept, by: Town.fire, at: Town.noon) == nil)
    }

    @Test("S1 ending a post that nobody holds is refused")
    func endUnknown() {
        let end = EndAppointment(person: "x", role: .gridWorker, party: "dq-committee", territory: "dq", at: Town.noon)
        let refusal = DecisionSpec(Authority.self).refusal(of: end, by: Town.administrator)
        #expect(refusal?.code == "S1 no-such-appointment")
    }

    @Test("S1 nobody acts beyond the ground of their post")
    func beyondPost() {
        let actor = Actor(person: "gw-02", party: "dq-committee", role: .gridWorker, territory: "dq")
        #expect(Scenario().refusal(of: Scenario.raise, by: actor)?.code == "S1 no-post")
    }

    @Test("R0.1 a role that the command does not name is refused")
    func role() {
        #expect(Scenario().refusal(of: Scenario.raise, by: Town.resident)?.code == "S1 role-not-allowed")
    }

    // MARK: - Pieces

    static let registered = AuthorityEvent.partyRegistered(
        PartyRegistered(party: "fire", nameEN: "Fire", nameZH: "消防", kind: .department, channel: .desk)
    )
    static let published = [
        AuthorityEvent.responsibilityListPublished(
            ResponsibilityListPublished(version: "2027", effectiveFrom: Town.noon, entries: [entry("he", "fire")])
        )
    ]

    static func entry(_ territory: TerritoryID, _ responsible: PartyID) -> ResponsibilityEntry {
        ResponsibilityEntry(
            duty: "passage.clear",
            nameEN: "Keep passages clear",
            nameZH: "保持通道畅通",
            territory: territory,
            responsible: responsible
        )
    }

    static func list(_ entries: [ResponsibilityEntry]) -> PublishResponsibilityList {
        PublishResponsibilityList(version: "2027", effectiveFrom: Town.noon, entries: entries)
    }

    static func register(_ party: PartyID, channel: DeliveryChannel = .desk) -> RegisterParty {
        RegisterParty(party: party, nameEN: "Name", nameZH: "名称", kind: .department, channel: channel)
    }

    static func appoint(
        role: Role = .departmentOfficer,
        party: PartyID = "fire",
        territory: TerritoryID = "he",
        to: Timestamp? = nil
    ) -> AppointPerson {
        AppointPerson(person: "p-1", role: role, party: party, territory: territory, from: Town.noon, to: to)
    }

    static func appointed(to: Timestamp?) -> AuthorityEvent {
        .personAppointed(
            PersonAppointed(
                person: "p-1",
                role: .departmentOfficer,
                party: "fire",
                territory: "he",
                from: Town.noon - .seconds(60),
                to: to
            )
        )
    }

    static func measure(to: Timestamp?) -> IssueMeasure {
        IssueMeasure(
            measure: "entry-1",
            kind: .entryCheck,
            territory: "dq",
            legalBasis: "Article 5",
            from: Town.noon,
            to: to
        )
    }
}
