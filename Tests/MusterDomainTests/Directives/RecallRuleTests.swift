import EventSourcing
import MusterDomain
import Testing

/// What ends a directive half-way: recall and supersession.
@Suite struct RecallRuleTests {
    private static let day = Duration.seconds(86_400)

    @Test("S4 a relay after the recall is refused, though nobody has been told yet")
    func race() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.sendAlone(Cascade.recall(), by: Town.district)
        #expect(cascade.status("dq") == .received, "the recall is on its way")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == "S4 recalled")
        cascade.settle()
        #expect(cascade.status("dq") == .recalled)
        #expect(cascade.status("dq-02") == nil)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == "S4 recalled")
    }

    @Test("S4 a relay just before the recall is followed by it to the last addressee")
    func relayThenRecall() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.sendAlone(Cascade.relay(to: ["dq-02", "dq-03"]), by: Town.head)
        try cascade.sendAlone(Cascade.recall(), by: Town.district)
        cascade.settle()
        #expect(cascade.status("dq-02") == .recalled)
        #expect(cascade.status("dq-03") == .recalled)
        #expect(cascade.refusals.isEmpty)
    }

    @Test("S4 a recall reaches everybody who has it, copies too")
    func everybody() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq-02"], isDirect: true), by: Town.street)
        try cascade.send(Cascade.recall(), by: Town.district)
        #expect(cascade.statuses() == [.recalled: 3])
    }

    @Test("S4 after a recall nothing is acknowledged, reported or declared, and it is not recalled twice")
    func afterRecall() throws {
        var cascade = try Cascade(downTo: .grid)
        cascade.now = Town.noon + .seconds(600)
        try cascade.send(Cascade.recall(), by: Town.district)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq-02"), by: Town.gridWorker) == "S4 recalled")
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == "S4 recalled")
        #expect(cascade.refusal(of: Cascade.inapplicable("xw"), by: Town.otherHead) == "S4 recalled")
        #expect(cascade.refusal(of: Cascade.recall(), by: Town.district) == "S4 recalled")
        #expect(cascade.refusal(of: Cascade.amend(), by: Town.district) == "S4 recalled")
    }

    @Test("R0.3 what was done before the recall was known is a fact, reported late or not")
    func beforeKnown() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        cascade.now = Town.noon + .seconds(600)
        try cascade.send(Cascade.recall(), by: Town.district)
        cascade.now = Town.noon + .seconds(3_600)
        let done = Town.noon + .seconds(300)
        try cascade.send(Cascade.execute(20), by: Town.gridWorker, at: done)
        #expect(cascade.copy("dq-02").executions[1]?.count == 20)
        #expect(cascade.status("dq-02") == .recalled)
    }

    @Test("R4.4 a recalled directive binds no more from when it was recalled")
    func bindsNoMore() throws {
        var cascade = try Cascade(downTo: .street)
        cascade.now = Town.noon + .seconds(600)
        try cascade.send(Cascade.recall(), by: Town.district, at: Town.noon)
        #expect(cascade.directive().binding(at: Town.noon + .seconds(599))?.version == 1)
        #expect(cascade.directive().binding(at: Town.noon + .seconds(600)) == nil)
    }

    @Test("S4 a directive that supersedes another ends it, on its day and not before")
    func supersession() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        let tomorrow = Town.noon + Self.day
        let next = Cascade.issue("D-2", effectiveFrom: tomorrow, supersedes: "D-1")
        try cascade.send(next, by: Town.district)
        #expect(cascade.directive().succession?.by == "D-2")
        #expect(cascade.directive().succession?.from == tomorrow)
        #expect(cascade.status("dq-02") == .superseded)
        #expect(cascade.refusal(of: Cascade.execute(10), by: Town.gridWorker) == nil, "it still binds today")
        #expect(cascade.directive().binding(at: tomorrow - .seconds(1))?.version == 1)
        #expect(cascade.directive().binding(at: tomorrow) == nil)
        cascade.now = tomorrow
        #expect(cascade.refusal(of: Cascade.execute(10), by: Town.gridWorker) == "S4 superseded")
        #expect(cascade.refusal(of: Cascade.relay(to: ["xw-01"]), by: Town.otherHead) == "S4 superseded")
        #expect(cascade.refusal(of: Cascade.recall(), by: Town.district) == "S4 superseded")
        #expect(cascade.directive("D-2").contradictions.isEmpty)
    }

    @Test("S4 while it still binds it goes on down, and says that it will be superseded")
    func relayedUntilThen() throws {
        var cascade = try Cascade(downTo: .community)
        let next = Cascade.issue("D-2", effectiveFrom: Town.noon + Self.day, supersedes: "D-1")
        try cascade.send(next, by: Town.district)
        try cascade.send(Cascade.relay(to: ["dq-02"]), by: Town.head)
        #expect(cascade.status("dq-02") == .superseded)
        try cascade.send(Cascade.acknowledge("dq-02"), by: Town.gridWorker)
        try cascade.send(Cascade.execute(3), by: Town.gridWorker)
        try cascade.send(Cascade.recall(), by: Town.district)
        #expect(cascade.status("dq-02") == .recalled)
    }

    @Test("S4 the city may supersede the district's directive; a department or a street may not")
    func whoSupersedes() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.issue("D-2", to: ["dq"], supersedes: "D-1"), by: Town.street)
        let byDepartment = Cascade.issue("D-3", subject: "other", supersedes: "D-1")
        try cascade.send(byDepartment, by: Town.fire)
        #expect(cascade.directive().succession == nil)
        #expect(cascade.directive("D-2").contradictions == ["D-1"])
        #expect(cascade.directive("D-3").contradictions == ["D-1"])
        try cascade.send(Cascade.issue("D-4", to: ["he"], supersedes: "D-1"), by: Cascade.city)
        #expect(cascade.directive().succession?.by == "D-4")
    }

    @Test("S4 the door of supersession is shut too")
    func supersessionIsChecked() throws {
        let cascade = try Cascade(downTo: .street)
        let command = SupersedeDirective(directive: "D-1", by: "D-2", issuer: "dq/dq-committee", from: Town.noon)
        #expect(cascade.refusal(of: command, by: Town.system) == "S4 may-not-supersede")
    }

    @Test("S4 a directive cannot supersede itself, and what is not there cannot be superseded")
    func nothingToSupersede() throws {
        var cascade = Cascade()
        let itself = Cascade.issue(supersedes: "D-1")
        #expect(cascade.refusal(of: itself, by: Town.district) == "S4 supersedes-itself")
        try cascade.send(Cascade.issue(supersedes: "D-0"), by: Town.district)
        #expect(cascade.directive().contradictions == ["D-0"])
    }

    // MARK: - Contradictions

    @Test("S4 two directives for one subject and place, both in force, are flagged, and neither is refused")
    func contradiction() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.issue("D-2", to: ["dq-02"]), by: Town.head)
        #expect(cascade.directive("D-2").contradictions == ["D-1"])
        #expect(cascade.status("dq-02", of: "D-2") == .received)
        let flags = cascade.directiveEvents.filter { if case .contradictionFound = $0 { true } else { false } }
        #expect(
            flags == [.contradictionFound(ContradictionFound(directive: "D-2", with: "D-1", kind: .overlap))]
        )
    }

    @Test("S4 another subject, another place or another time contradicts nothing")
    func noContradiction() throws {
        var cascade = Cascade()
        try cascade.send(
            Cascade.issue(to: ["dq"], isDirect: true, effectiveTo: Town.noon + Self.day),
            by: Town.district
        )
        try cascade.send(Cascade.issue("D-2", subject: "gate.check"), by: Town.district)
        try cascade.send(Cascade.issue("D-3", to: ["xw-01"]), by: Town.otherHead)
        try cascade.send(Cascade.issue("D-4", effectiveFrom: Town.noon + Self.day * 2), by: Town.district)
        #expect(cascade.directive("D-2").contradictions.isEmpty)
        #expect(cascade.directive("D-3").contradictions.isEmpty)
        #expect(cascade.directive("D-4").contradictions == ["D-3"], "not D-1, which has ended by then")
    }

    @Test("S4 what was recalled contradicts nothing")
    func recalledContradictsNothing() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.recall(), by: Town.district)
        cascade.now = Town.noon + .seconds(60)
        try cascade.send(Cascade.issue("D-2", effectiveFrom: cascade.now), by: Town.district)
        #expect(cascade.directive("D-2").contradictions.isEmpty)
    }

    @Test("S4 an amendment that runs into another directive is flagged once")
    func amendedIntoContradiction() throws {
        var cascade = Cascade()
        try cascade.send(Cascade.issue(effectiveTo: Town.noon + Self.day), by: Town.district)
        let later = Cascade.issue("D-2", to: ["dq"], effectiveFrom: Town.noon + Self.day)
        try cascade.send(later, by: Town.street)
        #expect(cascade.directive("D-2").contradictions.isEmpty)
        try cascade.send(Cascade.amend(), by: Town.district)
        #expect(cascade.directive().contradictions == ["D-2"])
        let flags = cascade.directiveEvents.count
        try cascade.send(Cascade.amend("Yet another text."), by: Town.district)
        #expect(cascade.directiveEvents.count == flags + 1, "the amendment and no second flag")
    }
}
