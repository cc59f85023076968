import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct IncidentsBoardTests {
    @Test func `a suspicion is a row without lanes, with the time to its verification`() throws {
        let board = try IncidentsBoard(Self.story(activated: false))

        let row = try #require(board.row("I-1"))
        #expect(row.status == .suspected)
        #expect(row.lanes.isEmpty)
        #expect(row.clocks.map(\.clock) == [.verification])
        #expect(row.territoryName.en == "DQ-02")
    }

    @Test func `an activated incident shows its groups side by side, and who has not stood up`() throws {
        var story = Self.story()
        story.tell(
            Story.at("18:20:00"),
            .groupStoodUp(GroupStoodUp(incident: "I-1", group: "shut-off", party: "gas", isLate: false))
        )

        let board = try IncidentsBoard(story)

        let row = try #require(board.rows().first)
        #expect(row.lanes.map(\.state) == [.standing, .missing])
        #expect(row.lanes.map(\.partyName?.en) == ["Gas & power", nil])
        #expect(row.lanes.map(\.upBy) == [nil, Story.at("18:25:00")])
        #expect(row.lanes[0].steps.map(\.waitsFor) == [[], ["valve"], ["report"]])
        #expect(row.clocks.map(\.clock) == [.groupUp("cordon"), .step("valve"), .summary])
        let called = [row.lanes[1].name.en, row.lanes[0].steps[0].name.en]
        #expect(row.clocks.map { $0.name?.en } == called + [nil])
        #expect(row.sitesUncovered == ["stairs", "cellar"])
        let figures = board.figures(at: .evening)
        #expect(figures.open == 1)
        #expect(figures.groupsMissing == 1)
        #expect(figures.overdue == 2)
        #expect(figures.sitesUncovered == 2)
    }

    @Test func `the soonest deadline stands first, and one that passed is marked`() throws {
        var story = Self.story()
        story.tell(
            Story.at("18:40:00"),
            .deadlineMissed(
                IncidentDeadlineMissed(incident: "I-1", clock: .step, name: "valve", dueBy: Story.at("18:40:00"))
            )
        )

        let row = try #require(try IncidentsBoard(story).rows().first)

        #expect(row.order.due == Story.at("18:25:00"))
        #expect(row.lanes[0].steps[0].isMissed)
        #expect(!row.lanes[0].steps[1].isMissed)
    }

    @Test func `the follow-up lists its steps, its re-checks and the sites that wait for one`() throws {
        var story = Self.story()
        Self.workThrough(&story)

        let row = try #require(try IncidentsBoard(story).rows().first)

        #expect(row.status == .followUp)
        #expect(row.sitesUncovered.isEmpty)
        #expect(row.followUp.map(\.step) == ["mend"])
        #expect(row.rechecks.map(\.isPassed) == [false])
        #expect(row.sitesToRecheck == ["stairs", "cellar"])
    }

    @Test func `an incident that is over leaves the board, and comes back when it is reopened`() throws {
        var story = Self.story()
        Self.workThrough(&story)
        let time = Story.at("21:30:00")
        story.tell(
            time,
            .recheckPassed(RecheckPassed(incident: "I-1", recheck: "measure", party: "gas", isLate: false))
        )
        story.tell(time, .closed(IncidentClosed(incident: "I-1")))
        var fold = BoardFold<IncidentsBoard>()
        var keys: [String] = []
        for fact in try story.facts { keys = fold.fold(fact) }
        #expect(keys == ["I-1"])
        #expect(fold.board.rows().isEmpty)

        story.tell(
            time,
            .reopened(
                IncidentReopened(
                    incident: "I-1",
                    round: 2,
                    reason: "It smells again.",
                    groupsUpBy: time + .seconds(900),
                    groupsUpLimit: .seconds(900),
                    summaryBy: time + .seconds(3_600),
                    summaryLimit: .seconds(3_600)
                )
            )
        )

        let row = try #require(try IncidentsBoard(story).rows().first)
        #expect(row.round == 2)
        #expect(row.lanes.map(\.state) == [.missing, .missing])
    }

    @Test func `a ruled-out suspicion leaves the board`() throws {
        var story = Self.story(activated: false)
        story.tell(
            Story.at("18:11:00"),
            .caseRuledOut(CaseRuledOut(incident: "I-1", party: "gas", text: "Paint.", isLate: false))
        )

        #expect(try IncidentsBoard(story).rows().isEmpty)
    }

    @Test func `the keys that a fold returns are enough to keep the incidents board`() throws {
        var story = Self.story()
        Self.workThrough(&story)
        var fold = BoardFold<IncidentsBoard>()
        var kept: [String: IncidentRow] = [:]
        for fact in try story.facts {
            for key in fold.fold(fact) { kept[key] = fold.board.row(key) }
            try #require(kept.values.sorted { $0.order < $1.order } == fold.board.rows())
        }
    }

    @Test func `a row is one JSON object, and says nothing of places or persons`() throws {
        let row = try #require(try IncidentsBoard(Self.story()).rows().first)

        let text = String(decoding: row.json(), as: UTF8.self)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(row.json())) as? [String: Any])

        #expect((object["lanes"] as? [[String: Any]])?.count == 2)
        #expect(object["status"] as? String == "first-disposal")
        #expect(!text.contains("Dongqiao 3"))
        #expect(!text.contains("resident-7731"))
    }

    /// A gas leak is suspected at ten past six, and its playbook is activated at the same time.
    private static func story(activated: Bool = true) -> Story {
        var story = Story.town()
        let time = Story.at("18:10:00")
        story.tell(
            time,
            .caseSuspected(
                CaseSuspected(
                    incident: "I-1",
                    kind: "gas-leak",
                    person: "resident-7731",
                    day: CaseDay(rawValue: "2026-11-21")!,
                    territory: "dq-02",
                    sites: ["stairs", "cellar"],
                    places: ["Dongqiao 3", "Dongqiao 3, below"],
                    text: "It smells.",
                    verifyBy: time + .seconds(1_200),
                    limit: .seconds(1_200)
                )
            )
        )
        guard activated else { return story }
        story.tell(time, .caseVerified(CaseVerified(incident: "I-1", party: "gas", text: "20 %.", isLate: false)))
        story.tell(time, .declared(IncidentDeclared(incident: "I-1", level: .iii, basis: "A leak.")))
        story.tell(
            time,
            .playbookActivated(
                PlaybookActivated(
                    incident: "I-1",
                    playbook: playbook,
                    groupsUpBy: time + .seconds(900),
                    groupsUpLimit: .seconds(900),
                    summaryBy: time + .seconds(14_400),
                    summaryLimit: .seconds(14_400),
                    deadlines: [StepDeadline(step: "valve", dueBy: time + .seconds(1_800), limit: .seconds(1_800))]
                )
            )
        )
        return story
    }

    /// From the first group to the open follow-up.
    private static func workThrough(_ story: inout Story) {
        let time = Story.at("18:20:00")
        for group in ["shut-off", "cordon"] as [GroupID] {
            story.tell(time, .groupStoodUp(GroupStoodUp(incident: "I-1", group: group, party: "gas", isLate: false)))
        }
        for step in ["valve", "report", "line"] as [StepID] {
            let group: GroupID = step == "line" ? "cordon" : "shut-off"
            story.tell(
                time,
                .stepCompleted(
                    StepCompleted(
                        incident: "I-1",
                        group: group,
                        step: step,
                        party: "gas",
                        sites: step == "valve" ? ["stairs", "cellar"] : [],
                        isLate: false
                    )
                )
            )
        }
        story.tell(
            time,
            .firstDisposalSummarised(
                FirstDisposalSummarised(incident: "I-1", party: "heyan-street", text: "Shut.", isLate: false)
            )
        )
        story.tell(
            time,
            .followUpOpened(
                FollowUpOpened(
                    incident: "I-1",
                    rechecks: [
                        RecheckDeadline(
                            recheck: "measure",
                            notBefore: time + .seconds(7_200),
                            dueBy: time + .seconds(10_800),
                            limit: .seconds(3_600)
                        )
                    ]
                )
            )
        )
    }

    private static let playbook = Playbook(
        playbook: "gas-leak",
        version: 1,
        kind: "gas-leak",
        nameEN: "Gas leak",
        nameZH: "燃气泄漏",
        groupsUpWithin: .seconds(900),
        summaryWithin: .seconds(14_400),
        groups: [
            PlaybookGroup(
                group: "shut-off",
                nameEN: "Shut-off",
                nameZH: "关阀组",
                partyKind: .department,
                steps: [
                    PlaybookStep(
                        step: "valve",
                        nameEN: "Close the valve",
                        nameZH: "关阀",
                        within: .seconds(1_800),
                        coversSites: true
                    ),
                    PlaybookStep(step: "report", nameEN: "Report", nameZH: "报告", needs: ["valve"], isReport: true),
                    PlaybookStep(
                        step: "mend",
                        nameEN: "Mend",
                        nameZH: "修复",
                        phase: .followUp,
                        needs: ["report"]
                    ),
                ]
            ),
            PlaybookGroup(
                group: "cordon",
                nameEN: "Cordon",
                nameZH: "警戒组",
                partyKind: .property,
                steps: [PlaybookStep(step: "line", nameEN: "Close off", nameZH: "警戒", isReport: true)]
            ),
        ],
        rechecks: [
            PlaybookRecheck(
                recheck: "measure",
                nameEN: "Measure",
                nameZH: "复测",
                after: .seconds(7_200),
                within: .seconds(3_600),
                coversSites: true
            )
        ]
    )
}
