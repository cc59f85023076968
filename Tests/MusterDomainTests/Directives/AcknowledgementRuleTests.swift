import EventSourcing
import MusterDomain
import Records
import Testing

/// How those who got a directive answer: R4.3, R4.6, and the lifecycle of a directive per addressee.
@Suite struct AcknowledgementRuleTests {
    // MARK: - The lifecycle

    @Test("S4 issued, received, acknowledged, partly executed, executed")
    func lifecycle() throws {
        var cascade = try Cascade(downTo: .grid)
        #expect(cascade.status("dq-02") == .received)
        try cascade.send(Cascade.acknowledge("dq-02"), by: Town.gridWorker)
        #expect(cascade.status("dq-02") == .acknowledged)
        try cascade.send(Cascade.execute(200), by: Town.gridWorker)
        #expect(cascade.status("dq-02") == .partlyExecuted)
        try cascade.send(Cascade.execute(250), by: Town.gridWorker)
        #expect(cascade.status("dq-02") == .executed)
    }

    @Test("S4 nothing can be done with a directive that was never issued")
    func beforeIssue() {
        let cascade = Cascade()
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == "S4 not-addressed")
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == "S4 not-addressed")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq"]), by: Town.street) == "S4 no-such-directive")
        #expect(cascade.refusal(of: Cascade.amend(), by: Town.district) == "S4 no-such-directive")
        #expect(cascade.refusal(of: Cascade.recall(), by: Town.district) == "S4 no-such-directive")
    }

    @Test("S4 an acknowledgement dated before the issue is refused, a clock's difference apart")
    func acknowledgedBeforeIssue() throws {
        let cascade = try Cascade(downTo: .street)
        let early = Town.noon - .seconds(600)
        #expect(cascade.refusal(of: Cascade.acknowledge("he-s1"), by: Town.street, at: early) == "S4 before-receipt")
        let difference = Town.noon - .seconds(200)
        #expect(cascade.refusal(of: Cascade.acknowledge("he-s1"), by: Town.street, at: difference) == nil)
    }

    @Test("S4 an acknowledgement from somebody it has not reached is refused")
    func nonAddressee() throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == "S4 not-addressed")
    }

    @Test(
        "S4 nobody acknowledges for others, neither from above nor from another office of the place",
        arguments: [Town.district, Town.head, Town.otherHead, Town.otherGridWorker, Town.fire]
    )
    func forOthers(actor: Actor) throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.acknowledge("he-s1"), by: actor) == "S4 not-addressee")
    }

    @Test("S4 a head who acts in a grid is not its worker")
    func headInGrid() throws {
        let cascade = try Cascade(downTo: .grid)
        let head = Actor(person: "head-dq", party: "dq-committee", role: .communityHead, territory: "dq-02")
        #expect(cascade.refusal(of: Cascade.acknowledge("dq-02"), by: head) == "S4 not-addressee")
    }

    @Test("S4 a version is acknowledged once, also by passing it on")
    func once() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq-02"), by: Town.gridWorker) == "S4 acknowledged-already")
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == "S4 acknowledged-already")
        try cascade.send(Cascade.acknowledge("xw"), by: Town.otherHead)
        #expect(cascade.status("xw") == .acknowledged)
    }

    @Test("S4 execution before acknowledgement is refused")
    func executionFirst() throws {
        let cascade = try Cascade(downTo: .grid)
        #expect(cascade.refusal(of: Cascade.execute(10), by: Town.gridWorker) == "S4 not-acknowledged")
    }

    @Test("S4 a directive is issued once under its name")
    func issuedTwice() throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.issue(), by: Town.district) == "S4 directive-exists")
    }

    @Test(
        "S4 who may not give orders issues nothing",
        arguments: [Town.gridWorker, Town.ngo, Town.resident, Town.clerk]
    )
    func roles(actor: Actor) {
        #expect(Cascade().refusal(of: Cascade.issue(), by: actor) == "S1 role-not-allowed")
    }

    @Test("S4 what Muster alone records, nobody else sends")
    func systemCommands() {
        let names = [
            "SupersedeDirective", "RecordContradiction", "RecordRelayBroken", "DeliverDirective", "DeliverAmendment",
            "DeliverRecall", "DeliverSupersession", "AcknowledgeByRelay", "RecordAckOverdue", "RecordReplyOverdue",
        ]
        for name in names { #expect(CommandCatalogue.entry(named: name)?.roles == [.system], "\(name)") }
    }

    // MARK: - Households

    @Test("R4.3 a household has got it by a visit or a reply", arguments: [AcknowledgementManner.visit, .reply])
    func households(manner: AcknowledgementManner) throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.households(120, by: manner), by: Town.gridWorker)
        #expect(cascade.copy("dq-02").households?.count == 120)
        #expect(cascade.copy("dq-02").households?.isFull == false)
    }

    @Test(
        "R4.3 a notice put up or a message to a group acknowledges for nobody",
        arguments: [
            AcknowledgementManner.notice, .broadcast, .relay, nil,
        ]
    )
    func noVisit(manner: AcknowledgementManner?) throws {
        let cascade = try Cascade(downTo: .acknowledged)
        let report = Cascade.households(120, by: manner)
        #expect(cascade.refusal(of: report, by: Town.gridWorker) == "R4.3 no-visit-or-reply")
    }

    @Test("R4.3 only a grid worker says what households got")
    func householdsByOthers() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        #expect(cascade.refusal(of: Cascade.households(12, in: "dq"), by: Town.head) == "R4.3 not-grid-worker")
    }

    @Test("R4.3 the grid worker's own receipt comes first, and says nothing of households")
    func ownReceiptFirst() throws {
        let cascade = try Cascade(downTo: .grid)
        #expect(cascade.refusal(of: Cascade.households(12), by: Town.gridWorker) == "S4 not-acknowledged")
        let manner = AcknowledgeReceipt(directive: "D-1", territory: "dq-02", version: 1, manner: .visit)
        #expect(cascade.refusal(of: manner, by: Town.gridWorker) == "R4.3 households-missing")
    }

    @Test("S4 more households than there are cannot have got it or carried it out")
    func countAboveScope() throws {
        let cascade = try Cascade(downTo: .acknowledged)
        #expect(cascade.refusal(of: Cascade.households(251), by: Town.gridWorker) == "S4 count-above-scope")
        #expect(cascade.refusal(of: Cascade.execute(251), by: Town.gridWorker) == "S4 count-above-scope")
        #expect(cascade.refusal(of: Cascade.execute(250), by: Town.gridWorker) == nil)
    }

    @Test("S4 where nobody has counted the households, whoever reports says whether it is all")
    func uncounted() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("xw"), by: Town.otherHead)
        try cascade.send(Cascade.execute(40, in: "xw"), by: Town.otherHead)
        #expect(cascade.status("xw") == .partlyExecuted)
        try cascade.send(Cascade.execute(70, in: "xw", isFull: true), by: Town.otherHead)
        #expect(cascade.status("xw") == .executed)
    }

    @Test("S4 a part is not all, whatever the report says")
    func notFull() throws {
        let cascade = try Cascade(downTo: .acknowledged)
        #expect(cascade.refusal(of: Cascade.execute(249, isFull: true), by: Town.gridWorker) == "S4 not-full")
    }

    @Test("R0.4 totals grow; what was too much is put right by naming it")
    func corrections() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.execute(100), by: Town.gridWorker)
        try cascade.send(Cascade.households(90), by: Town.gridWorker)
        #expect(cascade.refusal(of: Cascade.execute(60), by: Town.gridWorker) == "R0.4 count-went-down")
        #expect(cascade.refusal(of: Cascade.households(60), by: Town.gridWorker) == "R0.4 count-went-down")
        let wrong = EventID(command: CommandID(UniqueID(high: 9, low: 9)), ordinal: 0)
        let guess = Cascade.execute(60, correcting: wrong)
        #expect(cascade.refusal(of: guess, by: Town.gridWorker) == "R0.4 nothing-to-correct")
        let report = try #require(cascade.copy("dq-02").executions[1]?.event)
        try cascade.send(Cascade.execute(60, correcting: report), by: Town.gridWorker)
        #expect(cascade.copy("dq-02").executions[1]?.count == 60)
        let stale = Cascade.execute(50, correcting: report)
        #expect(cascade.refusal(of: stale, by: Town.gridWorker) == "R0.4 nothing-to-correct")
    }

    // MARK: - Not applicable

    @Test("R4.6 a community may say that it does not apply, with the reason on record")
    func inapplicable() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        let events = try cascade.send(Cascade.inapplicable(), by: Town.head)
        guard case .declaredInapplicable(let declared)? = events.first else { return #expect(Bool(false)) }
        #expect(declared.reason == "Nobody has come back to this community.")
        #expect(cascade.status("dq") == .inapplicable)
    }

    @Test("S4 who has not acknowledged it cannot know that it does not apply")
    func inapplicableUnread() throws {
        var cascade = try Cascade(downTo: .community)
        #expect(cascade.refusal(of: Cascade.inapplicable(), by: Town.head) == "S4 not-acknowledged")
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        try cascade.send(Cascade.amend(), by: Town.district)
        let second = Cascade.inapplicable(version: 2)
        #expect(cascade.refusal(of: second, by: Town.head) == "R4.5 acknowledge-again")
    }

    @Test("R4.6 without a reason there is no declaration")
    func noReason() throws {
        let data = Array(#"{"directive":"D-1","territory":"dq","version":1,"reason":" "}"#.utf8)
        let problems = #expect(throws: Problems.self) {
            try DeclareInapplicable.description.record.decode(data)
        }
        #expect(problems?.list.map(\.pointer) == ["/reason"])
    }

    @Test("R4.6 a grid worker or a property company does not decide that", arguments: [Town.gridWorker, Town.property])
    func notTheirs(actor: Actor) throws {
        let cascade = try Cascade(downTo: .acknowledged)
        #expect(cascade.refusal(of: Cascade.inapplicable("dq-02"), by: actor) == "R4.6 role-not-allowed")
    }

    @Test("R4.6 what was passed on or carried out cannot be declared away")
    func afterwards() throws {
        var cascade = try Cascade(downTo: .grid)
        #expect(cascade.refusal(of: Cascade.inapplicable(), by: Town.head) == "R4.6 relayed-already")
        try cascade.send(Cascade.acknowledge("xw"), by: Town.otherHead)
        try cascade.send(Cascade.execute(10, in: "xw"), by: Town.otherHead)
        #expect(cascade.refusal(of: Cascade.inapplicable("xw"), by: Town.otherHead) == "R4.6 executed-already")
    }

    @Test("R4.6 after the declaration nothing is acknowledged, reported or declared again")
    func afterDeclaration() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        try cascade.send(Cascade.inapplicable(), by: Town.head)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == "R4.6 declared-inapplicable")
        #expect(cascade.refusal(of: Cascade.execute(1, in: "dq"), by: Town.head) == "R4.6 declared-inapplicable")
        #expect(cascade.refusal(of: Cascade.inapplicable(), by: Town.head) == "R4.6 declared-inapplicable")
    }

    @Test("R4.6 passing it on takes the declaration back")
    func takenBack() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        try cascade.send(Cascade.inapplicable(), by: Town.head)
        try cascade.send(Cascade.relay(to: ["dq-02"]), by: Town.head)
        #expect(cascade.status("dq") == .acknowledged)
    }

    // MARK: - Questions

    @Test("S4 a question is answered by whoever relayed or issued it, once")
    func questions() throws {
        var cascade = try Cascade(downTo: .grid)
        let ask = AskClarification(directive: "D-1", territory: "dq-02", text: "Does this hold for students?")
        try cascade.send(ask, by: Town.gridWorker)
        try cascade.send(ask, by: Town.gridWorker)
        #expect(cascade.copy("dq-02").openQuestions == [1, 2])
        func answer(_ number: Int) -> AnswerClarification {
            AnswerClarification(directive: "D-1", territory: "dq-02", question: number, text: "Yes.")
        }
        #expect(cascade.refusal(of: answer(1), by: Town.street) == "S4 not-addressee")
        #expect(cascade.refusal(of: answer(3), by: Town.head) == "S4 no-such-question")
        try cascade.send(answer(1), by: Town.head)
        try cascade.send(answer(2), by: Town.district)
        #expect(cascade.copy("dq-02").openQuestions.isEmpty)
        #expect(cascade.refusal(of: answer(1), by: Town.head) == "S4 answered-already")
    }

    @Test("S4 who has not got it has nothing to ask or to be answered")
    func questionsOfOthers() throws {
        let cascade = try Cascade(downTo: .street)
        let ask = AskClarification(directive: "D-1", territory: "dq", text: "What is this?")
        #expect(cascade.refusal(of: ask, by: Town.head) == "S4 not-addressed")
        let answer = AnswerClarification(directive: "D-1", territory: "dq", question: 1, text: "Nothing.")
        #expect(cascade.refusal(of: answer, by: Town.street) == "S4 not-addressed")
    }

    @Test("S4 a question does not stop the clock")
    func questionsAndClocks() throws {
        var cascade = try Cascade(downTo: .grid)
        let before = cascade.policy.timers.map(\.key)
        let ask = AskClarification(directive: "D-1", territory: "dq-02", text: "Does this hold for students?")
        try cascade.send(ask, by: Town.gridWorker)
        #expect(cascade.policy.timers.map(\.key) == before)
    }
}
