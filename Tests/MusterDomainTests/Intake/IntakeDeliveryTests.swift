import EventSourcing
import MusterDomain
import Records
import Testing

/// Who is told of reports that are passed on and of direct reports, and of what.
@Suite struct IntakeDeliveryTests {
    private func told(_ town: IntakeTown) -> Deliveries {
        var deliveries = Deliveries(of: IntakeDeliveryPolicy(), in: town.town)
        deliveries.take(town.facts)
        return deliveries
    }

    private func routed(_ party: PartyID = "fire", by actor: Actor = Town.clerk) throws -> IntakeTown {
        var town = IntakeTown()
        let report = IntakeTown.report(
            "R-1",
            kind: .blockedPassage,
            text: "resident-1 at Dongqiao 7 says that two cars block the lane."
        )
        try town.send(report, by: Town.resident)
        try town.send(
            RouteReport(report: "R-1", party: party, duty: "passage.clear", note: "resident-1 waits for a call."),
            by: actor
        )
        return town
    }

    @Test("S5 a report that is passed on is told to the party that has it now")
    func passedOn() throws {
        var town = try routed()
        let delivery = try #require(told(town).sent.first)
        #expect(delivery.party == "fire" && delivery.about == .report("R-1"))
        let task = try ReportDelivery.record.decode(delivery.payload)
        #expect(
            task
                == ReportDelivery(
                    report: "R-1",
                    kind: .report,
                    about: .blockedPassage,
                    territory: "dq-02",
                    duty: "passage.clear",
                    isUrgent: true
                )
        )
        try town.send(RouteReport(report: "R-1", party: "police", duty: "passage.clear"), by: Town.clerk)
        #expect(told(town).sent.map(\.party) == ["fire", "police"])
    }

    @Test("R16.1 no task says what somebody reported, who, or where they live")
    func noPerson() throws {
        var town = try routed()
        let direct = FileDirectReport(
            directReport: "DR-1",
            territory: "dq-02",
            level: .district,
            text: "resident-1 has fever.",
            person: "resident-1"
        )
        try town.send(direct, by: Town.gridWorker)
        let sent = told(town).sent
        #expect(sent.count == 4)
        for delivery in sent {
            let said = String(decoding: delivery.payload, as: UTF8.self) + delivery.words.en + delivery.words.zh
            for secret in ["resident-1", "Dongqiao", "cars", "fever"] { #expect(!said.contains(secret)) }
        }
    }

    @Test("S5 what is known of a report is forgotten with the end of its matter, and it is still passed on")
    func over() throws {
        var town = try routed()
        var deliveries = told(town)
        #expect(deliveries.held(in: "briefs") == 1)
        deliveries.take([.test(.matter(.closed(MatterClosed(matter: "R-1", text: nil))))])
        #expect(deliveries.held(in: "briefs") == 0)
        let before = town.facts.count
        try town.send(RouteReport(report: "R-1", party: "police", duty: "passage.clear"), by: Town.clerk)
        #expect(deliveries.take(town.facts.dropFirst(before)) == ["report police"])
        #expect(try ReportDelivery.record.decode(try #require(deliveries.sent.last).payload).about == nil)
        try town.send(AnswerImmediately(report: "R-1", text: "Gone.", isSolved: true), by: Town.clerk)
        #expect(told(town).held(in: "briefs") == 0)
    }

    @Test("R5.2 a direct report is told to all its levels at once, and those in between get a copy")
    func allLevels() throws {
        var town = IntakeTown()
        let report = FileDirectReport(directReport: "DR-1", territory: "dq-02", level: .district, text: "Three ill.")
        try town.send(report, by: Town.gridWorker)
        let sent = told(town).sent
        #expect(sent.map(\.party) == ["street-1", "he-district", "dq-committee"])
        let tasks = try sent.map { try DirectReportDelivery.record.decode($0.payload) }
        #expect(tasks.map(\.level) == ["he-s1", "he", "dq"])
        #expect(tasks.map(\.isCopy) == [false, false, true])
        #expect(tasks.allSatisfy { $0.territory == "dq-02" })
        #expect(Set(sent.map(\.key)).count == 3)
        #expect(sent.first?.about == .directReport("DR-1"))
    }

    @Test("R5.2 a level that nobody runs holds nobody else up")
    func vacancy() throws {
        var town = IntakeTown()
        let report = FileDirectReport(directReport: "DR-1", territory: "dq-02", level: .district, text: "Three ill.")
        try town.send(report, by: Town.gridWorker)
        var vacant = Town()
        vacant.authority = Authority()
        for actor in Town.posts where actor != Town.street { vacant.appoint(actor) }
        var deliveries = Deliveries(of: IntakeDeliveryPolicy(), in: vacant)
        #expect(deliveries.take(town.facts) == ["direct-report he-district", "direct-report dq-committee"])
    }
}
