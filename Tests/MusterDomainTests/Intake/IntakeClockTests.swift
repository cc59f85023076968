import EventSourcing
import MusterDomain
import Records
import Testing

/// What happens when the time passes in which somebody should deal with a report, call back or tell figures.
@Suite struct IntakeClockTests {
    private static let day = CaseDay(rawValue: "2026-11-21")!

    private static func call(_ call: CallID = "C-1") -> RecordAbandonedCall {
        RecordAbandonedCall(call: call, territory: "dq", waited: 95, phone: PhoneNumber(rawValue: "139 1234 5678"))
    }

    private static func form(_ request: DataRequestID = "F-1") -> RequestForm {
        RequestForm(request: request, territory: "dq", day: day, items: ["isolated"])
    }

    /// Nothing before the time, and all that is due a moment after it.
    private func pass(_ time: Duration, in town: inout IntakeTown) {
        let before = town.facts.count
        town.wait(time - .seconds(1))
        town.fireTimers()
        #expect(town.facts.count == before, "too early")
        town.wait(.seconds(1))
        town.fireTimers()
    }

    private func told(_ town: IntakeTown, _ policy: some Policy) -> Deliveries {
        var deliveries = Deliveries(of: policy, in: town.town)
        deliveries.take(town.facts)
        return deliveries
    }

    // MARK: Reports

