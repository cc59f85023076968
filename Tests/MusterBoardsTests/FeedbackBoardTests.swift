import EventSourcing
import MusterDomain
import Records
import Testing

@testable import MusterBoards

@Suite struct FeedbackBoardTests {
    /// A matter that fire was called to, was at, and called done.
    private func done(_ matter: MatterID, in story: inout Story, isLate: Bool = false) {
        story.raise(matter, Story.at("10:00:00"))
        story.blow(matter, Story.at("10:01:00"), to: ["fire"], lead: "fire")
        story.accept(matter, Story.at("10:02:00"), by: "fire")
        story.arrive(matter, Story.at("10:10:00"), "fire", isLate: isLate)
        let limit = Duration.seconds(259_200)
        let asked = FeedbackAsked(
            matter: matter,
            reporter: "resident-1",
            answerBy: Story.at("11:00:00") + limit,
            limit: limit
        )
        story.tell(Story.at("11:00:00"), .feedbackAsked(asked), of: matter)
    }

    private func answer(_ matter: MatterID, in story: inout Story, solved: Bool) {
        story.tell(Story.at("12:00:00"), .feedbackGiven(FeedbackGiven(matter: matter, solved: solved)), of: matter)
    }

    private func close(_ matter: MatterID, in story: inout Story) {
        story.tell(Story.at("12:30:00"), .closed(MatterClosed(matter: matter)), of: matter)
    }

    private func line(_ story: Story) throws -> FeedbackFigures.Line {
        try #require(try FeedbackBoard(story).figures(at: .evening).lines.first { $0.party == "fire" })
    }

    @Test func `R14.1 a question stands until it is answered, and what was not solved comes back`() throws {
        var story = Story.town()
        done("M-1", in: &story)
        #expect(try FeedbackBoard(story).rows().map(\.heading.id) == ["asked"])
        answer("M-1", in: &story, solved: false)
        #expect(try FeedbackBoard(story).rows() == [])
        let again = MatterReopened(
            matter: "M-1",
            round: 1,
            lead: "fire",
            onSceneBy: Story.at("18:00:00"),
            limit: .seconds(1_800)
        )
        story.tell(Story.at("12:00:00"), .reopened(again), of: "M-1")
        let row = try #require(try FeedbackBoard(story).rows().first)
        #expect(row.state == .reopened)
        #expect(row.due == Story.at("18:00:00"))
        #expect(try line(story).overdueOpen == 1)
    }

    @Test func `Who settled a matter without a whistle stands where its lead would`() throws {
        var story = Story.town()
        story.raise("M-1", Story.at("10:00:00"))
        let settled = MatterResolvedLocally(matter: "M-1", text: "The neighbours moved the bikes.")
        story.tell(Story.at("10:20:00"), .resolvedLocally(settled), of: "M-1", by: .communityHead)
        let asked = FeedbackAsked(matter: "M-1", answerBy: Story.at("18:00:00"), limit: .seconds(25_200))
        story.tell(Story.at("10:20:00"), .feedbackAsked(asked), of: "M-1", by: .communityHead)
        #expect(try FeedbackBoard(story).rows().map(\.lead) == [Words("Dongqiao community", zh: "东桥社区")])
    }

    @Test func `S14 notices that are questioned are counted until their publisher speaks`() throws {
        var story = Story.town()
        func sums(_ time: String) throws -> FeedbackFigures.Counts {
            try FeedbackBoard(story).figures(at: BoardMoment(now: Story.at(time))).sums
        }
        let published = NoticePublished(notice: "N-1", territory: "dongqiao", title: "Water", text: "Off until six.")
        story.tell(Story.at("10:00:00"), .published(published))
        let question = NoticeQuestioned(
            notice: "N-1",
            text: "Until seven.",
            answerBy: Story.at("12:00:00"),
            limit: .seconds(3_600)
        )
        story.tell(Story.at("11:00:00"), .questioned(question), by: .street)
        #expect(try sums("11:59:59").notices == 1)
        #expect(try sums("11:59:59").noticesOverdue == 0)
        #expect(try sums("12:00:00").noticesOverdue == 1)
        story.tell(Story.at("12:10:00"), .confirmed(NoticeConfirmed(notice: "N-1", reason: "Six it is.")))
        #expect(try sums("13:00:00") == FeedbackFigures.Counts())
    }

    @Test func `R14.2 satisfaction counts answers alone, and silence is a share of its own`() throws {
        var story = Story.town()
        for (matter, solved) in [("M-1", true), ("M-2", true), ("M-3", false), ("M-4", nil)] as [(MatterID, Bool?)] {
            done(matter, in: &story)
            if let solved {
                answer(matter, in: &story, solved: solved)
            } else {
                let missing = FeedbackMissing(matter: matter, answerBy: Story.at("12:00:00"))
                story.tell(Story.at("12:00:00"), .feedbackMissing(missing), of: matter)
            }
        }
        let feedback = try line(story).outcomes
        #expect(feedback.satisfaction == 66)
        #expect(feedback.silent == 1)
    }

