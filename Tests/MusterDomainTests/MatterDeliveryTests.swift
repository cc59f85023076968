import EventSourcing
import MusterDomain
import Records
import Testing

/// What parties are told of matters beside whistles and tasks, and what they read.
@Suite struct MatterDeliveryTests {
    private func appealed(in town: Town = Town()) throws -> Scenario {
        var scenario = try Scenario(upTo: .closed, in: town)
        try scenario.send(Appeal(matter: "M-1", reason: "The cars are back."), by: Town.resident)
        return scenario
    }

    private func told(_ scenario: Scenario) -> Deliveries {
        var deliveries = Deliveries(of: MatterDeliveryPolicy(), in: scenario.town)
        deliveries.take(scenario.facts)
        return deliveries
    }

    @Test("S14 an appeal goes to the nearest office that had no part in the matter, with the limit to decide")
    func appeal() throws {
        let scenario = try appealed()
        let delivery = try #require(told(scenario).sent.last)
        #expect(delivery.kind == .appeal && delivery.party == "street-1")
        let task = try MatterDelivery.record.decode(delivery.payload)
        #expect(task.text == "The cars are back.")
        #expect(task.due == scenario.now + scenario.town.limits.review)
    }

    @Test("S14 who dealt with a matter is not asked to review it")
    func ownWork() throws {
        var town = Town()
        let chief = Actor(person: "a-chief", party: "fire", role: .streetCoordinator, territory: "he-s1")
        town.appoint(chief, from: Town.noon - .seconds(172_800))
        #expect(told(try appealed(in: town)).sent.last?.party == "street-1")
        var alone = Town()
        alone.authority = Authority()
        for (party, kind) in Town.parties where party != "street-1" { alone.register(party, kind) }
        for actor in Town.posts where actor.party != "street-1" { alone.appoint(actor) }
        var deliveries = Deliveries(of: MatterDeliveryPolicy(), in: alone)
        #expect(deliveries.take(try appealed().facts).last == "appeal he-district")
    }

    @Test("R3.2 the head of the community is asked for consent, with the limit to answer")
    func consent() throws {
        let scenario = try Scenario(upTo: .awaitingConsent)
        let sent = told(scenario).sent
        #expect(sent.map { "\($0.kind.rawValue) \($0.party)" } == ["consent dq-committee"])
        let task = try MatterDelivery.record.decode(try #require(sent.first).payload)
        #expect(task.text == "Two cars.")
        #expect(task.due == scenario.now + scenario.town.limits.consent)
    }

    /// The story of the blocked passage, with what is due until then by the clocks.
    private func late(_ time: Duration, in town: Town = Town()) throws -> Deliveries {
        var scenario = try Scenario(upTo: .whistled, in: town)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        var clocks = WhistleClockPolicy()
        for fact in scenario.facts { clocks.evolve(fact) }
        let due = clocks.timers.filter { $0.due <= Town.noon + time && $0.key.contains("/fire/") }
        scenario.wait(time)
        for timer in due {
            if let escalation = timer.command as? EscalateWhistle { try scenario.send(escalation, by: timer.actor) }
            if let noShow = timer.command as? RecordNoShow { try scenario.send(noShow, by: timer.actor) }
        }
        return told(scenario)
    }

    @Test("S3 the street is told at half the limit, the district at the limit, and who called of the no-show")
    func escalation() throws {
        let sent = try late(.seconds(600)).sent.dropFirst(2)
        #expect(
            sent.map { "\($0.kind.rawValue) \($0.party)" } == [
                "escalation street-1", "no-show dq-committee", "escalation he-district",
            ]
        )
        let task = try MatterDelivery.record.decode(try #require(sent.first).payload)
        #expect(task.text == "Waiting for fire: Accept. · 等待 fire：签收。")
        #expect(task.due == Town.noon + .seconds(600) && task.place == "Dongqiao 7")
    }

    @Test("S3 the city is told at one and a half of the limit, where there is one")
    func city() throws {
        #expect(try late(.seconds(900)).sent.count { $0.kind == .escalation } == 2)
        var town = Town()
        town.define("baotou", .city, in: nil)
        let moved = TerritoryMoved(
            territory: "he",
            parent: "baotou",
            from: Town.noon - .seconds(60),
            reason: "A city above it."
        )
        town.territories.evolve(.moved(moved), from: .test)
        let mayor = Actor(person: "mayor-duty", party: "city-1", role: .districtCommand, territory: "baotou")
        town.register("city-1", .district)
        town.appoint(mayor)
        #expect(
            try late(.seconds(900), in: town).sent.last.map { "\($0.kind.rawValue) \($0.party)" } == "escalation city-1"
        )
    }

