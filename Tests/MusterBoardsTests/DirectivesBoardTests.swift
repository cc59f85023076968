import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import Testing

@Suite struct DirectivesBoardTests {
    private static let office = Addressee("heyan", "heyan-street")
    private static let dongqiao = Addressee("dongqiao")
    private static let xinwei = Addressee("xinwei-c")
    private static let grid = Addressee("dq-02")
    private static let text = "Each household is told."

    @Test func `each branch shows who acknowledged below it, the hops and the directive their sums`() throws {
        var story = Self.issued()
        story.acknowledge(Self.dongqiao)
        Self.relay(&story)
        story.receive(Self.grid, from: Self.dongqiao, hop: 2)
        story.acknowledge(Self.grid)

        let board = try DirectivesBoard(story)
        let rows = board.rows()

        #expect(rows.map(\.key).sorted() == ["D-1/dongqiao", "D-1/heyan/heyan-street"])
        let street = try #require(board.row("D-1/heyan/heyan-street"))
        #expect(street.below.addressees == 2)
        #expect(street.below.acknowledged == 1)
        #expect(street.below.acknowledgedPercent == 50)
        #expect(street.hop == 0)
        #expect(street.from == nil)
        let community = try #require(board.row("D-1/dongqiao"))
        #expect(community.below.acknowledgedPercent == 100)
        #expect(community.senderName.en == "Dongqiao")
        #expect(community.from == Self.office)
        let directive = try #require(board.figures(at: .evening).directives.first)
        #expect(directive.hops.map(\.hop) == [1, 2])
        #expect(directive.hops.map(\.tally.acknowledged) == [1, 1])
        #expect(directive.total.addressees == 3)
    }

    @Test func `who has not answered in time is overdue until it does`() throws {
        var story = Self.issued()
        story.tell(
            Story.at("20:00:00"),
            .ackOverdue(AckOverdue(directive: "D-1", addressee: Self.xinwei, version: 1, dueAt: Story.at("20:00:00"))),
            by: .system(in: "heyan")
        )
        #expect(try DirectivesBoard(story).rows().first?.below.overdue == 1)
        story.acknowledge(Self.xinwei)
        #expect(try DirectivesBoard(story).rows().first?.below.overdue == 0)
    }

    @Test func `the place where a cascade stopped stands on its branch until it goes on`() throws {
        var story = Self.issued()
        story.tell(
            Story.at("20:00:00"),
            .relayBroken(
                RelayBroken(directive: "D-1", addressee: Self.dongqiao, missing: ["dq-02"], dueAt: Story.at("20:00:00"))
            ),
            by: .system(in: "heyan")
        )
        var board = try DirectivesBoard(story)
        #expect(board.row("D-1/dongqiao")?.missing == ["dq-02"])
        #expect(board.row("D-1/dongqiao")?.missingNames.map(\.en) == ["DQ-02"])
        #expect(board.figures(at: .evening).directives.first?.stopped == 1)
        Self.relay(&story)
        board = try DirectivesBoard(story)
        #expect(board.row("D-1/dongqiao")?.missing == [])
        #expect(board.figures(at: .evening).directives.first?.stopped == 0)
    }

    @Test func `what levels add to the text is shown where they added it`() throws {
        var story = Self.issued()
        Self.relay(&story, note: "By Friday.")

        let board = try DirectivesBoard(story)

        #expect(board.row("D-1/dongqiao")?.notes == ["By Friday."])
        #expect(board.row("D-1/heyan/heyan-street")?.notes == [])
        #expect(board.figures(at: .evening).directives.first?.notes == 1)
    }

