import EventSourcing
import MusterDomain
import Synchronization
import Testing

@testable import MusterBoards

/// What was known at a time and what was true at a time, from the fold that the live boards use.
@Suite(.timeLimit(.minutes(20))) struct PastBoardsTests {
    private func past(_ story: Story, limit: Int = 2) -> PastBoards {
        PastBoards(store: ToldStore(story.events), offset: .seconds(8 * 3_600), soon: .seconds(600), limit: limit)
    }

    private static func rows(_ events: [RecordedEvent]) throws -> [ClockRow] {
        var fold = BoardFold<OperationsBoard>()
        for event in events { fold.fold(try Fact(event)) }
        return fold.board.rows()
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `as known at a time is the fold of what was recorded by then`(seed: UInt64) async throws {
        let story = Story.random(200, seed: seed)
        let past = past(story)
        for event in story.events where event.position.rawValue.isMultiple(of: 13) {
            let time = event.recordedAt
            let cut = PastCut(known: .at(time))

            let snapshot = try await past.snapshot(of: OperationsBoard.self, cut, now: .distant)

            let known = story.events.filter { $0.recordedAt <= time }
            #expect(snapshot.head.position == known.last?.position, "seed \(seed) at \(event.position)")
            #expect(snapshot.head.now == time)
            let isFold = try snapshot.rows == Self.rows(known)
            #expect(isFold, "seed \(seed) at \(event.position)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `as true at a time is the fold of what had happened by then`(seed: UInt64) async throws {
        let story = Story.random(200, seed: seed)
        let past = past(story)
        for event in story.events where event.position.rawValue.isMultiple(of: 13) {
            let time = event.occurredAt
            let cut = PastCut(known: .now, asTrueAt: time)

            let snapshot = try await past.snapshot(of: OperationsBoard.self, cut, now: .distant)

            let isFold = try snapshot.rows == Self.rows(story.events.filter { $0.occurredAt <= time })
            #expect(isFold, "seed \(seed) at \(event.position)")
            #expect(snapshot.head.now == time)
        }
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `every position is the live board of that moment`(seed: UInt64) async throws {
        let story = Story.random(120, seed: seed)
        let past = past(story)
        var fold = BoardFold<WhistlesBoard>()
        for event in story.events {
            fold.fold(try Fact(event))
            let cut = PastCut(known: .through(event.position))

            let snapshot = try await past.snapshot(of: WhistlesBoard.self, cut, now: .distant)

            try #require(snapshot.rows == fold.board.rows(), "seed \(seed) at \(event.position)")
            let moment = BoardMoment(now: event.recordedAt)
            try #require(snapshot.figures == fold.board.figures(at: moment), "seed \(seed) at \(event.position)")
        }
    }

    /// A fact of 18:10 that became known at 18:40.
    private static func learnedLate() -> (story: Story, before: Int) {
        var story = Story.blockedLane()
        let before = story.events.count
        story.raise("M-7", at("18:10:00"), learned: at("18:40:00"))
        return (story, before)
    }

    private static func at(_ clock: String) -> Timestamp { Story.at(clock) }

    @Test func `a fact learned late is true before it is known`() async throws {
        let past = past(Self.learnedLate().story)
        let time = Self.at("18:35:00")
        func hasMatter(_ cut: PastCut) async throws -> Bool {
            try await past.snapshot(of: OperationsBoard.self, cut, now: Story.now).rows.contains { $0.key == "M-7" }
        }

        #expect(try await !hasMatter(PastCut(known: .at(time))))
        #expect(try await hasMatter(PastCut(known: .now, asTrueAt: time)))
        // What we thought at 18:41 of 18:35, and what we thought at 18:39 of it.
        #expect(try await hasMatter(PastCut(known: .at(Self.at("18:41:00")), asTrueAt: time)))
        #expect(try await !hasMatter(PastCut(known: .at(Self.at("18:39:00")), asTrueAt: time)))
    }

    @Test func `a moment that cannot be shown is refused with the reason`() async throws {
        let story = Story.blockedLane()
        let past = past(story)
        let tail = Position(Int64(story.events.count))
        let early = Story.at("00:00:00", day: 1) - .seconds(40 * 365 * 86_400)
        let refused: [(PastCut, PastError)] = [
            (PastCut(known: .at(Story.now + .seconds(1))), .future),
            (PastCut(known: .now, asTrueAt: Story.now + .seconds(1)), .future),
            (PastCut(known: .at(Self.at("18:00:00")), asTrueAt: Self.at("18:00:01")), .trueAfterKnown),
            (PastCut(known: .at(early)), .nothingYet),
            (PastCut(known: .now, asTrueAt: early), .nothingYet),
            (PastCut(known: .through(tail.advanced(by: 1))), .noSuchPosition(tail: tail)),
            (PastCut(known: .through(.origin)), .noSuchPosition(tail: tail)),
        ]
        for (cut, error) in refused {
            await #expect(throws: error) {
                try await past.snapshot(of: OperationsBoard.self, cut, now: Story.now)
            }
        }
    }

    @Test func `events that could not be read are counted where they were known`() async throws {
        var story = Story.blockedLane()
        let before = Position(Int64(story.events.count))
        story.garble(Story.now, of: "W-0412")
        let past = past(story)

        let earlier = try await past.snapshot(
            of: OperationsBoard.self,
            PastCut(known: .through(before)),
            now: Story.now
        )
        let later = try await past.snapshot(
            of: OperationsBoard.self,
            PastCut(known: .through(before.advanced(by: 1))),
            now: Story.now
        )

        #expect(earlier.head.parked.count == 0)
        #expect(later.head.parked.count == 1)
    }

    @Test func `of more folds than are allowed the last is refused, and a cancelled one gives its place back`()
        async throws
    {
        let story = Story.blockedLane()
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let store = ToldStore(story.events) {
            reach.yield()
            try await Task.sleep(for: .seconds(3_600))
        }
        let past = PastBoards(store: store, offset: .zero, soon: .seconds(600), limit: 1)
        let cut = PastCut(known: .now)

        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await past.snapshot(of: OperationsBoard.self, cut, now: Story.now) }
            _ = await reached.first { _ in true }
            await #expect(throws: PastError.busy) {
                try await past.snapshot(of: OperationsBoard.self, cut, now: Story.now)
            }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        store.open()

        let snapshot = try await past.snapshot(of: OperationsBoard.self, cut, now: Story.now)
        #expect(!snapshot.rows.isEmpty)
    }
}

extension Timestamp {
    /// After everything that a story tells.
    static let distant = Timestamp(microseconds: 4_000_000_000_000_000)
}

/// A log that holds a story. Reading may be held up until it is opened.
final class ToldStore: EventStore {
    let name = LogName.heyan
    let mode = LogMode.live
    private let told: [RecordedEvent]
    private let hold: Mutex<(@Sendable () async throws -> Void)?>

    init(_ told: [RecordedEvent], hold: (@Sendable () async throws -> Void)? = nil) {
        self.told = told
        self.hold = Mutex(hold)
    }

    func open() { hold.withLock { $0 = nil } }

    func append(_ append: Append) async throws(AppendError) -> Verdict { throw .unavailable(reason: "a story is told") }
    func receipt(of command: CommandID) async throws -> AppendReceipt? { nil }

    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        versions.flatMap { stream, version in
            told.filter { $0.stream == stream && $0.version > version }.prefix(limit)
        }
    }

    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await hold.withLock { $0 }?()
        return Array(told.dropFirst(Int(position.rawValue)).prefix(limit))
    }

    func tail() async throws -> Position { told.last?.position ?? .origin }
}
