import EventSourcing
import MusterDomain
import Records
import Testing

/// Who is told of an incident, and of what.
@Suite struct IncidentDeliveryTests {
    private func told(_ scenario: IncidentScenario) -> Deliveries {
        var deliveries = Deliveries(of: IncidentDeliveryPolicy(), in: scenario.town)
        deliveries.take(scenario.facts)
        return deliveries
    }

    /// As `step dq-committee enter`.
    private func lines(_ deliveries: some Sequence<TaskDelivery>) throws -> [String] {
        try deliveries.map { delivery in
            let task = try IncidentDelivery.record.decode(delivery.payload)
            let name = task.step?.rawValue ?? task.recheck?.rawValue ?? task.group?.rawValue ?? ""
            return "\(delivery.kind.rawValue) \(delivery.party) \(name)"
        }
    }

    @Test("S6 a suspicion goes to whom the list names, with its limit; once verified it is the street's to declare")
    func verification() throws {
        let scenario = try IncidentScenario(upTo: .declared)
        let sent = told(scenario).sent
        #expect(try lines(sent) == ["verification market ", "declaration street-1 "])
        let task = try IncidentDelivery.record.decode(try #require(sent.first).payload)
        #expect(
            task
                == IncidentDelivery(
                    incident: "I-1",
                    kind: .verification,
                    title: "I-1",
                    territory: "dq-02",
                    text: "Verify it, or rule it out · 核实或排除",
                    due: Town.noon + Plans.minute * 90
                )
        )
    }

