import EventLog
import EventSourcing
import MusterDomain
import MusterTesting
import Testing

@testable import MusterDispatch

/// What a ruled-out case leaves behind in the log.
@Suite("A case that is ruled out", .testDatabase, .timeLimit(.minutes(20)))
struct RuledOutCaseTests {
    private static let policies: [any Policy] = [RuledOutCasePolicy(), MeasureDeliveryPolicy()]

    @Test("R6.6 ends the measures that were issued because of it, once, whoever is killed meanwhile")
    func repealed() async throws {
        try await Town.with { town in
            try await town.foundDistrict()
            let incident = IncidentID("I-1")
            let day = try #require(CaseDay(rawValue: "2026-03-01"))
            let report = ReportSuspectedCase(
                incident: incident,
                kind: IncidentKindID("case"),
                day: day,
                territory: Town.community,
                sites: [SiteID("hall")],
                places: ["Hall 1"],
                text: "Many are ill."
            )
            try await town.send(report, as: Town.head)
            try await town.limitGatherings(MeasureID("because"), because: incident)
            try await town.limitGatherings(MeasureID("other"))
            try await town.running(town.runner(Self.policies), town.runner(Self.policies)) {
                try await town.eventually { try await town.killLeader() }
                try await town.send(RuleOutCase(incident: incident, text: "Spoilt food."), as: Town.command)
                try await town.eventually { try await town.killLeader() }
                try await town.eventually { try await town.tasks() == ["command measure-repealed waiting"] }
                let repealed = try await town.allEvents().named("MeasureRepealed")
                #expect(repealed.count == 1)
                let fact = try Fact(try #require(repealed.first))
                guard case .authority(.measureRepealed(let payload)) = fact.event else {
                    Issue.record("another event")
                    return
                }
                #expect(payload.measure == MeasureID("because"))
                #expect(fact.origin.actor.role == .system)
            }
        }
    }
}
