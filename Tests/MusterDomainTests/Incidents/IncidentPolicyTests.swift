import EventSourcing
import MusterDomain
import Testing

/// Clocks of incidents: who did not come in time is on record.
@Suite struct IncidentPolicyTests {
    @Test("R0.5 every clock of an activation has its timer, in the order of time")
    func timers() throws {
        let policy = try Self.policy(upTo: .activated)
        #expect(policy.timers.map { $0.due.since(Town.noon) / .seconds(60) } == [30, 30, 30, 120, 360, 1_440])
        let clocks = policy.timers.compactMap { ($0.command as? RecordMissedDeadline)?.name }
        #expect(clocks == ["entry", "spray", "watch", "enter", "disinfect"])
        #expect(Set(policy.timers.map(\.key)).count == 6)
    }

    @Test("S6 a verification has its time, and none once it is done")
    func verification() throws {
        let timers = try Self.policy(upTo: .suspected).timers
        #expect(timers.map { $0.due.since(Town.noon) } == [Plans.minute * 90])
        #expect(try Self.policy(upTo: .verified).timers.isEmpty)
        #expect(try Self.policy(upTo: .ruledOut).timers.isEmpty)
        #expect(try Self.policy(upTo: .closed).timers.isEmpty)
    }

    @Test("S6 a time that passed is recorded once, not before it is due, and not when all is done")
    func missed() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        let due = scenario.now + Plans.minute * 30
        let missed = RecordMissedDeadline(incident: "I-1", clock: .groupUp, name: "watch", dueBy: due)
        #expect(scenario.refusal(of: missed, by: Town.system)?.code == "R0.5 too-early")
        #expect(scenario.refusal(of: missed, by: Town.street)?.code == "S6 role-not-allowed")
        scenario.wait(Plans.minute * 30)
        try scenario.send(missed, by: Town.system)
        #expect(scenario.incident.clocks[.groupUp("watch")]?.isMissed == true)
        #expect(try scenario.send(missed, by: Town.system).isEmpty)
        let events = try scenario.send(
            StandUpGroup(incident: "I-1", group: "watch", party: "police"),
            by: Town.police,
            at: scenario.now + .seconds(1)
        )
        guard case .groupStoodUp(let payload)? = events.first else {
            Issue.record("stood up: \(events)")
            return
        }
        #expect(payload.isLate)
        let other = RecordMissedDeadline(incident: "I-1", clock: .step, name: "enter", dueBy: due)
        #expect(try scenario.send(other, by: Town.system).isEmpty, "no clock of that time runs")
    }

    @Test("S6 a recorded miss has no timer any more")
    func told() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        let due = scenario.now + Plans.minute * 30
        scenario.wait(Plans.minute * 30)
        try scenario.send(
            RecordMissedDeadline(incident: "I-1", clock: .groupUp, name: "watch", dueBy: due),
            by: Town.system
        )
        #expect(Self.policy(scenario.facts).timers.count == 5)
    }

    private static func policy(upTo milestone: IncidentMilestone) throws -> IncidentPolicy {
        policy(try IncidentScenario(upTo: milestone).facts)
    }

    private static func policy(_ facts: [Fact]) -> IncidentPolicy {
        var policy = IncidentPolicy()
        for fact in facts { policy.evolve(fact) }
        return policy
    }
}
