import EventSourcing
import MusterDomain
import Records
import Testing

/// Splitting, passing on and answering reports, and what is dated before its beginning.
@Suite struct ReportRuleTests {
    private func reported() throws -> IntakeTown {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1", channel: .phone), by: IntakeTown.resident("resident-1"))
        return town
    }

    private static let part = SplitPart(report: "R-2", kind: .rubbish, place: "Dongqiao 9", text: "Bags in the yard.")

    @Test("S5 a report of two things becomes two, both of them the reporter's")
    func split() throws {
        var town = try reported()
        try town.send(SplitReport(report: "R-1", parts: [Self.part]), by: Town.clerk)
        #expect(town.report("R-1").stage == .submitted)
        #expect(town.report("R-2").reporter == "resident-1")
        #expect(town.report("R-2").channel == .phone)
        #expect(town.matter("R-2").subject?.kind == .rubbish)
        #expect(town.refusal(of: SplitReport(report: "R-1", parts: [Self.part]), by: Town.clerk) == "S5 part-exists")
    }

    @Test("S5 parts have names of their own")
    func partNames() throws {
        let town = try reported()
        let own = SplitPart(report: "R-1", kind: .water, place: "7", text: "Drips.")
        for parts in [[own], [Self.part, Self.part]] {
            #expect(town.refusal(of: SplitReport(report: "R-1", parts: parts), by: Town.clerk) == "S5 part-exists")
        }
        let abroad = SplitPart(report: "R-3", kind: .water, territory: "xw-01", place: "7", text: "Drips.")
        #expect(town.refusal(of: SplitReport(report: "R-1", parts: [abroad]), by: Town.head) == "S1 outside-territory")
        let nowhere = SplitPart(report: "R-3", kind: .water, territory: "atlantis", place: "7", text: "Drips.")
        #expect(
            town.refusal(of: SplitReport(report: "R-1", parts: [nowhere]), by: Town.clerk) == "S2 territory-unknown"
        )
    }

    @Test("R5.4 a part with a safety word bypasses the queue as well")
    func urgentPart() throws {
        var town = try reported()
        let part = SplitPart(report: "R-2", kind: .other, place: "7", text: "Smoke in the cellar.")
        try town.send(SplitReport(report: "R-1", parts: [part]), by: Town.clerk)
        #expect(town.matter("R-2").subject?.urgency == .emergency)
    }

    @Test("R1.5 a report goes to who has the duty, or to the district when nobody has it")
    func route() throws {
        var town = try reported()
        func route(_ party: PartyID, _ duty: DutyID = "passage.clear") -> RouteReport {
            RouteReport(report: "R-1", party: party, duty: duty)
        }
        #expect(town.refusal(of: route("market"), by: Town.clerk) == "R1.5 no-duty-on-list")
        #expect(town.refusal(of: route("fire", "noise.stop"), by: Town.clerk) == "R1.5 nobody-responsible")
        #expect(town.refusal(of: route("martians"), by: Town.clerk) == "S1 party-unknown")
        #expect(town.refusal(of: route("he-district", "noise.stop"), by: Town.clerk) == nil)
        try town.send(route("fire"), by: Town.clerk)
        #expect(town.refusal(of: route("fire"), by: Town.clerk) == "S5 routed-already")
        try town.send(route("police"), by: Town.clerk)
        #expect(town.report("R-1").stage == .routed("police"))
    }

    @Test("S5 what is answered at once and solved ends its matter, and the reporter is asked all the same (R14.1)")
    func answered() throws {
        var town = try reported()
        try town.send(AnswerImmediately(report: "R-1", text: "The water is back.", isSolved: true), by: Town.clerk)
        #expect(town.matter("R-1").status == .awaitingFeedback)
        guard case .answered(let answer)? = town.reports.last else { return #expect(Bool(false), "no answer") }
        #expect(answer.isFirstContact)
        let again = AnswerImmediately(report: "R-1", text: "Yes.", isSolved: true)
        #expect(town.refusal(of: again, by: Town.clerk) == "S5 answered-already")
    }

    @Test("S5 an answer that solves nothing leaves the matter open, and a second contact is no first one")
    func notSolved() throws {
        var town = try reported()
        try town.send(TriageReport(report: "R-1", urgency: .normal, duty: "passage.clear"), by: Town.clerk)
        try town.send(AnswerImmediately(report: "R-1", text: "We look at it.", isSolved: false), by: Town.clerk)
        #expect(town.matter("R-1").status == .raised)
        guard case .answered(let answer)? = town.reports.last else { return #expect(Bool(false), "no answer") }
        #expect(!answer.isFirstContact)
    }

    @Test("S5 nothing is dealt with before it was created")
    func closedBeforeCreated() throws {
        let town = try reported()
        let early = Town.noon - .seconds(3_600)
        let code = "S5 before-the-beginning"
        let answer = AnswerImmediately(report: "R-1", text: "Done.", isSolved: true)
        #expect(town.refusal(of: answer, by: Town.clerk, at: early) == code)
        let triage = TriageReport(report: "R-1", urgency: .normal, duty: "passage.clear")
        #expect(town.refusal(of: triage, by: Town.clerk, at: early) == code)
        #expect(town.refusal(of: MergeReports(report: "R-1", duplicates: ["R-2"]), by: Town.clerk, at: early) == code)
        #expect(town.refusal(of: SplitReport(report: "R-1", parts: [Self.part]), by: Town.clerk, at: early) == code)
        let route = RouteReport(report: "R-1", party: "fire", duty: "passage.clear")
        #expect(town.refusal(of: route, by: Town.clerk, at: early) == code)
        // Two people's clocks may differ.
        #expect(town.refusal(of: answer, by: Town.clerk, at: Town.noon - .seconds(200)) == nil)
    }

    @Test("R5.6 whoever has no smartphone is heard", arguments: [ReportChannel.phone, .paper, .proxy, .counter])
    func channels(channel: ReportChannel) throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1", by: "resident-9", channel: channel), by: Town.clerk)
        #expect(town.matter("R-1").hasReporter("resident-9"))
        try town.send(IntakeTown.report("R-2", channel: channel, text: "Nobody knows me."), by: Town.clerk)
        #expect(town.matter("R-2").subject != nil, "also without a name")
    }

    @Test("R5.6 paper of three days ago keeps both times (R0.3)")
    func latePaper() throws {
        var town = IntakeTown()
        let then = Town.noon - .seconds(3 * 86_400)
        try town.send(
            IntakeTown.report("R-1", by: "resident-9", channel: .paper),
            by: Town.gridWorker,
            at: then + .seconds(200_000)
        )
        let origin = try #require(town.facts.last { if case .report = $0.event { true } else { false } }).origin
        #expect(origin.occurredAt < origin.recordedAt)
    }

    @Test("S5 a call that waited longer than 15 s is marked, one that did not is not")
    func pickUp() throws {
        for (seconds, isLate) in [(0, false), (15, false), (16, true)] {
            var town = IntakeTown()
            try town.send(IntakeTown.report("R-1", channel: .phone, answeredAfter: seconds), by: Town.clerk)
            guard case .submitted(let payload)? = town.reports.first else { return #expect(Bool(false)) }
            #expect(payload.isAnsweredLate == isLate)
        }
    }

    @Test("R0.5 a report records until when it is to be dealt with, sooner in danger")
    func deadlines() throws {
        var town = IntakeTown()
        try town.send(IntakeTown.report("R-1"), by: Town.resident)
        try town.send(IntakeTown.report("R-2", text: "Fire!"), by: Town.resident)
        try town.send(IntakeTown.report("R-3", kind: .gasSmell), by: Town.resident)
        let limits = town.reports.compactMap { if case .submitted(let payload) = $0 { payload.limit } else { nil } }
        #expect(limits == [.seconds(7_200), .seconds(600), .seconds(600)])
    }

    @Test(
        "S5 a phone with letters is refused, one that can be dialled is not",
        arguments: [
            ("139 1234 5678", true), ("+86-512-65123456", true), ("110", true), ("12a4", false), ("call me", false),
            ("13", false), ("+", false), ("１３９１２３４５６７８", false), ("--139", false),
            ("139123456781391234567813912345678", false),
        ]
    )
    func phone(text: String, isNumber: Bool) {
        #expect((PhoneNumber(rawValue: text) != nil) == isNumber)
        let json =
            #"{"report":"R-1","channel":"phone","kind":"noise","territory":"dq-02","place":"x","text":"x","phone":""#
            + text + #""}"#
        do throws(Problems) {
            let report = try SubmitReport.description.record.decode(Array(json.utf8))
            #expect(isNumber && report.phone?.rawValue == text)
        } catch {
            #expect(!isNumber)
            #expect(error.list.map(\.pointer) == ["/phone"])
        }
    }
}
