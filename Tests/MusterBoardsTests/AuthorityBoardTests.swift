import EventSourcing
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct AuthorityBoardTests {
    private static let noon = Story.at("12:00:00")

    @Test func `what waits for approval stands first, then what holds, by its end`() throws {
        var story = Story.town()
        story.issue("limit", to: "20:00:00")
        story.issue("check", kind: .entryCheck, figure: 1, to: "19:00:00")
        story.propose("local", figure: 30)
        story.propose("wish", figure: 10, approveBy: "16:00:00")

        let rows = try AuthorityBoard(story).rows()

        #expect(rows.map(\.key) == ["wish", "local", "check", "limit"])
        #expect(rows[0].approveBy == Story.at("16:00:00"))
        #expect(rows[0].measure.parent == "limit")
        #expect(rows[3].measure.words.en == "Limit on gatherings, at most 50 people")
        #expect(rows[3].territoryName.en == "Heyan")
        #expect(rows[1].issuerName.en == "Dongqiao community")
    }

    @Test func `a repeal takes what rests on the measure with it, an expiry the measure alone`() throws {
        var story = Story.town()
        story.issue("limit", to: "20:00:00")
        story.propose("local", figure: 30)
        story.issue("check", kind: .entryCheck, figure: 1, to: "19:00:00")
        let repeal = MeasureRepealed(measure: "limit", at: Story.at("13:00:00"), reason: "Over.", locals: ["local"])
        story.tell(Story.at("13:00:00"), .measureRepealed(repeal))

        var fold = try BoardFold<AuthorityBoard>(story, first: story.events.count - 1)
        let changed = fold.fold(try #require(try story.facts.last))

        #expect(Set(changed) == ["limit", "local"])
        #expect(fold.board.row("local") == nil)
        #expect(fold.board.rows().map(\.key) == ["check"])
        let end = Story.at("19:00:00")
        story.tell(end, .measureExpired(MeasureExpired(measure: "check", endedAt: end)))
        #expect(try AuthorityBoard(story).rows().isEmpty)
    }

    @Test func `adopters are counted once each, challenges every time`() throws {
        var story = Story.town()
        story.issue("limit", to: "20:00:00")
        for territory in ["dongqiao", "dq-02"] as [TerritoryID] {
            let adopted = MeasureAdopted(
                measure: "limit",
                party: "xinwei",
                territory: territory,
                from: Self.noon,
                to: Story.at("20:00:00")
            )
            story.tell(Self.noon, .measureAdopted(adopted))
        }
        for challenge in ["C-1", "C-2"] as [ChallengeID] {
            let challenged = MeasureChallenged(
                challenge: challenge,
                measure: "limit",
                issuer: "heyan-street",
                text: "No."
            )
            story.tell(Self.noon, .measureChallenged(challenged))
        }

        let row = try #require(try AuthorityBoard(story).row("limit"))

        #expect(row.adopters == 1)
        #expect(row.challenges == 2)
    }

    @Test func `the list in force shows its lines, and where nobody has a duty`() throws {
        var story = Story.town()
        story.publish("2026-1", from: "09:00:00", territory: "dongqiao")
        story.publish("2026-2", from: "19:00:00", territory: "heyan")

        let now = try AuthorityBoard(story).figures(at: .evening)
        let later = try AuthorityBoard(story).figures(at: BoardMoment(now: Story.at("19:00:00")))

        #expect(now.list?.version == "2026-1")
        #expect(now.list?.lines.first?.responsible.words.en == "Fire")
        #expect(now.list?.lines.first?.supporting.map(\.party) == ["xinwei"])
        #expect(now.uncovered.map(\.communities) == [["xinwei-c"]])
        #expect(now.remarks[2].lines.first?.note?.en == "Xinwei")
        #expect(later.list?.version == "2026-2")
        #expect(later.uncovered.isEmpty)
    }

    @Test func `add-ons are kept with what was wanted and what is allowed, the latest first`() throws {
        var story = Story.town()
        story.issue("limit", to: "20:00:00")
        for (measure, figure) in [("a", 10), ("b", 5)] as [(MeasureID, Int)] {
            story.propose(measure, figure: figure, approveBy: "16:00:00")
            let found = EscalationOfMeasureDetected(
                measure: measure,
                parent: "limit",
                party: "dongqiao",
                kind: .gatheringLimit,
                territory: "dongqiao",
                figure: figure,
                strictest: 20
            )
            story.tell(Self.noon, .escalationDetected(found))
        }

        let figures = try AuthorityBoard(story).figures(at: .evening)

        #expect(figures.addOns.map(\.measure) == ["b", "a"])
        #expect(figures.remarks.first?.lines.first?.words.en == "Dongqiao community: at most 5 people")
        var writer = JSONWriter()
        writer.beginObject()
        figures.write(since: nil, to: &writer)
        writer.endObject()
        let json = String(decoding: writer.bytes, as: UTF8.self)
        #expect(json.contains(#""allowed":{"en":"at most 20 people""#))
        #expect(json.contains(#""wanted":{"en":"at most 5 people""#))
    }

    @Test func `a measure of the street stands under each community that it binds, beside that community's own`() throws
    {
        var story = Story.town()
        story.issue("limit", to: "20:00:00")
        story.propose("local", figure: 30)
        let figures = try AuthorityBoard(story).figures(at: .evening)
        #expect(figures.grounds.map(\.grounds) == [["dongqiao"], ["xinwei-c"]])
        #expect(figures.grounds.map { $0.measures.map(\.id) } == [["local", "limit"], ["limit"]])
        let remark = try #require(figures.remarks.first { $0.words.en == "In force in Xinwei" })
        let line = try #require(remark.lines.first)
        #expect(line.words.en == "Limit on gatherings, at most 50 people, until")
        #expect(line.note?.en == "Article 5" && line.time == Story.at("20:00:00"))
        let later = try AuthorityBoard(story).figures(at: BoardMoment(now: Story.at("19:00:00")))
        #expect(later.grounds.map(\.grounds) == [["dongqiao", "xinwei-c"]], "the local one is over")
        let over = try AuthorityBoard(story).figures(at: BoardMoment(now: Story.at("20:00:00")))
        #expect(over.grounds.isEmpty)
    }

    @Test func `the list in force is a matrix of duties and parties`() throws {
        var story = Story.town()
        #expect(try AuthorityBoard(story).figures(at: .evening).matrix == nil)
        story.publish("2026-1", from: "09:00:00", territory: "heyan")
        let matrix = try #require(try AuthorityBoard(story).figures(at: .evening).matrix)
        #expect(matrix.words.en == "Responsibility list 2026-1")
        #expect(matrix.columns.map(\.en) == ["Fire", "Xinwei Property"])
        #expect(matrix.rows.map(\.words.en) == ["Keep passages clear"])
        #expect(matrix.rows.first?.marks == [.lead, .support])
        #expect(matrix.rest == nil)
    }

    @Test func `R1.6 whoever serves two parties is one pair of hands`() throws {
        var story = Story.town()
        for (person, end) in [("head-dq", nil), ("officer", Story.at("18:00:00"))] as [(PersonID, Timestamp?)] {
            let post = PersonAppointed(
                person: person,
                role: .departmentOfficer,
                party: "police",
                territory: "heyan",
                from: Self.noon,
                to: end
            )
            story.tell(Self.noon, .personAppointed(post))
        }
        let board = try AuthorityBoard(story)
        let before = board.figures(at: BoardMoment(now: Story.at("17:59:59"))).capacity
        #expect(before.heads == 2)
        #expect(before.lines.map(\.party) == ["dongqiao", "police"])
        #expect(before.lines.map(\.heads) == [1, 2])
        #expect(before.lines.map(\.shared) == [1, 1])
        let after = board.figures(at: .evening).capacity
        #expect(after.heads == 1 && after.lines.map(\.heads) == [1, 1])
    }

    @Test func `who holds two posts at once is shown until one ends`() throws {
        var story = Story.town()
        let second = PersonAppointed(
            person: "head-dq",
            role: .departmentOfficer,
            party: "police",
            territory: "heyan",
            from: Self.noon
        )
        story.tell(Self.noon, .personAppointed(second))
        let hats = try AuthorityBoard(story).figures(at: .evening).multiHatted
        #expect(hats.map(\.person) == ["head-dq"])
        #expect(hats.first?.posts.map(\.party) == ["dongqiao", "police"])
        let end = AppointmentEnded(
            person: "head-dq",
            role: .departmentOfficer,
            party: "police",
            territory: "heyan",
            at: Story.at("18:00:00")
        )
        story.tell(Story.at("18:00:00"), .appointmentEnded(end))
        #expect(try AuthorityBoard(story).figures(at: .evening).multiHatted.isEmpty)
    }

    @Test func `what was taken into use is shown until it is given back, and is late after its time`() throws {
        var story = Story.town()
        let taken = AssetRequisitioned(
            asset: "bus-1",
            what: "minibus",
            owner: "xinwei",
            territory: "heyan",
            legalBasis: "Article 12",
            from: Self.noon,
            to: Story.at("16:00:00")
        )
        story.tell(Self.noon, .assetRequisitioned(taken))
        let before = try AuthorityBoard(story).figures(at: BoardMoment(now: Story.at("15:00:00")))
        #expect(before.assets.map(\.isLate) == [false])
        let after = try AuthorityBoard(story).figures(at: .evening)
        #expect(after.assets.map(\.isLate) == [true])
        #expect(after.counts[1].count == 1)
        let returned = AssetReturned(
            asset: "bus-1",
            owner: "xinwei",
            condition: .intact,
            at: Story.at("17:00:00"),
            isLate: true
        )
        story.tell(Story.at("17:00:00"), .assetReturned(returned))
        #expect(try AuthorityBoard(story).figures(at: .evening).assets.isEmpty)
    }

    @Test func `figures that did not change are not written again`() throws {
        var story = Story.town()
        story.publish("2026-1", from: "09:00:00", territory: "heyan")
        let figures = try AuthorityBoard(story).figures(at: .evening)
        var writer = JSONWriter()
        writer.beginObject()
        figures.write(since: figures, to: &writer)
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "{}")
    }
}

