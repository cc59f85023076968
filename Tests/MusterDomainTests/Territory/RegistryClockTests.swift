import EventSourcing
import MusterDomain
import Records
import Testing

/// What the clocks of the registry do: visits that nobody repeated, vulnerable households, stale records.
@Suite struct RegistryClockTests {
    private static let day = Duration.seconds(86_400)

    private func sweeps(_ quarter: Quarter) -> [RegistrySwept] {
        quarter.households.compactMap { if case .swept(let swept) = $0 { swept } else { nil } }
    }

    private func flag(_ quarter: Quarter, days: Int = 300) -> FlagVulnerable {
        FlagVulnerable(
            building: "b1",
            household: "h1",
            reason: .aloneAndOld,
            reviewBy: quarter.now + Self.day * days
        )
    }

    @Test("R2.5 a visit that nobody repeats within a day is noted, once")
    func revisit() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        quarter.wait(Self.day - .seconds(1))
        #expect(sweeps(quarter).isEmpty)
        quarter.wait(.seconds(1))
        #expect(sweeps(quarter).map(\.unvisited) == [["h1"]])
        #expect(sweeps(quarter).first?.dueBy == Town.noon + Self.day)
        quarter.wait(Self.day * 3)
        #expect(sweeps(quarter).count == 1)
        #expect(quarter.register().tally.open == 1, "it stays open until somebody was met")
    }

    @Test("R2.5 where nobody comes again within a day the patch police is asked to go, once, until somebody is met")
    func missedRevisit() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        quarter.wait(Self.day)
        func referrals(_ quarter: Quarter) -> [HouseholdReferred] {
            quarter.households.compactMap { if case .referred(let referral) = $0 { referral } else { nil } }
        }
        let referral = try #require(referrals(quarter).first)
        #expect(referral.household == "h1" && referral.attempt == 1 && referral.isRevisitMissed == true)
        #expect(referral.basis == quarter.facts.dropLast().last?.id, "the sweep")
        #expect(sweeps(quarter).last?.tally == quarter.register().tally)
        #expect(quarter.register().tally.referred == 1)
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        quarter.wait(Self.day)
        #expect(referrals(quarter).count == 1, "asked once")
        try quarter.send(Quarter.visit(.met), by: Town.police)
        #expect(quarter.register().tally.referred == 0)
        #expect(quarter.refused.isEmpty)
    }

    @Test("R2.5 after how many failed visits the police is asked is configuration")
    func failures() throws {
        let limits = try TerritoryLimits.record(standard: .standard).decode(Array(#"{"failuresBeforePolice":3}"#.utf8))
        #expect(limits.failuresBeforePolice == 3)
        #expect(Limits.standard.territory.failuresBeforePolice == 2)
    }

    @Test("R2.5 a visit in time is not noted as missed")
    func revisitInTime() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.noAnswer), by: Town.gridWorker)
        quarter.wait(.seconds(3_600))
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        quarter.wait(Self.day * 2)
        #expect(sweeps(quarter).allSatisfy { $0.unvisited.isEmpty })
    }

    @Test("S2 a vulnerable household is checked daily while an incident is active, and only then")
    func vulnerableCheck() throws {
        var quarter = try Quarter.settled()
        try quarter.send(flag(quarter), by: Town.gridWorker)
        quarter.wait(Self.day * 3)
        #expect(sweeps(quarter).isEmpty)
        quarter.declare()
        quarter.wait(.seconds(3_600))
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        quarter.wait(Self.day)
        #expect(sweeps(quarter).flatMap(\.unchecked) == ["h1"], "a day and an hour after the visit")
        quarter.wait(Self.day)
        #expect(sweeps(quarter).flatMap(\.unchecked) == ["h1", "h1"])
        quarter.close()
        quarter.wait(Self.day * 5)
        #expect(sweeps(quarter).flatMap(\.unchecked).count == 2)
    }

    @Test("S2 an incident elsewhere asks for no checks, and whoever becomes vulnerable during one is checked")
    func whichAlert() throws {
        var quarter = try Quarter.settled()
        quarter.declare(in: "xw")
        try quarter.send(flag(quarter), by: Town.gridWorker)
        quarter.wait(Self.day * 2)
        #expect(sweeps(quarter).flatMap(\.unchecked).isEmpty)
        quarter.declare("I-2", in: "b2")
        try quarter.send(flag(quarter), by: Town.gridWorker)
        quarter.wait(Self.day)
        #expect(sweeps(quarter).flatMap(\.unchecked) == ["h1"])
    }

    @Test("R2.6 a review that is due is noted, and a new review ends it")
    func reviewDue() throws {
        var quarter = try Quarter.settled()
        try quarter.send(flag(quarter, days: 10), by: Town.gridWorker)
        quarter.wait(Self.day * 10)
        #expect(sweeps(quarter).map(\.reviewsDue) == [["h1"]])
        #expect(quarter.register().tally.vulnerable == 1, "nobody lifts a flag by waiting")
        #expect(sweeps(quarter).last?.tally.reviewsDue == 1)
        try quarter.send(flag(quarter, days: 10), by: Town.gridWorker)
        #expect(quarter.register().households["h1"]?.vulnerability?.isReviewDue == false)
        #expect(quarter.register().tally.reviewsDue == 0)
    }

    @Test("S2 a record is stale after 180 days without anybody met, and fresh again after a visit")
    func stale() throws {
        var quarter = try Quarter.settled()
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        quarter.wait(Self.day * 100)
        try quarter.send(Quarter.visit(.met, "h2"), by: Town.gridWorker)
        #expect(quarter.register().tally.covered == 2)
        quarter.wait(Self.day * 80)
        #expect(sweeps(quarter).flatMap(\.stale) == ["h1"])
        #expect(quarter.register().tally.covered == 1)
        #expect(quarter.register().tally.stale == 1)
        quarter.wait(Self.day * 100)
        #expect(quarter.register().tally.stale == 2)
        try quarter.send(Quarter.visit(.met), by: Town.gridWorker)
        #expect(quarter.register().tally.stale == 1)
        #expect(quarter.register().tally.covered == 1)
    }

    @Test("S2 there is one timer a building, whatever its households wait for")
    func timers() throws {
        var quarter = try Quarter.settled()
        for household in ["h1", "h2"] as [HouseholdID] {
            try quarter.send(Quarter.visit(.noAnswer, household), by: Town.gridWorker)
        }
        #expect(quarter.policy.timers.count == 1)
        #expect(quarter.policy.timers.first?.due == Town.noon + Self.day)
    }

    @Test("R0.5 limits are configuration, and faster in a demonstration")
    func limits() throws {
        let limits = Limits.standard.scaled(by: 0.01).territory
        #expect(limits.revisit == .seconds(864))
        #expect(limits.gridMaximum == 300)
        let document = Limits.record.encode(.standard)
        #expect(try Limits.record.decode(document) == .standard)
    }
}