    @Test func `R14.3 what is open and overdue counts against being on time`() throws {
        var story = Story.town()
        for matter in ["M-1", "M-2", "M-3"] as [MatterID] {
            done(matter, in: &story, isLate: matter == "M-2")
            answer(matter, in: &story, solved: true)
            close(matter, in: &story)
        }
        story.raise("M-4", Story.at("10:00:00"))
        story.blow("M-4", Story.at("10:01:00"), to: ["fire"], lead: "fire")
        let line = try line(story)
        #expect(line.outcomes.closedOnTime == 2)
        #expect(line.outcomes.closedLate == 1)
        #expect(line.overdueOpen == 1)
        #expect(line.outcomes.onTime(overdueOpen: 1) == 50)
    }

    @Test func `S14 an appeal stands until it is decided, under the name of its matter`() throws {
        var story = Story.town()
        done("M-1", in: &story)
        answer("M-1", in: &story, solved: true)
        close("M-1", in: &story)
        let appealed = Appealed(matter: "M-1", reason: "No.", decideBy: Story.at("18:00:00"), limit: .seconds(432_000))
        story.tell(Story.at("13:00:00"), .appealed(appealed), of: "M-1", by: .resident)
        var row = try #require(try FeedbackBoard(story).rows().first)
        #expect(row.state == .appealed(nil))
        #expect(row.cells.last?.tone == .rule)
        story.tell(Story.at("14:00:00"), .reviewStarted(ReviewStarted(matter: "M-1")), of: "M-1", by: .street)
        row = try #require(try FeedbackBoard(story).rows().first)
        #expect(row.state != .appealed(nil))
        let decided = ReviewDecided(matter: "M-1", isUpheld: true, text: "Yes.", isLate: false)
        story.tell(Story.at("15:00:00"), .reviewDecided(decided), of: "M-1", by: .street)
        #expect(try FeedbackBoard(story).rows() == [])
        #expect(try line(story).outcomes.appealsUpheld == 1)
    }

    @Test func `S14 appeals that should have been decided are counted until they are`() throws {
        var story = Story.town()
        done("M-1", in: &story)
        answer("M-1", in: &story, solved: true)
        close("M-1", in: &story)
        let appealed = Appealed(matter: "M-1", reason: "No.", decideBy: Story.at("18:00:00"), limit: .seconds(432_000))
        story.tell(Story.at("13:00:00"), .appealed(appealed), of: "M-1", by: .resident)
        func overdue(at clock: String) throws -> Int {
            try FeedbackBoard(story).figures(at: BoardMoment(now: Story.at(clock))).sums.appealsOverdue
        }
        #expect(try overdue(at: "17:59:59") == 0)
        #expect(try overdue(at: "18:00:00") == 1)
        let recorded = ReviewOverdue(matter: "M-1", decideBy: Story.at("18:00:00"))
        story.tell(Story.at("18:00:00"), .reviewOverdue(recorded), of: "M-1")
        #expect(try overdue(at: "18:10:00") == 1)
        #expect(try FeedbackBoard(story).rows().map(\.heading.id) == ["appeals"])
        let decided = ReviewDecided(matter: "M-1", isUpheld: false, text: "No.", isLate: true)
        story.tell(Story.at("18:20:00"), .reviewDecided(decided), of: "M-1", by: .street)
        #expect(try overdue(at: "18:30:00") == 0)
    }

    @Test func `S14 what was published stands beside what is known now, with its formula and its period`() throws {
        var story = Story.town()
        done("M-1", in: &story)
        answer("M-1", in: &story, solved: true)
        close("M-1", in: &story)
        let outcomes = PartyOutcomes(
            closedOnTime: 1,
            closedLate: 1,
            solved: 0,
            notSolved: 0,
            silent: 0,
            appealsUpheld: 0
        )
        for (name, score) in [("A-1", 49), ("A-2", 50)] as [(AppraisalID, Int)] {
            let published = AppraisalPublished(
                appraisal: name,
                formula: .timeAndAnswers,
                from: Story.at("00:00:00", day: 1),
                to: Story.at("00:00:00", day: 20),
                through: 9,
                lines: [AppraisalLine(party: "fire", outcomes: outcomes, overdueOpen: 0, score: score)]
            )
            story.tell(Story.at("14:00:00"), .published(published), of: name)
        }
        let figures = try FeedbackBoard(story).figures(at: .evening)
        #expect(figures.published.map(\.appraisal.appraisal) == ["A-2", "A-1"])
        let side = figures.remarks.flatMap(\.lines).map(\.words.en)
        #expect(side.contains("A-2, formula 2026-1, until"))
        #expect(side.contains { $0.hasSuffix("published 50, now 100") })
        let json = try FeedbackBoard(story).snapshotJSON()
        #expect(json.contains(#""appraisal":"A-2","formula":"2026-1""#))
        #expect(json.contains(#""score":50"#))
    }