    @Test("S5 a report that nobody deals with in two hours is overdue, once, and the desk is told")
    func report() throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1"), by: Town.resident)
        pass(.seconds(7_200), in: &town)
        let due = Town.noon + .seconds(7_200)
        let overdue = ReportOverdue(report: "R-1", territory: "dq-02", dueBy: due, limit: .seconds(7_200))
        #expect(town.reports.last == .overdue(overdue))
        let delivery = try #require(told(town, IntakeDeliveryPolicy()).sent.last)
        #expect(delivery.party == "hotline" && delivery.kind == .reportOverdue)
        let task = try ReportDelivery.record.decode(delivery.payload)
        #expect(task.due == due && task.about == .noise && task.duty == nil && !task.isUrgent)
        let count = town.facts.count
        town.wait(.seconds(86_400))
        town.fireTimers()
        #expect(town.facts.count == count)
    }

    @Test("R5.4 where somebody may be in danger ten minutes are enough, and the street is told too")
    func urgent() throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1", text: "An old man is trapped."), by: Town.resident)
        pass(.seconds(600), in: &town)
        let sent = told(town, IntakeDeliveryPolicy()).sent
        #expect(sent.map(\.party) == ["hotline", "street-1"])
        #expect(Set(sent.map(\.key)).count == 2)
    }

    @Test("S5 where no hotline is, whoever runs the ground is told")
    func noHotline() throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1"), by: Town.resident)
        pass(.seconds(7_200), in: &town)
        var without = Town()
        without.authority = Authority()
        for actor in Town.posts where actor != Town.clerk { without.appoint(actor) }
        var deliveries = Deliveries(of: IntakeDeliveryPolicy(), in: without)
        #expect(deliveries.take(town.facts) == ["report-overdue dq-committee"])
    }

    @Test("S5 the clock of a report stops when somebody deals with it", arguments: 0..<5)
    func dealtWith(way: Int) throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1"), by: Town.resident)
        #expect(town.timers.count == 1)
        switch way {
        case 0: try town.send(TriageReport(report: "R-1", urgency: .normal, duty: "passage.clear"), by: Town.clerk)
        case 1: try town.send(RouteReport(report: "R-1", party: "fire", duty: "passage.clear"), by: Town.clerk)
        case 2: try town.send(AnswerImmediately(report: "R-1", text: "Yes.", isSolved: false), by: Town.clerk)
        case 3:
            try town.send(AssignInvestigator(matter: "R-1", person: "gw-02"), by: Town.head)
            let findings = RecordFindings(matter: "R-1", text: "Two cars.", needsDepartment: true)
            try town.send(findings, by: Town.gridWorker)
        default:
            try town.send(IntakeTown.report("R-2"), by: Town.clerk)
            try town.send(MergeReports(report: "R-2", duplicates: ["R-1"]), by: Town.clerk)
        }
        let isOthers = way == 4
        #expect(town.timers.map(\.key).contains { $0.contains("R-1") } == false)
        #expect(town.timers.count == (isOthers ? 1 : 0))
    }

    @Test("R5.5 what comes by app in a surge is overdue by the surge's time, and says that limit")
    func surge() throws {
        var town = IntakeTown()
        try town.send(OpenSurgeDesk(territory: "he", ground: .ordered, text: "Flood."), by: Town.clerk)
        try town.send(IntakeTown.report("R-1"), by: Town.resident)
        try town.send(IntakeTown.report("R-2", channel: .phone), by: Town.clerk)
        pass(.seconds(7_200), in: &town)
        let dayOn = Duration.seconds(86_400)
        pass(dayOn - .seconds(7_200), in: &town)
        let overdue = town.reports.compactMap { if case .overdue(let payload) = $0 { payload } else { nil } }
        #expect(overdue.map(\.report) == ["R-2", "R-1"])
        #expect(overdue.map(\.limit) == [.seconds(7_200), dayOn])
    }

    // MARK: Calls and figures

    @Test("R5.5 a caller whom nobody reached in time is overdue, in a surge by its time, and the hotline is told")
    func calls() throws {
        var town = IntakeTown()
        try town.send(Self.call(), by: Town.clerk)
        try town.send(OpenSurgeDesk(territory: "he", ground: .ordered, text: "Flood."), by: Town.clerk)
        try town.send(Self.call("C-2"), by: Town.clerk)
        try town.send(Self.call("C-3"), by: Town.clerk)
        try town.send(ReturnCall(call: "C-1", isReached: false), by: Town.clerk)
        try town.send(ReturnCall(call: "C-3", isReached: true), by: Town.clerk)
        pass(.seconds(7_200), in: &town)
        pass(.seconds(36_000), in: &town)
        let overdue = town.desk.compactMap { if case .callOverdue(let payload) = $0 { payload } else { nil } }
        #expect(overdue.map(\.call) == ["C-1", "C-2"])
        #expect(overdue.map(\.limit) == [.seconds(7_200), .seconds(43_200)])
        #expect(overdue.map(\.attempts) == [1, 0])
        let sent = told(town, IntakeDeliveryPolicy()).sent
        #expect(sent.map(\.party) == ["hotline", "hotline"])
        #expect(sent.map(\.about) == [.call("C-1"), .call("C-2")])
        let said = sent.map { String(decoding: $0.payload, as: UTF8.self) }.joined()
        #expect(!said.contains("1234"), "R16.1")
        #expect(town.timers.filter { $0.key.hasPrefix("overdue") }.isEmpty)
    }

    @Test("S5 figures that nobody told in time are asked for again, and whoever wants them hears it")
    func form() throws {
        var town = IntakeTown()
        try town.send(Self.form(), by: Town.street)
        pass(.seconds(86_400), in: &town)
        let due = Town.noon + .seconds(86_400)
        let overdue = DataRequestOverdue(
            request: "F-1",
            territory: "dq",
            asker: "street-1",
            dueBy: due,
            limit: .seconds(86_400)
        )
        #expect(town.data.last == .overdue(overdue))
        let sent = told(town, DataRequestPolicy(limits: .standard)).sent
        #expect(
            sent.map { "\($0.kind.rawValue) \($0.party)" }
                == ["form dq-committee", "form-overdue dq-committee", "form-overdue street-1"]
        )
        let task = try FormDelivery.record.decode(try #require(sent.last).payload)
        #expect(task.items == ["isolated"] && task.due == due)
        // Figures still answer it, late.
        town.wait(.seconds(1))
        let figures = RecordFigures(territory: "dq", day: Self.day, figures: [DataFigure("isolated", 7)])
        try town.send(figures, by: Town.head)
        guard case .satisfied(let satisfied)? = town.data.last else { return #expect(Bool(false)) }
        #expect(satisfied.isLate)
    }

    @Test("R5.1 the clock of a request stops when it is answered or refused")
    func answered() throws {
        var town = IntakeTown()
        try town.send(Self.form(), by: Town.street)
        try town.send(Self.form("F-2"), by: Town.district)
        #expect(town.timers.count == 1, "the second wants the same")
        let figures = RecordFigures(territory: "dq", day: Self.day, figures: [DataFigure("isolated", 7)])
        try town.send(figures, by: Town.head)
        #expect(town.timers.isEmpty)
    }

    // MARK: Timers

    @Test("R0.5 no timer fires before its time, and one that comes late finds nothing to do")
    func timers() throws {
        let submitted = ReportSubmitted(
            report: "R-1",
            channel: .app,
            kind: .noise,
            territory: "dq-02",
            place: "7",
            text: "Loud.",
            isUrgent: false,
            answerBy: Town.noon + .seconds(1),
            limit: .seconds(7_200)
        )
        let due = Town.noon + .seconds(1)
        let record = RecordOverdueReport(report: "R-1", dueBy: due, limit: .seconds(7_200))
        let open = DecisionSpec(Report.self, given: [.submitted(submitted)])
        #expect(open.refusal(of: record, by: Town.system)?.code == "R0.5 too-early")
        let triaged = ReportTriaged(report: "R-1", urgency: .normal, duty: "passage.clear")
        let dealtWith = DecisionSpec(Report.self, given: [.submitted(submitted), .triaged(triaged)])
        #expect(try dealtWith.when(record, by: Town.system).isEmpty)
        let extend = ExtendCallBack(call: "C-1", surge: "he", number: 1, callBackBy: due, limit: .seconds(1))
        let abandoned = CallAbandoned(
            call: "C-1",
            territory: "he",
            waited: 9,
            callBackBy: due + .seconds(1),
            limit: .seconds(1)
        )
        let call = DecisionSpec(AbandonedCall.self, given: [.callAbandoned(abandoned)])
        #expect(try call.when(extend, by: Town.system).isEmpty, "R5.5 a surge takes no time away")
    }

    @Test("S5 what was dealt with costs nothing, and the earliest are asked for first, so many at a time")
    func many() throws {
        var policy = IntakeClockPolicy()
        func evolve(_ event: AnyEvent, at time: Timestamp) { policy.evolve(.test(event, at: time)) }
        for number in (0..<500).reversed() {
            let report = ReportSubmitted(
                report: ReportID(rawValue: "R-\(number)")!,
                channel: .phone,
                kind: .noise,
                territory: "dq-02",
                place: "7",
                text: "Loud.",
                isUrgent: false,
                answerBy: Town.noon + .seconds(number),
                limit: .seconds(7_200)
            )
            evolve(.report(.submitted(report)), at: Town.noon)
        }
        #expect(policy.timers.map(\.due) == (0..<200).map { Town.noon + .seconds($0) })
        for number in 0..<500 {
            let report = ReportID(rawValue: "R-\(number)")!
            let answered = ReportAnswered(report: report, text: "Yes.", isSolved: true, isFirstContact: true)
            evolve(.report(.answered(answered)), at: Town.noon)
        }
        #expect(policy.timers.isEmpty)
        #expect(Deliveries(of: policy).held(in: "clocks") == 0)
    }
}