    @Test func `households count from the grids, where somebody has counted them`() throws {
        var story = Self.issued()
        Self.relay(&story)
        story.receive(Self.grid, from: Self.dongqiao, hop: 2)
        story.acknowledge(Self.grid)
        story.acknowledge(Self.grid, households: 140)

        let total = try #require(try DirectivesBoard(story).figures(at: .evening).directives.first?.total)

        #expect(total.households == 250)
        #expect(total.householdsReached == 140)
        let json = String(decoding: try DirectivesBoard(story).row("D-1/dongqiao")?.json() ?? [], as: UTF8.self)
        #expect(json.contains(#""householdsNotReached":110"#))
    }

    @Test func `an amendment opens every acknowledgement anew`() throws {
        var story = Self.issued()
        story.acknowledge(Self.dongqiao)
        let second = DirectiveVersion(version: 2, hash: TextHash(of: "Two."), bindsFrom: Story.at("18:30:00"))
        story.tell(
            Story.at("18:30:00"),
            .amended(
                DirectiveAmended(
                    directive: "D-1",
                    body: "Two.",
                    inForce: second,
                    effectiveFrom: Story.at("18:30:00"),
                    reason: "Better.",
                    ackBy: Story.at("20:30:00"),
                    limit: .seconds(7_200)
                )
            )
        )
        for addressee in [Self.dongqiao, Self.xinwei] {
            story.tell(
                Story.at("18:30:01"),
                .amended(
                    AmendmentReceived(
                        directive: "D-1",
                        addressee: addressee,
                        inForce: second,
                        ackBy: Story.at("20:30:00")
                    )
                ),
                by: .system(in: "heyan")
            )
        }
        let board = try DirectivesBoard(story)
        #expect(board.rows().first?.below.acknowledged == 0)
        #expect(board.figures(at: .evening).directives.first?.bindingVersion == 2)
        #expect(board.figures(at: BoardMoment(now: Story.at("18:29:59"))).directives.first?.bindingVersion == 1)
    }

    @Test func `a recall shows who has been told of it`() throws {
        var story = Self.issued()
        story.tell(
            Story.at("18:30:00"),
            .recalled(DirectiveRecalled(directive: "D-1", reason: "Wrong street.", at: Story.at("18:30:00")))
        )
        story.tell(
            Story.at("18:30:01"),
            .recalled(RecallReceived(directive: "D-1", addressee: Self.dongqiao, at: Story.at("18:30:00"))),
            by: .system(in: "heyan")
        )
        let row = try #require(try DirectivesBoard(story).rows().first)
        #expect(row.isEnded)
        #expect(row.below.toldOfEnd == 1)
        let directive = try #require(try DirectivesBoard(story).figures(at: .evening).directives.first)
        #expect(directive.recalledAt == Story.at("18:30:00"))
        #expect(directive.bindingVersion == nil)
    }

    @Test func `what ended stays until twenty others have ended after it`() throws {
        var story = Story.town()
        let all = (1...22).compactMap { DirectiveID(rawValue: "D-\($0)") }
        for directive in all { Self.issue(&story, directive, at: "18:00:00") }
        for directive in all.dropLast() {
            let recall = DirectiveRecalled(directive: directive, reason: "Over.", at: Story.at("18:30:00"))
            story.tell(Story.at("18:30:00"), .recalled(recall))
        }
        var fold = BoardFold<DirectivesBoard>()
        let changed = try story.facts.map { fold.fold($0) }
        #expect(changed.last?.sorted() == ["D-1/heyan/heyan-street", "D-21/heyan/heyan-street"])
        #expect(fold.board.row("D-1/heyan/heyan-street") == nil)
        #expect(fold.board.rows().count == 21)
        let directives = fold.board.figures(at: .evening).directives
        #expect(directives.map(\.directive) == all.dropFirst().reversed())
    }

    @Test func `directives that contradict each other name one another's ids`() throws {
        var story = Self.issued()
        Self.issue(&story, "D-2", at: "18:20:00")
        story.tell(
            Story.at("18:20:01"),
            .contradictionFound(ContradictionFound(directive: "D-2", with: "D-1", kind: .overlap)),
            by: .system(in: "heyan")
        )
        let directives = try DirectivesBoard(story).figures(at: .evening).directives
        #expect(directives.map(\.directive) == ["D-2", "D-1"])
        #expect(directives.map(\.contradictions) == [["D-1"], ["D-2"]])
    }