    @Test("R16.1 with a person their appeal is forgotten, beside title and place of their matter")
    func erasure() throws {
        var deliveries = told(try appealed())
        let erased = SubjectKeyErased(person: "resident-1", ground: .request)
        deliveries.take([.test(.privacy(.subjectKeyErased(erased)))])
        #expect(
            deliveries.forgotten == [
                ErasedDeliveries(matter: "M-1", members: ["title", "place"]),
                ErasedDeliveries(matter: "M-1", kind: .appeal, members: ["text"]),
            ]
        )
    }

    @Test("S3 the JSON of a task about a matter is as it always was")
    func released() throws {
        let delivery = try #require(told(try Scenario(upTo: .whistled)).sent.first)
        #expect(delivery.about == .matter("M-1"))
        let released = """
            {"matter":"M-1","kind":"whistle","title":"Two cars block the fire lane","place":"Dongqiao 7",\
            "territory":"dq-02","text":"The fire lane is blocked.","urgency":"emergency","duty":"passage.clear",\
            "due":"\((Town.noon + .seconds(600)).rfc3339)"}
            """
        #expect(String(decoding: delivery.payload, as: UTF8.self) == released)
    }

    @Test("S3 what a payload is about is read off it, whoever wrote it")
    func subjects() {
        func about(_ json: String) -> TaskSubject? { TaskSubject(payload: Array(json.utf8)) }
        #expect(about(#"{"kind":"whistle","matter":"M-1","more":{"a":[1]}}"#) == .matter("M-1"))
        #expect(about(#"{"directive":"D-1"}"#) == .directive("D-1"))
        #expect(about(#"{"incident":"I-1"}"#) == .incident("I-1"))
        #expect(about(#"{"measure":"limit"}"#) == .measure("limit"))
        #expect(about(#"{"inquiry":"Q-1"}"#) == .inquiry("Q-1"))
        #expect(about(#"{"notice":"N-1"}"#) == .notice("N-1"))
        #expect(about(#"{"report":"R-1"}"#) == .report("R-1"))
        #expect(about(#"{"directReport":"DR-1"}"#) == .directReport("DR-1"))
        #expect(about(#"{"request":"F-1"}"#) == .form("F-1"))
        #expect(about(#"{"household":"h1"}"#) == .household("h1"))
        #expect(about(#"{"household":"h1","building":"b1"}"#) == .household("h1"))
        #expect(about(#"{"building":"b1","households":2}"#) == .registry("b1"))
        #expect(about(#"{"list":"2026-1"}"#) == .list("2026-1"))
        for other in ["{}", "[]", "7", #"{"matter":"no such name"}"#, "{"] { #expect(about(other) == nil) }
    }

    @Test("S3 each kind of delivery has words of its own in both languages, and belongs to one sort of content")
    func kinds() {
        #expect(Set(TaskDeliveryKind.allCases.map(\.words)).count == TaskDeliveryKind.allCases.count)
        var kinds: [String] = []
        for sort in TaskContent.sorts {
            for field in sort.fields where field.name == "kind" {
                if case .choice(let options) = field.schema { kinds += options.map(\.value) }
            }
        }
        #expect(kinds.sorted() == TaskDeliveryKind.allCases.map(\.rawValue).sorted())
    }
}