extension Story {
    fileprivate mutating func issue(
        _ measure: MeasureID,
        kind: MeasureKind = .gatheringLimit,
        figure: Int = 50,
        to end: String
    ) {
        let issued = MeasureIssued(
            measure: measure,
            kind: kind,
            territory: "heyan",
            legalBasis: "Article 5",
            from: Self.at("12:00:00"),
            to: Self.at(end),
            figure: figure
        )
        tell(Self.at("12:00:00"), .measureIssued(issued))
    }

    fileprivate mutating func propose(_ measure: MeasureID, figure: Int, approveBy: String? = nil) {
        let proposed = LocalMeasureProposed(
            measure: measure,
            parent: "limit",
            kind: .gatheringLimit,
            territory: "dongqiao",
            legalBasis: "Article 5",
            from: Self.at("12:00:00"),
            to: Self.at("18:50:00"),
            figure: figure,
            reason: "So.",
            approver: approveBy.map { _ in "heyan-street" },
            approveBy: approveBy.map { Self.at($0) },
            limit: approveBy.map { _ in .seconds(14_400) }
        )
        tell(Self.at("12:00:00"), .localMeasureProposed(proposed), by: .communityHead)
    }

    fileprivate mutating func publish(_ version: String, from time: String, territory: TerritoryID) {
        let line = ResponsibilityEntry(
            duty: "passage.clear",
            nameEN: "Keep passages clear",
            nameZH: "保持通道畅通",
            territory: territory,
            responsible: "fire",
            supporting: ["xinwei"]
        )
        let list = ResponsibilityListPublished(version: version, effectiveFrom: Self.at(time), entries: [line])
        tell(Self.at("08:00:00"), .responsibilityListPublished(list))
    }
}