    @Test("R1.5 a suspicion that nobody has on the list is the district's to verify")
    func nobodyVerifies() throws {
        var deliveries = Deliveries(of: IncidentDeliveryPolicy(), in: Town())
        #expect(
            deliveries.take(try IncidentScenario(upTo: .suspected).facts).first == "verification he-district"
        )
    }

    @Test("R6.1 all groups are called at once: whom the list names, or the office of their kind, or whoever runs it")
    func forming() throws {
        let scenario = try IncidentScenario(upTo: .activated)
        let sent = told(scenario).sent.filter { $0.kind == .standUp }
        #expect(
            try lines(sent) == ["stand-up dq-committee entry", "stand-up street-1 spray", "stand-up police watch"]
        )
        let task = try IncidentDelivery.record.decode(try #require(sent.first).payload)
        #expect(task.due == scenario.now + Plans.minute * 30)
        #expect(task.text == "Household entry · 入户组")
        var deliveries = Deliveries(of: IncidentDeliveryPolicy(), in: Town())
        deliveries.take(scenario.facts)
        let watch = deliveries.sent.last { $0.kind == .standUp }
        #expect(watch?.party == "street-1", "nobody has the duty on this list")
    }

    @Test("S6 whoever activates a playbook is told that the summary is due")
    func summary() throws {
        let scenario = try IncidentScenario(upTo: .activated)
        let sent = told(scenario).sent.filter { $0.kind == .summary }
        #expect(try lines(sent) == ["summary street-1 "])
        let task = try IncidentDelivery.record.decode(try #require(sent.first).payload)
        #expect(
            task
                == IncidentDelivery(
                    incident: "I-1",
                    kind: .summary,
                    title: "Case · 病例",
                    territory: "dq-02",
                    text: "Sum up the first disposal · 汇总首次处置",
                    due: scenario.now + Plans.minute * 1_440
                )
        )
    }

    @Test("S6 a group that is up is told so, with its steps whose time runs already")
    func groupsUp() throws {
        let scenario = try IncidentScenario(upTo: .groupsUp)
        let sent = told(scenario).sent.dropFirst(told(try IncidentScenario(upTo: .activated)).sent.count)
        #expect(
            try lines(sent) == [
                "group dq-committee entry", "step dq-committee enter", "group street-1 spray",
                "step street-1 disinfect", "group police watch",
            ]
        )
        let step = try IncidentDelivery.record.decode(try #require(sent.dropFirst().first).payload)
        #expect(step.due == scenario.now + Plans.minute * 120)
        #expect(step.text == "Enter · 入户" && step.group == "entry")
    }

    @Test("S6 a step is told to its group when what it waits for is done")
    func followingSteps() throws {
        var scenario = try IncidentScenario(upTo: .working)
        let before = told(scenario).sent.count
        try scenario.report()
        #expect(try lines(told(scenario).sent.dropFirst(before)) == ["step dq-committee list", "step police door"])
    }

    @Test("R6.4 the follow-up is told to its groups, its re-checks to whoever runs the incident")
    func followUp() throws {
        var scenario = try IncidentScenario(upTo: .summarised)
        let before = told(scenario).sent.count
        try scenario.send(OpenFollowUp(incident: "I-1"), by: Town.system)
        let sent = told(scenario).sent.dropFirst(before)
        #expect(try lines(sent) == ["step dq-committee serve", "recheck street-1 two-days", "recheck street-1 day-14"])
        let recheck = try IncidentDelivery.record.decode(try #require(sent.dropFirst().first).payload)
        #expect(recheck.notBefore == scenario.now + Plans.minute * 2_880)
        #expect(recheck.due == scenario.now + Plans.minute * 3_600)
    }

    @Test("R6.5 a failed re-check is ordered anew")
    func failedRecheck() throws {
        var scenario = try IncidentScenario(upTo: .followUp)
        let before = told(scenario).sent.count
        scenario.wait(Plans.minute * 2_880)
        try scenario.send(IncidentScenario.recheck("two-days", passed: false), by: Town.market)
        #expect(try lines(told(scenario).sent.dropFirst(before)) == ["recheck street-1 two-days"])
    }

    @Test("S6 who asks for support is heard by whoever runs the incident; when it is the same, by the office above")
    func support() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let before = told(scenario).sent.count
        try scenario.send(RequestSupport(incident: "I-1", group: "watch", text: "Two more people."), by: Town.police)
        try scenario.send(RequestSupport(incident: "I-1", group: "spray", text: "More chlorine."), by: Town.street)
        let sent = told(scenario).sent.dropFirst(before)
        #expect(try lines(sent) == ["support street-1 watch", "support he-district spray"])
        #expect(try IncidentDelivery.record.decode(try #require(sent.first).payload).text == "Two more people.")
    }

    @Test("S6 a reopened incident is told anew; a closed one keeps its playbook alone")
    func reopened() throws {
        var scenario = try IncidentScenario(upTo: .closed)
        let closed = told(scenario)
        try scenario.send(ReopenIncident(incident: "I-1", reason: "Another one."), by: Town.street)
        try scenario.send(StandUpGroup(incident: "I-1", group: "entry", party: "dq-committee"), by: Town.head)
        #expect(
            try lines(told(scenario).sent.dropFirst(closed.sent.count)) == [
                "summary street-1 ", "stand-up dq-committee entry", "stand-up street-1 spray",
                "stand-up police watch", "group dq-committee entry", "step dq-committee enter",
            ]
        )
    }

    @Test("R6.6 nothing is kept of a case that was ruled out")
    func ruledOut() throws {
        let deliveries = told(try IncidentScenario(upTo: .ruledOut))
        #expect(try lines(deliveries.sent) == ["verification market "])
        #expect(deliveries.held(in: "briefs") == 0)
    }

    @Test("R16.1 no task says whom an incident is about, or where they live")
    func noPerson() throws {
        for delivery in told(try IncidentScenario(upTo: .reopened)).sent {
            let text = String(decoding: delivery.payload, as: UTF8.self)
            #expect(!text.contains("resident-1") && !text.contains("Dongqiao"))
            #expect(TaskSubject(payload: delivery.payload) == .incident("I-1"))
        }
    }

    @Test("S6 what is told has keys of its own")
    func keys() throws {
        let sent = told(try IncidentScenario(upTo: .reopened)).sent
        #expect(Set(sent.map(\.key)).count == sent.count)
    }
}