    @Test func `S4 a contradiction stands while both bind, and no longer`() throws {
        var story = Self.issued()
        Self.issue(&story, "D-2", at: "18:20:00", from: "18:30:00", until: "19:00:00")
        story.tell(
            Story.at("18:20:01"),
            .contradictionFound(ContradictionFound(directive: "D-2", with: "D-1", kind: .overlap)),
            by: .system(in: "heyan")
        )
        func contradicting(at clock: String) throws -> Int {
            try DirectivesBoard(story).figures(at: BoardMoment(now: Story.at(clock))).contradicting
        }
        #expect(try contradicting(at: "18:29:59") == 0, "one is to come")
        #expect(try contradicting(at: "18:30:00") == 2)
        #expect(try contradicting(at: "19:00:00") == 0, "one is over")
        let recall = DirectiveRecalled(directive: "D-1", reason: "Wrong street.", at: Story.at("18:40:00"))
        story.tell(Story.at("18:40:00"), .recalled(recall))
        #expect(try contradicting(at: "18:50:00") == 0, "one was recalled")
    }

    @Test func `S4 in force is what binds: neither what is to come, nor what is over by its date`() throws {
        var story = Story.town()
        Self.issue(&story, "D-1", at: "18:00:00", from: "18:30:00", until: "19:00:00")
        func inForce(at clock: String) throws -> Int {
            try DirectivesBoard(story).figures(at: BoardMoment(now: Story.at(clock))).inForce
        }
        #expect(try inForce(at: "18:29:59") == 0)
        #expect(try inForce(at: "18:30:00") == 1)
        #expect(try inForce(at: "19:00:00") == 0)
    }

    @Test func `S4 what is over by its date leaves as what was recalled does, unless it is prolonged`() throws {
        var story = Story.town()
        let all = (1...23).compactMap { DirectiveID(rawValue: "D-\($0)") }
        for directive in all.dropLast() { Self.issue(&story, directive, at: "18:00:00", until: "19:00:00") }
        Self.issue(&story, all[22], at: "19:30:00")
        var board = try DirectivesBoard(story)
        #expect(board.row("D-1/heyan/heyan-street") == nil)
        #expect(board.row("D-3/heyan/heyan-street")?.isEnded == true)
        #expect(board.rows().count == 21)
        let longer = DirectiveVersion(
            version: 2,
            hash: TextHash(of: "Two."),
            bindsFrom: Story.at("19:40:00"),
            effectiveTo: Story.at("22:00:00")
        )
        let amendment = DirectiveAmended(
            directive: "D-3",
            body: "Two.",
            inForce: longer,
            effectiveFrom: Story.at("19:40:00"),
            reason: "It goes on.",
            ackBy: Story.at("20:30:00"),
            limit: .seconds(7_200)
        )
        story.tell(Story.at("19:40:00"), .amended(amendment))
        board = try DirectivesBoard(story)
        #expect(board.row("D-3/heyan/heyan-street")?.isEnded == false)
    }

    @Test func `a copy for information is nobody's duty`() throws {
        var story = Story.town()
        Self.issue(&story, "D-1", at: "18:00:00", to: [Self.grid], copies: [Self.dongqiao])
        #expect(try DirectivesBoard(story).rows().first?.below.addressees == 1)
    }

