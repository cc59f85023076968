import EventSourcing
import MusterDomain
import MusterTesting
import Testing

@testable import MusterBoards

/// A board is made anew beside the one that people read; they notice nothing until it takes its place, all at once.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct BoardRebuildTests {
    /// Stores a story's boards, as a projector leaves them.
    private func store(_ story: Story, in tables: BoardTables) async throws -> LiveBoards {
        let boards = LiveBoards(telling: story)
        try await tables.withProjector(of: boards) { try await tables.waitForPosition(boards.position) }
        return boards
    }

    private static let tampering = """
        update board_generation_rows
        set row = regexp_replace(row::text, '"title":"[^"]*"', '"title":"Nothing"')::json
        where board = 'operations'
          and key = 'W-0412/fire'
        """

    @Test func `rows that are the fold are proven so and replaced by the same`() async throws {
        try await withTables { tables in
            let story = Story.random(300, seed: 5)
            let boards = try await store(story, in: tables)

            let report = try await tables.rebuild(Telling(story)).run("operations")

            #expect(report.isLive)
            #expect(report.position == boards.position)
            let parity = try #require(report.parity)
            #expect(parity.isEqual)
            #expect(parity.storedDigest == parity.madeDigest)
            #expect(parity.storedCount == boards.operations.snapshot().rows.count)
            try await tables.expectRows(of: boards)
            #expect(try await tables.stored("operations").position == boards.position)
            #expect(try await tables.generations("operations") == [1, 2])
        }
    }

    @Test func `a board that was never stored is made up to the end of the log`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()

            let report = try await tables.rebuild(Telling(story)).run("whistles")

            #expect(report.isLive)
            #expect(report.parity == nil)
            let expected = try WhistlesBoard(story).rows().map { BoardChange.Row($0) }
            let stored = try await tables.stored("whistles")
            #expect(stored.rows == expected)
            #expect(stored.position == Position(Int64(story.events.count)))
        }
    }

    @Test func `a row that is not what the events give is named, and people go on reading it`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            _ = try await store(story, in: tables)
            try await tables.run(Self.tampering)
            let before = try await tables.stored("operations")

            let report = try await tables.rebuild(Telling(story)).run("operations")

            #expect(!report.isLive)
            #expect(report.parity?.differences == [.init(key: "W-0412/fire", kind: .members(["title"]))])
            #expect(report.parity?.storedDigest != report.parity?.madeDigest)
            #expect(try await tables.stored("operations").rows == before.rows)
            #expect(try await tables.generations("operations") == [1])
            #expect(try await tables.generationsWithRows("operations") == [1])
        }
    }

    @Test func `differences that were accepted are put right`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            try await tables.run(Self.tampering)

            let report = try await tables.rebuild(Telling(story), .replace).run("operations")

            #expect(report.isLive)
            #expect(report.parity?.differences.count == 1)
            try await tables.expectRows(of: boards)
        }
    }

    @Test func `a comparison alone says what differs and changes nothing, equal or not`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            _ = try await store(story, in: tables)
            let check = tables.rebuild(Telling(story), .compare)

            let equal = try await check.run("operations")
            #expect(equal.isEqual)
            #expect(!equal.isLive)
            try await tables.run(Self.tampering)
            let different = try await check.run("operations")

            #expect(different.parity?.differences.map(\.key) == ["W-0412/fire"])
            #expect(!different.isLive)
            #expect(try await tables.generations("operations") == [1])
        }
    }

    @Test func `going back shows the earlier rows at once, and back again the new ones`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            try await tables.run(Self.tampering)
            let earlier = try await tables.stored("operations").rows
            let rebuild = tables.rebuild(Telling(story), .replace)
            _ = try await rebuild.run("operations")

            let back = try await rebuild.goBack("operations")
            #expect(back.position == boards.position)
            #expect(try await tables.stored("operations").rows == earlier)
            _ = try await rebuild.goBack("operations")
            try await tables.expectRows(of: boards)
        }
    }

    @Test func `there is nothing to go back to before a rebuild`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            _ = try await store(story, in: tables)

            await #expect(throws: RebuildError.nothingToGoBackTo(board: "operations")) {
                try await tables.rebuild(Telling(story)).goBack("operations")
            }
        }
    }

    @Test func `what people went back to is written by its own version alone`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            _ = try await store(story, in: tables)
            let rebuild = tables.rebuild(Telling(story))
            _ = try await rebuild.run("operations")
            _ = try await rebuild.goBack("operations")

            let newer = tables.table(holder: "newer", lease: .seconds(60), version: BoardTables.version + 1)
            #expect(try await newer.acquire() == nil)
            let same = tables.table(holder: "same", lease: .seconds(60), version: BoardTables.version)
            #expect(try await same.acquire()?.generation == 1)
        }
    }

    @Test func `rows of a newer version are not replaced`() async throws {
        try await withTables { tables in
            let newer = tables.table(holder: "newer", lease: .zero, version: BoardTables.version + 1)
            let lease = try #require(try await newer.acquire())
            #expect(try await newer.write(.init(), parked: 0, at: Position(3), under: lease))

            let (live, ours) = (OperationsBoard.version + 1, OperationsBoard.version)
            await #expect(throws: RebuildError.newerIsLive(board: "operations", live: live, ours: ours)) {
                try await tables.rebuild(Telling(Story.blockedLane())).run("operations")
            }
        }
    }

    @Test func `a board that does not exist is refused with the names of those that do`() async throws {
        try await withTables { tables in
            await #expect(throws: RebuildError.noSuchBoard("nothing")) {
                try await tables.rebuild(Telling(Story.town())).run("nothing")
            }
            #expect("\(RebuildError.noSuchBoard("nothing"))".contains("operations, whistles"))
        }
    }

    @Test func `rows that claim more than the log holds are not of this log`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            let short = Telling(story.events.prefix(10))

            let error = RebuildError.logTooShort(board: "operations", stored: boards.position, tail: Position(10))
            await #expect(throws: error) { try await tables.rebuild(short).run("operations") }
            #expect(try await tables.generations("operations") == [1])
        }
    }

    // MARK: - Two at a time, and one that falls silent

    @Test func `of two rebuilds the second is told who makes the first`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            _ = try await store(story, in: tables)
            let first = tables.rebuild(Telling(story), as: "first").generations(of: OperationsBoard.self)
            _ = try #require(try await first.beginning())

            let second = tables.rebuild(Telling(story), as: "second", lease: .milliseconds(40))
            await #expect(throws: RebuildError.underway(board: "operations", holder: "first")) {
                try await second.run("operations")
            }
        }
    }

    @Test func `a rebuild that was silent for too long changes nothing any more`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            let silent = tables.rebuild(Telling(story), as: "silent", lease: .zero)
                .generations(of: OperationsBoard.self)
            let lease = try #require(try await silent.beginning())
            _ = try await tables.rebuild(Telling(story), as: "other").run("operations")
            let row = BoardChange.Row(key: "k", order: "0", json: Array("{}".utf8))

            let isWritten = try await silent.table.write(
                .init(rows: ["k": row]),
                parked: 0,
                at: boards.position,
                under: lease
            )
            #expect(!isWritten)
            #expect(try await !silent.renew(lease))
            await #expect(throws: RebuildError.leaseLost(board: "operations")) {
                try await silent.makeLive(lease) { _ in .makeLive(.init(), parked: 0, at: boards.position) }
            }
            try await silent.abandon(lease)
            try await tables.expectRows(of: boards)
        }
    }

    @Test func `what a killed rebuild has left is removed by the next`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            let killed = tables.rebuild(Telling(story), as: "killed", lease: .zero)
                .generations(of: OperationsBoard.self)
            let lease = try #require(try await killed.beginning())
            let row = BoardChange.Row(key: "half", order: "0", json: Array("{}".utf8))
            #expect(
                try await killed.table.write(.init(rows: ["half": row]), parked: 0, at: Position(1), under: lease)
            )

            _ = try await tables.rebuild(Telling(story)).run("operations")

            #expect(try await tables.generations("operations") == [1, 3])
            #expect(try await tables.generationsWithRows("operations") == [1, 3])
            try await tables.expectRows(of: boards)
        }
    }

    @Test func `who is killed between taking over and cleaning up has done his work`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            _ = try await tables.rebuild(Telling(story)).run("operations")
            let killed = tables.rebuild(Telling(story), as: "killed", lease: .zero)
                .generations(of: OperationsBoard.self)
            let lease = try #require(try await killed.beginning())
            let rows = boards.operations.encodedRows().rows
            #expect(
                try await killed.makeLive(lease) { _ in
                    let whole = BoardRowsTable.Difference(
                        rows: Dictionary(rows.map { ($0.key, $0) }) { first, _ in first }
                    )
                    return .makeLive(whole, parked: 0, at: boards.position)
                }
            )

            try await tables.expectRows(of: boards)
            #expect(try await tables.generations("operations") == [1, 2, 3])
            let writer = tables.table(holder: "writer", lease: .seconds(60))
            #expect(try await writer.acquire()?.generation == 3)
            _ = try await tables.rebuild(Telling(story)).run("operations")
            #expect(try await tables.generations("operations") == [3, 4])
        }
    }

    @Test func `a rebuild that is interrupted leaves nothing behind`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = try await store(story, in: tables)
            let (reached, reach) = AsyncStream.makeStream(of: Void.self)
            let told = Telling(story)
            let rebuild = BoardRebuild(
                pool: tables.pool,
                holder: "interrupted",
                tail: { told.tail },
                events: { _, _ in
                    reach.yield()
                    try await Task.sleep(for: .seconds(3_600))
                    return []
                }
            )
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await rebuild.run("operations") }
                _ = await reached.first { _ in true }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.next() }
            }

            #expect(try await tables.generations("operations") == [1])
            try await tables.expectRows(of: boards)
        }
    }

    // MARK: - Under load

    @Test(arguments: [1, 2] as [UInt64])
    func `under load every reader sees the fold of its position, before, during and after`(seed: UInt64) async throws {
        try await withTables { tables in
            let story = Story.random(600, seed: seed)
            let boards = LiveBoards(telling: Story.town())
            let told = Telling(Story.town())
            let done = Flag()
            try await tables.withProjector(of: boards) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for event in story.events where event.position > boards.position {
                            told.tell(event)
                            boards.take([event], goal: .origin)
                            if event.position.rawValue.isMultiple(of: 5) { await Task.yield() }
                        }
                        try await tables.waitForPosition(boards.position)
                        done.raise()
                    }
                    group.addTask {
                        var isRebuilt = false
                        while !done.isRaised || !isRebuilt {
                            let report = try await tables.rebuild(told, .replace).run("operations")
                            #expect(report.parity?.isEqual ?? true, "seed \(seed) at \(report.position)")
                            isRebuilt = isRebuilt || report.isLive
                        }
                    }
                    group.addTask {
                        var last = Position.origin
                        while !done.isRaised {
                            let stored = try await tables.stored("operations")
                            #expect(stored.position >= last, "seed \(seed): readers never go back")
                            last = stored.position
                            guard last > .origin else { continue }
                            let fold = try BoardFold<OperationsBoard>(story, first: Int(last.rawValue))
                            let isFold = stored.rows == fold.board.rows().map { BoardChange.Row($0) }
                            #expect(isFold, "seed \(seed) at \(last)")
                        }
                    }
                    try await group.waitForAll()
                }
                try await tables.waitForPosition(boards.position)
            }

            try await tables.expectRows(of: boards)
            #expect(try await tables.generations("operations").count == 2)
        }
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `connections killed at any step leave readers with the fold of their position`(seed: UInt64) async throws {
        try await withTables { tables in
            let story = Story.random(200, seed: seed)
            let boards = try await store(story, in: tables)
            let expected = boards.operations.encodedRows().rows
            let done = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var generator = SeededGenerator(seed: seed)
                    for _ in 0..<12 {
                        try await tables.killWriters()
                        for _ in 0..<Int.random(in: 0...40, using: &generator) { await Task.yield() }
                        #expect(try await tables.stored("operations").rows == expected, "seed \(seed)")
                    }
                    done.raise()
                }
                group.addTask {
                    while true {
                        let isLast = done.isRaised
                        do {
                            let rebuild = tables.rebuild(Telling(story), lease: .milliseconds(20))
                            let report = try await rebuild.run("operations")
                            #expect(report.parity?.isEqual == true, "seed \(seed)")
                            if isLast { return }
                        } catch {
                            // A connection of ours was killed; what matters is what readers see.
                        }
                    }
                }
                try await group.waitForAll()
            }

            #expect(try await tables.stored("operations").rows == expected)
            #expect(try await tables.generations("operations").count == 2)
        }
    }

    @Test func `events that cannot be read are parked with the new rows too`() async throws {
        try await withTables { tables in
            var story = Story.blockedLane()
            story.garble(Story.at("18:32:00"), of: "W-0412")
            story.raise("M-7", Story.at("18:33:00"))
            let boards = try await store(story, in: tables)

            let report = try await tables.rebuild(Telling(story)).run("operations")

            #expect(report.parked == 1)
            #expect(report.storedParked == 1)
            #expect(try await tables.parked("operations").count == 1)
            #expect(try await tables.parked("operations").events == boards.parked.first)
        }
    }
}
