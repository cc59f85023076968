import EventSourcing
import Foundation
import Logging
import MusterDomain
import MusterTesting
import Synchronization
import Testing

@testable import MusterBoards

@Suite(.timeLimit(.minutes(20))) struct LiveBoardsTests {
    @Test func `a watcher without a position begins with the whole board`() async throws {
        let boards = LiveBoards(telling: Story.blockedLane())
        var changes = boards.operations.changes(after: nil).makeAsyncIterator()

        let first = try #require(await changes.next())

        #expect(first == .reset(boards.operations.encodedSnapshot()))
    }

    @Test func `a watcher that comes back receives what it missed, each change once`() async throws {
        var story = Story.blockedLane()
        let boards = LiveBoards(telling: story)
        let seen = boards.position
        var changes = boards.operations.changes(after: seen).makeAsyncIterator()
        story.arrive("W-0412", Story.at("18:33:00"), "fire", isLate: true)
        boards.takeRest(of: story)
        // Somebody else looks, which makes it a change.
        let between = boards.operations.encodedSnapshot()
        story.complete("W-0412", Story.at("18:34:00"), "fire")
        boards.takeRest(of: story)

        let first = try #require(await changes.next())
        let second = try #require(await changes.next())

        #expect([first.position, second.position] == [between.position, between.position.advanced(by: 1)])
        #expect(first.position == seen.advanced(by: 1))
        #expect(changes.nextIfAvailable() == nil)
        guard case .change(let change) = first else { return #expect(Bool(false), "no change: \(first)") }
        #expect(change.rows.map(\.key) == ["W-0412/fire"])
    }

    @Test func `what was folded while nobody looked is one change`() async throws {
        var story = Story.blockedLane()
        let boards = LiveBoards(telling: story)
        let seen = boards.position
        story.arrive("W-0412", Story.at("18:33:00"), "fire", isLate: true)
        boards.takeRest(of: story)
        story.complete("W-0412", Story.at("18:34:00"), "fire")
        boards.takeRest(of: story)

        var changes = boards.operations.changes(after: seen).makeAsyncIterator()
        let update = try #require(await changes.next())

        #expect(update.position == seen.advanced(by: 2))
        #expect(changes.nextIfAvailable() == nil)
        guard case .change(let change) = update else { return #expect(Bool(false), "no change: \(update)") }
        let row = try #require(boards.operations.row("W-0412/fire"))
        #expect(change.rows.map(\.json) == [row.json()])
    }

    @Test func `a watcher that saw half of a change, told by another process, begins again`() async throws {
        var story = Story.blockedLane()
        let boards = LiveBoards(telling: story)
        let seen = boards.position
        story.arrive("W-0412", Story.at("18:33:00"), "fire", isLate: true)
        boards.takeRest(of: story)
        story.complete("W-0412", Story.at("18:34:00"), "fire")
        boards.takeRest(of: story)

        var changes = boards.operations.changes(after: seen.advanced(by: 1)).makeAsyncIterator()

        #expect(await changes.next() == .reset(boards.operations.encodedSnapshot()))
    }

    @Test func `a watcher that was away too long begins again`() async throws {
        var configuration = LiveBoards.Configuration()
        configuration.ringChanges = 2
        var story = Story.blockedLane()
        let boards = LiveBoards(telling: story, configuration: configuration)
        let seen = boards.position
        for second in 1...5 {
            story.raise("M-1", Story.at("18:35:0\(second)"))
            boards.takeRest(of: story)
            _ = boards.operations.encodedSnapshot()
        }

        var changes = boards.operations.changes(after: seen).makeAsyncIterator()

        #expect(await changes.next() == .reset(boards.operations.encodedSnapshot()))
    }

    @Test func `a watcher that is ahead of this process begins again`() async throws {
        let boards = LiveBoards(telling: Story.blockedLane())
        var changes = boards.operations.changes(after: Position(1_000_000)).makeAsyncIterator()

        #expect(await changes.next() == .reset(boards.operations.encodedSnapshot()))
    }

    @Test func `removed rows are named in the change`() async throws {
        var story = Story.town()
        story.raise("M-1", Story.at("18:00:00"))
        let boards = LiveBoards(telling: story)
        let seen = boards.position
        story.close("M-1", Story.at("18:10:00"))
        boards.takeRest(of: story)

        var changes = boards.operations.changes(after: seen).makeAsyncIterator()
        let update = try #require(await changes.next())

        let object = try #require(try JSONSerialization.jsonObject(with: Data(update.json)) as? [String: Any])
        #expect(object["removed"] as? [String] == ["M-1"])
        #expect((object["changed"] as? [Any])?.isEmpty == true)
        #expect(object["position"] as? Int == Int(boards.position.rawValue))
    }

    @Test(arguments: [1, 2, 3, 99] as [UInt64])
    func `a page that applies the changes shows what the server shows`(seed: UInt64) async throws {
        let story = Story.random(300, seed: seed)
        let boards = LiveBoards(telling: Story())
        var generator = SeededGenerator(seed: seed)
        var page: [String: BoardChange.Row] = [:]
        var changes = boards.operations.changes(after: boards.position).makeAsyncIterator()
        var rest = story.events[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Int.random(in: 1...20, using: &generator))
            rest = rest.dropFirst(batch.count)
            boards.take(Array(batch), goal: .origin)
            while let update = changes.nextIfAvailable() {
                guard case .change(let change) = update else { return #expect(Bool(false), "reset, seed \(seed)") }
                for row in change.rows { page[row.key] = row }
                for key in change.removed { page[key] = nil }
            }
        }

        let shown = page.values.sorted { $0.order < $1.order }
        let isSame = shown == boards.operations.encodedRows().rows
        #expect(isSame, "seed \(seed)")
    }

    @Test func `all boards stand at the same position when a wait for it ends`() async {
        var story = Story.blockedLane()
        let boards = LiveBoards(telling: story)
        story.raise("M-1", Story.at("18:41:00"))
        let target = boards.position.advanced(by: 1)
        let told = story

        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                #expect(await boards.wait(until: target, timeout: .seconds(30)))
                #expect(boards.operations.position == target)
                #expect(boards.whistles.position == target)
            }
            group.addTask { boards.takeRest(of: told) }
        }
    }

    @Test func `a wait for a position that does not come ends with its time`() async {
        let boards = LiveBoards(telling: Story.blockedLane())

        #expect(await boards.wait(until: Position(1_000_000), timeout: .milliseconds(5)) == false)
    }

    @Test func `an event that cannot be read is parked, counted and told`() async throws {
        var story = Story.blockedLane()
        story.garble(Story.at("18:32:00"), of: "W-0412")
        story.raise("M-7", Story.at("18:33:00"))
        let boards = LiveBoards(telling: story)

        #expect(boards.parked.count == 1)
        #expect(boards.parked.first.map(\.position) == [Position(Int64(story.events.count) - 1)])
        #expect(boards.parked.first.first?.type == EventType("WhistleBlown"))
        #expect(boards.operations.snapshot().head.parked.count == 1)
        #expect(boards.operations.row("M-7") != nil)
    }

    @Test func `boards read the log from its origin and are caught up at its tail`() async throws {
        let story = Story.blockedLane()
        let (stream, feed) = AsyncThrowingStream<[RecordedEvent], any Error>.makeStream()
        let tail = Position(Int64(story.events.count))
        let boards = LiveBoards(
            log: .heyan,
            mode: .live,
            logger: Logger(label: "test"),
            now: { Story.now },
            tail: { tail },
            events: { _ in stream }
        )

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await boards.run() }
            feed.yield(Array(story.events.dropLast()))
            #expect(await boards.wait(until: Position(tail.rawValue - 1), timeout: .seconds(30)))
            #expect(!boards.isCaughtUp)
            feed.yield(Array(story.events.suffix(1)))
            #expect(await boards.wait(until: tail, timeout: .seconds(30)))
            #expect(boards.isCaughtUp)
            feed.finish()
            try await group.waitForAll()
        }
    }

    @Test func `watchers end when the boards stop`() async throws {
        let boards = LiveBoards(telling: Story.blockedLane())

        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    var count = 0
                    for await _ in boards.operations.changes(after: nil) { count += 1 }
                    return count
                }
            }
            try await boards.run()
            for try await count in group { #expect(count <= 1) }
        }
        #expect(boards.isStopped)
    }

    @Test func `a hole in the log is thrown and the boards stand still`() async {
        struct Hole: Error {}
        let boards = LiveBoards(
            log: .heyan,
            mode: .live,
            logger: Logger(label: "test"),
            now: { Story.now },
            tail: { .origin },
            events: { _ in AsyncThrowingStream<[RecordedEvent], any Error> { throw Hole() } }
        )

        await #expect(throws: Hole.self) { try await boards.run() }
        #expect(boards.isStopped)
    }

    @Test func `while history is read nothing is kept for watchers`() async throws {
        let story = Story.blockedLane()
        let boards = LiveBoards(
            log: .heyan,
            mode: .live,
            logger: Logger(label: "test"),
            now: { Story.now },
            tail: { Position(1_000) },
            events: { _ in AsyncThrowingStream<[RecordedEvent], any Error> { nil } }
        )
        for event in story.events { boards.take([event], goal: Position(1_000)) }

        var changes = boards.operations.changes(after: Position(3)).makeAsyncIterator()

        #expect(await changes.next() == .reset(boards.operations.encodedSnapshot()))
        #expect(!boards.operations.snapshot().head.isCaughtUp)
    }
}