    @Test func `R14.6 a notice is read as it stands now: corrected, or taken back with the reason`() throws {
        var story = Story.town()
        let published = NoticePublished(notice: "N-1", territory: "dongqiao", title: "Water", text: "Off until six.")
        let event = story.tell(Story.at("10:00:00"), .published(published))
        #expect(event != .origin)
        var notice = try #require(try FeedbackBoard(story).figures(at: .evening).notices.first)
        #expect(notice.notice.text == "Off until six.")
        #expect(notice.territoryName.en == "Dongqiao")
        let corrected = NoticeCorrected(
            notice: "N-1",
            title: "Water",
            text: "Off until seven.",
            reason: "Longer.",
            revision: 2,
            corrects: EventID(command: CommandID(UniqueID(high: 1, low: 1)), ordinal: 0)
        )
        story.tell(Story.at("11:00:00"), .corrected(corrected))
        notice = try #require(try FeedbackBoard(story).figures(at: .evening).notices.first)
        #expect(notice.notice.text == "Off until seven.")
        #expect(notice.notice.revision == 2)
        #expect(try FeedbackBoard(story).snapshotJSON().contains(#""text":"Off until seven.","revision":2"#))
        story.tell(Story.at("12:00:00"), .withdrawn(NoticeWithdrawn(notice: "N-1", reason: "Wrong street.")))
        let figures = try FeedbackBoard(story).figures(at: .evening)
        let side = figures.remarks.flatMap(\.lines).compactMap(\.note?.en)
        #expect(side.contains { $0.contains("withdrawn: Wrong street. · Off until seven.") })
    }

    @Test func `R14.4 inquiries are counted, and nothing of them is shown`() throws {
        var story = Story.town()
        let reported = ConcealmentReported(
            inquiry: "Q-1",
            accused: "fire",
            territory: "dq",
            kind: .falsified,
            text: "secret words",
            isAnonymous: false
        )
        story.tell(Story.at("12:00:00"), .concealmentReported(reported), of: "Q-1", by: .resident)
        let board = try FeedbackBoard(story)
        #expect(board.figures(at: .evening).sums.inquiries == 1)
        #expect(board.rows() == [])
        let whole = try OperationsBoard(story).figures(at: .evening).feed
        #expect(whole.allSatisfy { !$0.words.en.contains("oncealment") })
        let decided = LiabilityDecided(inquiry: "Q-1", accused: "fire", isLiable: true, text: "Yes.")
        story.tell(Story.at("13:00:00"), .liabilityDecided(decided), of: "Q-1", by: .street)
        #expect(try FeedbackBoard(story).figures(at: .evening).sums.inquiries == 0)
        #expect(try FeedbackBoard(story).figures(at: .evening).sums.liable == 1)
    }

    @Test func `R16.1 a title is erased with its person, also after the end`() throws {
        var story = Story.town()
        let raised = MatterRaised(
            matter: "M-1",
            kind: .other,
            territory: "dq-02",
            place: "Dongqiao 7",
            title: "Ann's shed",
            text: "x",
            reporter: "resident-7731",
            urgency: .normal
        )
        story.tell(Story.at("10:00:00"), .raised(raised), of: "M-1", by: .gridWorker)
        let asked = FeedbackAsked(
            matter: "M-1",
            reporter: "resident-7731",
            answerBy: Story.at("20:00:00"),
            limit: .seconds(600)
        )
        story.tell(Story.at("11:00:00"), .feedbackAsked(asked), of: "M-1")
        #expect(try FeedbackBoard(story).rows().map(\.title.en) == ["Ann's shed"])
        answer("M-1", in: &story, solved: true)
        close("M-1", in: &story)
        story.erase("resident-7731", Story.at("12:40:00"))
        let appealed = Appealed(matter: "M-1", reason: "No.", decideBy: Story.at("18:00:00"), limit: .seconds(432_000))
        story.tell(Story.at("13:00:00"), .appealed(appealed), of: "M-1", by: .resident)
        #expect(try FeedbackBoard(story).rows().map(\.title.en) == [PersonalFields.erasedText])
    }

    @Test(arguments: BoardFoldTests.seeds)
    func `R14.3 counts that are kept event by event are those that all matters give`(seed: UInt64) throws {
        var board = BoardFold<FeedbackBoard>()
        var files: [MatterID: FeedbackFile] = [:]
        for fact in try Story.random(400, seed: seed).facts {
            board.fold(fact)
            guard case .matter(let event) = fact.event else { continue }
            files[event.matter, default: FeedbackFile()].fold(event, fact)
            let moment = BoardMoment(now: fact.origin.occurredAt)
            let figures = board.board.figures(at: moment)
            let open = files.values.filter { !$0.isClosed || $0.wait != nil }
            #expect(figures.sums.asked == open.count { if case .answer = $0.wait { true } else { false } })
            #expect(figures.sums.appeals == open.count { if case .review = $0.wait { true } else { false } })
            #expect(figures.sums.reopened == open.count { $0.wait == nil && $0.isReopened })
            for line in figures.lines {
                let late = open.count { $0.lead.party == line.party && $0.lead.due.map { $0 < moment.now } == true }
                #expect(line.overdueOpen == late, "seed \(seed) at \(fact.position)")
            }
        }
    }
}

extension FeedbackBoard {
    fileprivate func snapshotJSON() -> String {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        FeedbackBoard.write(rows(), figures(at: .evening), to: &writer)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
