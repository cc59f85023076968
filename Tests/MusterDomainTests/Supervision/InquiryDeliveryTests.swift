import EventSourcing
import MusterDomain
import Records
import Testing

/// Who hears that something was reported, and what of it.
@Suite struct InquiryDeliveryTests {
    private static func report(about accused: PartyID, anonymous: Bool = false) -> Fact {
        .test(
            .inquiry(
                .concealmentReported(
                    ConcealmentReported(
                        inquiry: "Q-1",
                        accused: accused,
                        territory: "dq",
                        kind: .falsified,
                        text: "All temperatures are 36.5, says resident-1.",
                        isAnonymous: anonymous
                    )
                )
            ),
            by: anonymous ? .nobody(in: "dq") : Town.resident,
            number: 800
        )
    }

    @Test("R14.4 it goes to the inspectors, and says neither whom it is about, nor where, nor who spoke, nor what")
    func shielded() throws {
        var deliveries = Deliveries(of: InquiryDeliveryPolicy())
        #expect(deliveries.take([Self.report(about: "jindi")]) == ["inquiry inspection"])
        let delivery = try #require(deliveries.sent.first)
        #expect(delivery.about == .inquiry("Q-1"))
        let task = try InquiryDelivery.record.decode(delivery.payload)
        #expect(task == InquiryDelivery(inquiry: "Q-1", kind: .inquiry, text: "Reported falsely · 谎报"))
        let said = String(decoding: delivery.payload, as: UTF8.self) + delivery.words.en + delivery.words.zh
        for secret in ["jindi", "dq", "36.5", "resident"] { #expect(!said.contains(secret)) }
    }

    @Test("R14.4 whoever is accused is not told, whatever they are", arguments: ["inspection", "he-district"])
    func accused(party: String) throws {
        let accused = try #require(PartyID(rawValue: party))
        var deliveries = Deliveries(of: InquiryDeliveryPolicy())
        let told = deliveries.take([Self.report(about: accused, anonymous: true)])
        #expect(told == [party == "inspection" ? "inquiry he-district" : "inquiry inspection"])
    }

    @Test("R14.4 nobody is told where only the accused could look into it")
    func nobodyElse() {
        var town = Town()
        town.authority = Authority()
        town.register("inspection", .inspectorate)
        town.appoint(Town.inspector)
        var deliveries = Deliveries(of: InquiryDeliveryPolicy(), in: town)
        #expect(deliveries.take([Self.report(about: "inspection")]).isEmpty)
    }

    @Test("R14.4 what becomes of an inquiry is told to nobody")
    func silence() {
        var deliveries = Deliveries(of: InquiryDeliveryPolicy())
        let events: [InquiryEvent] = [
            .investigationOpened(InvestigationOpened(inquiry: "Q-1")),
            .falsifiedRecordFound(
                FalsifiedRecordFound(inquiry: "Q-1", pattern: .photoOnly, count: 3, text: "No visit.")
            ),
            .liabilityDecided(LiabilityDecided(inquiry: "Q-1", accused: "jindi", isLiable: true, text: "Made up.")),
        ]
        #expect(deliveries.take(events.map { Fact.test(.inquiry($0), by: Town.inspector) }).isEmpty)
    }
}
