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
