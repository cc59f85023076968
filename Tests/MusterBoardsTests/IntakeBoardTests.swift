import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct IntakeBoardTests {
    @Test func `reports stand under their channels, those in danger before all others, the oldest deadline first`()
        throws
    {
        var story = Story.town()
        story.report("R-1", "10:00:00", channel: .web)
        story.report("R-2", "10:05:00", channel: .phone)
        story.report("R-3", "10:10:00", channel: .app, isUrgent: true)
        let rows = try IntakeBoard(story).rows()
        #expect(rows.map(\.key) == ["report/R-3", "report/R-1", "report/R-2"])
        #expect(rows.map(\.heading.id) == ["urgent", "web", "phone"])
        #expect(rows.map(\.due) == [Story.at("10:20:00"), Story.at("12:00:00"), Story.at("12:05:00")])
        let figures = try IntakeBoard(story).figures(at: .evening)
        #expect(figures.counts.map(\.count) == [1, 0, 3, 0, 0])
        #expect(figures.tally.waiting == [.web: 1, .phone: 1, .app: 1])
    }

    @Test(arguments: ["triaged", "routed", "answered", "joined", "found", "whistled", "resolved"])
    func `a report leaves the queue when somebody deals with it`(way: String) throws {
        var story = Story.town()
        story.report("R-1", "10:00:00")
        story.raise("R-1", Story.at("10:00:01"))
        let assigned = InvestigatorAssigned(matter: "R-1", person: "grid-dq02")
        story.tell(Story.at("10:00:02"), .investigatorAssigned(assigned), of: "R-1")
        #expect(try IntakeBoard(story).rows().count == 1, "an assignment deals with nothing yet")
        let time = Story.at("10:10:00")
        switch way {
        case "triaged":
            let triaged = ReportTriaged(report: "R-1", urgency: .normal, duty: "passage.clear")
            story.tell(time, .triaged(triaged), of: "R-1", by: .street)
        case "routed":
            let routed = ReportRouted(report: "R-1", party: "fire", duty: "passage.clear")
            story.tell(time, .routed(routed), of: "R-1", by: .street)
        case "answered": story.answer("R-1", "10:10:00", isSolved: false)
        case "joined": story.tell(time, .joined(ReportJoined(report: "R-1", into: "R-9")), of: "R-1", by: .street)
        case "found":
            let findings = FindingsRecorded(matter: "R-1", text: "Two cars.", needsDepartment: true)
            story.tell(time, .findingsRecorded(findings), of: "R-1")
        case "whistled": story.blow("R-1", time, to: ["fire"], lead: "fire")
        default: story.tell(time, .resolvedLocally(MatterResolvedLocally(matter: "R-1", text: "Gone.")), of: "R-1")
        }
        let board = try IntakeBoard(story)
        #expect(board.rows() == [])
        #expect(board.figures(at: .evening).counts.map(\.count) == [0, 0, 0, 0, 0])
        #expect(board.figures(at: .evening).crowds == [])
    }

    @Test func `the answer rate counts who hung up, and who waited too long is no prompt answer`() throws {
        var story = Story.town()
        for number in 1...8 { story.call("R-\(number)", "17:00:00", isLate: number > 6) }
        for number in 1...2 { story.hangUp("C-\(number)", "17:10:00") }
        let figures = try IntakeBoard(story).figures(at: .evening)
        #expect(figures.answeredPercent == 80)
        #expect(figures.promptPercent == 60)
        #expect(try IntakeBoard(Story.town()).figures(at: .evening).answeredPercent == nil, "missing is not zero")
    }

    @Test func `calls are compared with what is aimed at, and who hung up alone is no alarm`() throws {
        func figures(hangUps: Int, late: Int, _ limits: Limits = .standard) throws -> IntakeFigures {
            var story = Story.town()
            for number in 1...40 { story.call("R-\(number)", "17:00:00", isLate: number <= late) }
            for number in 0..<hangUps { story.hangUp("C-\(number)", "17:10:00") }
            let moment = BoardMoment(now: Story.now, targets: BoardTargets(limits))
            return try IntakeBoard(story).figures(at: moment)
        }
        let good = try figures(hangUps: 2, late: 0)
        #expect(good.answeredPercent == 95 && !good.isBelowTarget)
        #expect(try figures(hangUps: 3, late: 0).isBelowTarget, "93 % of 95 %")
        #expect(try figures(hangUps: 0, late: 5).isBelowTarget, "87 % of 90 % in time")
        #expect(try !IntakeBoard(Story.town()).figures(at: .evening).isBelowTarget, "nobody called")
        let lines = good.remarks.flatMap(\.lines)
        #expect(lines.first?.words.en == "Calls answered: 95 %, target 95 %" && lines.first?.tone == .plain)
        let document = Array(#"{"intake":{"calls":{"answeredPercent":96}}}"#.utf8)
        #expect(try figures(hangUps: 2, late: 0, Limits.record.decode(document)).isBelowTarget)
    }

    @Test func `what is solved at first contact is a share of all that came in during the last day`() throws {
        var story = Story.town()
        story.report("R-0", "10:00:00", day: 20)
        story.answer("R-0", "10:01:00", day: 20, isSolved: true)
        for number in 1...4 { story.report("R-\(number)", "12:00:00") }
        story.answer("R-1", "12:05:00", isSolved: true)
        story.answer("R-2", "12:05:00", isSolved: false)
        story.answer("R-3", "12:05:00", isSolved: true, isFirstContact: false)
        let figures = try IntakeBoard(story).figures(at: .evening)
        #expect(figures.solvedAtOncePercent == 25)
    }

    @Test func `places where several say the same are named, the largest first`() throws {
        var story = Story.town()
        for number in 1...3 { story.report("R-\(number)", "12:00:00", kind: .noise) }
        for number in 4...5 { story.report("R-\(number)", "12:00:00", kind: .water) }
        story.report("R-6", "12:00:00", kind: .rubbish)
        #expect(try IntakeBoard(story).figures(at: .evening).crowds.map(\.count) == [3, 2])
        #expect(try IntakeBoard(story).figures(at: .evening).crowds.map(\.kind) == [.noise, .water])
        story.answer("R-1", "12:05:00", isSolved: true)
        story.answer("R-2", "12:05:00", isSolved: true)
        #expect(try IntakeBoard(story).figures(at: .evening).crowds.map(\.kind) == [.water])
    }

    @Test func `R5.5 a surge gives more time to what comes by app and is not urgent, and drops nothing`() throws {
        var story = Story.town()
        story.report("R-1", "10:00:00")
        story.surge("10:30:00")
        story.report("R-2", "11:00:00")
        story.report("R-3", "11:00:00", isUrgent: true)
        story.report("R-4", "11:00:00", channel: .phone)
        story.hangUp("C-1", "11:00:00", callBackBy: "13:00:00")
        let extended = CallBackExtended(
            call: "C-1",
            surge: "heyan",
            number: 1,
            callBackBy: Story.at("23:00:00"),
            limit: .seconds(43_200)
        )
        story.tell(Story.at("11:00:00"), .callBackExtended(extended))
        story.hangUp("C-2", "11:00:00", callBackBy: "13:00:00")
        let board = try IntakeBoard(story)
        func due(_ key: String) -> Timestamp? { board.row(key)?.due }
        #expect(due("report/R-1") == Story.at("12:00:00"), "it was there before")
        #expect(due("report/R-2") == Story.at("11:00:00", day: 22))
        #expect(due("report/R-3") == Story.at("11:10:00"), "R5.4")
        #expect(due("report/R-4") == Story.at("13:00:00"), "R5.6: a phone is all they have")
        #expect(due("call/C-1") == Story.at("23:00:00"))
        #expect(due("call/C-2") == Story.at("13:00:00"), "what the events say, and nothing else")
        #expect(board.rows().count == 6)
        #expect(board.figures(at: .evening).surges.map(\.territory) == ["heyan"])
        story.tell(Story.at("12:00:00"), .surgeEnded(SurgeEnded(territory: "heyan", number: 1)))
        story.report("R-5", "12:30:00")
        #expect(try IntakeBoard(story).row("report/R-5")?.due == Story.at("14:30:00"))
        #expect(try IntakeBoard(story).figures(at: .evening).surges == [])
    }

    @Test func `a caller who hung up stands until called back, or until nobody calls any more`() throws {
        var story = Story.town()
        story.hangUp("C-1", "10:00:00", callBackBy: "12:00:00")
        story.hangUp("C-2", "10:00:00", callBackBy: "12:00:00")
        story.hangUp("C-3", "10:00:00")
        #expect(try IntakeBoard(story).rows().map(\.key) == ["call/C-1", "call/C-2"], "the third left no number")
        func returned(_ call: CallID, reached: Bool, last: Bool) -> DeskEvent {
            .callReturned(CallReturned(call: call, isReached: reached, attempt: 1, isLast: last, isLate: false))
        }
        story.tell(Story.at("10:10:00"), returned("C-1", reached: false, last: false))
        #expect(try IntakeBoard(story).row("call/C-1")?.content == .call("C-1", attempts: 1))
        story.tell(Story.at("10:20:00"), returned("C-1", reached: true, last: true))
        story.tell(Story.at("10:20:00"), returned("C-2", reached: false, last: true))
        let board = try IntakeBoard(story)
        #expect(board.rows() == [])
        #expect(board.figures(at: .evening).tally.callBacks == 0)
        #expect(board.figures(at: .evening).tally.givenUp == 1)
    }

    @Test func `what is overdue stays until somebody deals with it, and says so`() throws {
        var story = Story.town()
        story.report("R-1", "10:00:00")
        story.report("R-2", "10:00:00")
        story.hangUp("C-1", "10:00:00", callBackBy: "12:00:00")
        story.request("F-1", "10:00:00")
        let (noon, limit) = (Story.at("12:00:00"), Duration.seconds(7_200))
        let report = ReportOverdue(report: "R-1", territory: "dq-02", dueBy: noon, limit: limit)
        story.tell(noon, .overdue(report), of: "R-1", by: .street)
        let call = CallOverdue(call: "C-1", territory: "dongqiao", dueBy: noon, limit: limit, attempts: 0)
        story.tell(noon, .callOverdue(call))
        let (asker, evening) = (PartyID("heyan-street"), Story.at("20:00:00"))
        story.tell(
            evening,
            .overdue(
                DataRequestOverdue(request: "F-1", territory: "dongqiao", asker: asker, dueBy: evening, limit: limit)
            )
        )
        var board = try IntakeBoard(story)
        #expect(board.rows().filter(\.isOverdue).map(\.key).sorted() == ["call/C-1", "form/F-1", "report/R-1"])
        #expect(board.row("report/R-1")?.cells.last?.tone == .late)
        #expect(board.figures(at: .evening).tally.overdue == 3)
        story.answer("R-1", "12:10:00", isSolved: true)
        let returned = CallReturned(call: "C-1", isReached: true, attempt: 1, isLast: true, isLate: true)
        story.tell(Story.at("12:10:00"), .callReturned(returned))
        board = try IntakeBoard(story)
        #expect(board.rows().map(\.key) == ["report/R-2", "form/F-1"])
        #expect(board.figures(at: .evening).tally.overdue == 1)
    }

    @Test func `R5.1 forms that were asked for stand against what was known already`() throws {
        var story = Story.town()
        for number in 1...4 { story.request("F-\(number)", "10:00:00") }
        func satisfied(_ request: DataRequestID, isFromKnown: Bool) -> DataEvent {
            let answers = [DataAnswer(item: "isolated", figure: 7)]
            return .satisfied(
                DataRequestSatisfied(request: request, answers: answers, isFromKnown: isFromKnown, isLate: false)
            )
        }
        story.tell(Story.at("10:00:01"), satisfied("F-1", isFromKnown: true))
        story.tell(Story.at("11:00:00"), satisfied("F-2", isFromKnown: false))
        story.tell(Story.at("11:00:00"), .refused(DataRequestRefused(request: "F-3", duplicateOf: "F-4")))
        let board = try IntakeBoard(story)
        #expect(board.rows().map(\.key) == ["form/F-4"])
        let forms = board.figures(at: .evening).tally.forms
        let counts: [Int] = [forms.asked, forms.known, forms.typed, forms.duplicates]
        #expect(counts == [4, 1, 1, 1])
    }

    @Test func `R5.2 a direct report stands until every level has it, with the time that took to each`() throws {
        var story = Story.town()
        let filed = DirectReportFiled(
            directReport: "DR-1",
            territory: "dq-02",
            level: .district,
            to: ["heyan", "district"],
            copies: ["dongqiao"],
            text: "Three with fever."
        )
        story.tell(Story.at("10:00:00"), .filed(filed))
        func received(_ territory: TerritoryID, _ level: TerritoryLevel, isCopy: Bool = false) -> DirectReportEvent {
            .received(
                DirectReportReceived(directReport: "DR-1", territory: territory, level: level, isCopy: isCopy)
            )
        }
        story.tell(Story.at("10:00:30"), received("district", .district))
        story.tell(Story.at("10:01:00"), received("dongqiao", .community, isCopy: true))
        let row = try #require(try IntakeBoard(story).row("direct/DR-1"))
        #expect(row.cells.last?.words.en == "Not looked at: Heyan")
        story.tell(Story.at("10:20:00"), received("heyan", .street))
        let board = try IntakeBoard(story)
        #expect(board.rows() == [])
        let transits = board.figures(at: .evening).tally.transits
        #expect(transits.mapValues(\.longest) == [.district: 30, .community: 60, .street: 1_200])
    }

    @Test func `the keys that a fold returns are enough to keep the intake board`() throws {
        var story = Story.town()
        story.surge("09:00:00")
        for number in 1...30 {
            story.report("R-\(number)", "10:00:00", kind: number.isMultiple(of: 2) ? .noise : .water)
            if number.isMultiple(of: 3) { story.answer("R-\(number)", "10:05:00", isSolved: true) }
            if number.isMultiple(of: 5) { story.hangUp("C-\(number)", "10:05:00", callBackBy: "12:00:00") }
        }
        var fold = BoardFold<IntakeBoard>()
        var kept: [String: IntakeRow] = [:]
        for fact in try story.facts {
            for key in fold.fold(fact) { kept[key] = fold.board.row(key) }
            try #require(kept.values.sorted { $0.order < $1.order } == fold.board.rows())
        }
        #expect(kept.count == 26)
    }

    @Test func `R16.1 no words, no place and no number of a person are on the board`() throws {
        var story = Story.town()
        story.report("R-1", "10:00:00")
        story.hangUp("C-1", "10:00:00", callBackBy: "12:00:00")
        let board = try IntakeBoard(story)
        for row in board.rows() {
            let text = String(decoding: row.json(), as: UTF8.self)
            _ = try JSONSerialization.jsonObject(with: Data(row.json()))
            for secret in ["Dongqiao 7", "139", "resident-7731", "so loud"] { #expect(!text.contains(secret)) }
        }
    }
}

extension Story {
    fileprivate mutating func report(
        _ report: String,
        _ clock: String,
        day: Int = 21,
        channel: ReportChannel = .app,
        kind: ReportKind = .noise,
        isUrgent: Bool = false,
        answeredAfter: Int? = nil,
        isAnsweredLate: Bool? = nil
    ) {
        guard let id = ReportID(rawValue: report) else { return }
        let limit = Duration.seconds(isUrgent ? 600 : 7_200)
        let submitted = ReportSubmitted(
            report: id,
            channel: channel,
            kind: kind,
            territory: "dq-02",
            place: "Dongqiao 7",
            text: "It is so loud.",
            reporter: "resident-7731",
            isUrgent: isUrgent,
            phone: PhoneNumber(rawValue: "139 1234 5678"),
            answeredAfter: answeredAfter,
            isAnsweredLate: isAnsweredLate,
            answerBy: Story.at(clock, day: day) + limit,
            limit: limit
        )
        tell(Story.at(clock, day: day), .submitted(submitted), of: id, by: .resident)
    }

    fileprivate mutating func call(_ report: String, _ clock: String, isLate: Bool) {
        self.report(
            report,
            clock,
            channel: .phone,
            answeredAfter: isLate ? 40 : 3,
            isAnsweredLate: isLate
        )
    }

    fileprivate mutating func answer(
        _ report: String,
        _ clock: String,
        day: Int = 21,
        isSolved: Bool,
        isFirstContact: Bool = true
    ) {
        guard let id = ReportID(rawValue: report) else { return }
        let answered = ReportAnswered(report: id, text: "Yes.", isSolved: isSolved, isFirstContact: isFirstContact)
        tell(Story.at(clock, day: day), .answered(answered), of: id, by: .street)
    }

    fileprivate mutating func hangUp(_ call: String, _ clock: String, callBackBy: String? = nil) {
        guard let id = CallID(rawValue: call) else { return }
        let abandoned = CallAbandoned(
            call: id,
            territory: "dongqiao",
            waited: 90,
            phone: callBackBy == nil ? nil : PhoneNumber(rawValue: "139 1234 5678"),
            callBackBy: callBackBy.map { Story.at($0) },
            limit: callBackBy == nil ? nil : .seconds(7_200)
        )
        tell(Story.at(clock), .callAbandoned(abandoned))
    }

    /// Figures are wanted by eight in the evening.
    fileprivate mutating func request(_ request: String, _ clock: String) {
        guard let id = DataRequestID(rawValue: request), let day = CaseDay(rawValue: "2026-11-21") else { return }
        let requested = DataRequested(
            request: id,
            territory: "dongqiao",
            day: day,
            items: ["isolated"],
            replyBy: Story.at("20:00:00"),
            limit: .seconds(36_000)
        )
        tell(Story.at(clock), .requested(requested))
    }

    fileprivate mutating func surge(_ clock: String) {
        let declared = SurgeDeclared(
            territory: "heyan",
            number: 1,
            ground: .arrivals,
            arrivals: 400,
            usual: 100,
            answerLimit: .seconds(86_400),
            callBackLimit: .seconds(43_200)
        )
        tell(Story.at(clock), .surgeDeclared(declared))
    }
}
