import EventSourcing
import MusterDomain
import Records
import Testing

/// Who is asked to go where visits keep failing.
@Suite struct HouseholdDeliveryTests {
    private static func referral(to party: PartyID?) -> Fact {
        let referred = HouseholdReferred(
            building: "b1",
            household: "h1",
            attempt: 2,
            duty: "household.check",
            party: party,
            basis: EventID(command: CommandID(UniqueID(high: 7, low: 7)), ordinal: 0)
        )
        return .test(.household(.referred(referred)), by: Town.gridWorker)
    }

    private static func deliveries() -> Deliveries {
        var town = Town()
        town.define("b1", .building, in: "dq-02")
        return Deliveries(of: HouseholdDeliveryPolicy(), in: town)
    }

    @Test("R2.5 the patch police is told which door, and how often nobody was met")
    func police() throws {
        var deliveries = Self.deliveries()
        #expect(deliveries.take([Self.referral(to: "police")]) == ["household-visit police"])
        let delivery = try #require(deliveries.sent.first)
        #expect(delivery.about == .household("h1"))
        #expect(
            try HouseholdDelivery.record.decode(delivery.payload)
                == HouseholdDelivery(
                    household: "h1",
                    kind: .householdVisit,
                    building: "b1",
                    duty: "household.check",
                    attempt: 2
                )
        )
    }

    @Test("R1.5 what the list gives to nobody, the district is told")
    func nobodyOnList() {
        var deliveries = Self.deliveries()
        #expect(deliveries.take([Self.referral(to: nil)]) == ["household-visit he-district"])
    }

    @Test("S2 the community is told once a sweep where its registry has fallen behind")
    func behind() throws {
        var quarter = try Quarter.settled()
        for household in ["h1", "h2"] as [HouseholdID] {
            try quarter.send(Quarter.visit(.noAnswer, household), by: Town.gridWorker)
        }
        let before = quarter.facts.count
        quarter.wait(.seconds(86_400))
        var deliveries = Self.deliveries()
        #expect(
            deliveries.take(quarter.facts.dropFirst(before)) == [
                "registry-overdue dq-committee", "household-visit he-district", "household-visit he-district",
            ]
        )
        let delivery = try #require(deliveries.sent.first)
        #expect(delivery.about == .registry("b1"))
        #expect(
            try RegistryDelivery.record.decode(delivery.payload)
                == RegistryDelivery(
                    building: "b1",
                    kind: .registryOverdue,
                    due: Town.noon + .seconds(86_400),
                    households: 2,
                    unvisited: ["h1", "h2"]
                )
        )
        #expect(deliveries.sent.last?.words.en.contains("nobody came again in time") == true)
    }

    @Test("R2.5 a visit that fails once is told to nobody")
    func visits() throws {
        var quarter = try Quarter.settled()
        let before = quarter.facts.count
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        var deliveries = Self.deliveries()
        #expect(deliveries.take(quarter.facts.dropFirst(before)).isEmpty)
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        #expect(deliveries.take(quarter.facts.dropFirst(before + 1)).count == 1)
    }
}