    @Test func `the rows that a fold names as changed are those that differ`() throws {
        var story = Self.issued()
        story.acknowledge(Self.dongqiao)
        Self.relay(&story, note: "By Friday.")
        story.receive(Self.grid, from: Self.dongqiao, hop: 2)
        story.acknowledge(Self.grid)
        story.acknowledge(Self.grid, households: 140)
        var fold = BoardFold<DirectivesBoard>()
        for fact in try story.facts {
            let before = fold.board
            let changed = Set(fold.fold(fact))
            let keys = Set(before.rows().map(\.key)).union(fold.board.rows().map(\.key))
            let differing = keys.filter { before.row($0) != fold.board.row($0) }
            #expect(Set(differing).isSubset(of: changed), "\(fact.type)")
        }
    }

    @Test func `everything the board shows is JSON`() throws {
        var story = Self.issued()
        Self.relay(&story, note: "\"By\" Friday.\n")
        let board = try DirectivesBoard(story)
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        DirectivesBoard.write(board.rows(), board.figures(at: .evening), to: &writer)
        writer.endObject()
        let object = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any]
        #expect((object?["rows"] as? [Any])?.count == 2)
        #expect((object?["directives"] as? [Any])?.count == 1)
    }

    // MARK: - Pieces

    /// The street's directive for its communities; both have got it.
    private static func issued() -> Story {
        var story = Story.town()
        issue(&story, "D-1", at: "18:00:00")
        for addressee in [dongqiao, xinwei] { story.receive(addressee, from: office, hop: 1) }
        return story
    }

    private static func issue(
        _ story: inout Story,
        _ directive: DirectiveID,
        at clock: String,
        to audience: [Addressee] = [dongqiao, xinwei],
        copies: [Addressee] = [],
        from start: String? = nil,
        until end: String? = nil
    ) {
        let time = Story.at(clock)
        let from = start.map { Story.at($0) } ?? time
        story.tell(
            time,
            .issued(
                DirectiveIssued(
                    directive: directive,
                    subject: "returnee.isolation",
                    title: "Stay at home",
                    body: text,
                    hash: TextHash(of: text),
                    issuer: office,
                    audience: audience,
                    copies: copies,
                    downTo: .grid,
                    effectiveFrom: from,
                    bindsFrom: from,
                    effectiveTo: end.map { Story.at($0) },
                    ackBy: time + .seconds(7_200),
                    relayBy: time + .seconds(7_200),
                    limit: .seconds(7_200),
                    cascadeBy: time + .seconds(14_400)
                )
            )
        )
    }

    private static func relay(_ story: inout Story, note: String? = nil) {
        let time = Story.at("18:10:00")
        story.tell(
            time,
            .relayed(
                DirectiveRelayed(
                    directive: "D-1",
                    version: 1,
                    hash: TextHash(of: text),
                    from: dongqiao,
                    hop: 2,
                    to: [grid],
                    note: note,
                    ackBy: time + .seconds(7_200),
                    relayBy: time + .seconds(7_200),
                    limit: .seconds(7_200)
                )
            ),
            by: .communityHead
        )
    }
}

extension Story {
    fileprivate mutating func receive(_ addressee: Addressee, from: Addressee, hop: Int) {
        let version = DirectiveVersion(
            version: 1,
            hash: TextHash(of: "Each household is told."),
            bindsFrom: Story.at("18:00:00")
        )
        tell(
            Story.at("18:00:01"),
            .received(
                DirectiveReceived(
                    directive: "D-1",
                    addressee: addressee,
                    from: from,
                    issuer: Addressee("heyan", "heyan-street"),
                    hop: hop,
                    versions: [version],
                    ackBy: Story.at("20:00:00")
                )
            ),
            by: .system(in: "heyan")
        )
    }

    fileprivate mutating func acknowledge(_ addressee: Addressee, households: Int? = nil) {
        tell(
            Story.at("18:15:00"),
            .acknowledged(
                ReceiptAcknowledged(
                    directive: "D-1",
                    addressee: addressee,
                    version: 1,
                    households: households,
                    inScope: households == nil ? nil : 250,
                    manner: households == nil ? nil : .visit,
                    isLate: false
                )
            ),
            by: .gridWorker
        )
    }
}
