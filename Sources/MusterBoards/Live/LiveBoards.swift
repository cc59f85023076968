package import EventSourcing
package import Logging
import Metrics
import MusterDomain
import Postgres
import ServiceLifecycle
import Synchronization

/// Every board of a log in one process: one subscription, each event decoded once and folded into all of them.
package final class LiveBoards: Sendable {
    /// What may be set.
    package struct Configuration: Sendable {
        /// A clock with this much left or less is due soon.
        package var soon: Duration = .seconds(600)
        /// The town's distance from UTC: decides where "today" begins.
        package var offset: Duration = .seconds(8 * 3_600)
        package var targets = BoardTargets.standard
        /// How many changes each board keeps for watchers that come back.
        package var ringChanges = 1_024
        /// How many bytes these may take, for each board.
        package var ringBytes = 8 << 20

        package init() {}
    }

    package let log: LogName
    package let mode: LogMode
    package let operations: LiveBoard<OperationsBoard>
    package let whistles: LiveBoard<WhistlesBoard>
    /// Every board, without its type, in the order of the catalogue.
    package let all: [any BoardFeed]
    /// A clock with this much left or less is due soon.
    package let soon: Duration
    package let targets: BoardTargets

    private struct State {
        var reader: FactReader
        var book = ClockBook()
        var isCaughtUp = false
    }

    private let events: @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>
    private let tail: @Sendable () async throws -> Position
    private let folds: [any LiveFold]
    private let gate = PositionGate()
    private let state: Mutex<State>
    private let moment: @Sendable () -> BoardMoment
    private let logger: Logger
    private let positionGauge: Gauge

    /// The boards of anything that gives batches of recorded events in clear: dense, in order, never empty. They are empty
    /// until `run` is called.
    package init(
        log: LogName,
        mode: LogMode,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        configuration: Configuration = Configuration(),
        tail: @escaping @Sendable () async throws -> Position,
        events: @escaping @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>
    ) {
        let moment: @Sendable () -> BoardMoment = {
            BoardMoment(now: now(), offset: configuration.offset, targets: configuration.targets)
        }
        let gate = gate
        func live<B: Board>(_: B.Type) -> LiveBoard<B> {
            LiveBoard(
                log: log,
                mode: mode,
                soon: configuration.soon,
                bounds: .init(changes: configuration.ringChanges, changeBytes: configuration.ringBytes),
                gate: gate,
                moment: moment
            )
        }
        self.log = log
        self.mode = mode
        soon = configuration.soon
        targets = configuration.targets
        self.logger = logger
        self.tail = tail
        self.events = events
        self.moment = moment
        let operations = live(OperationsBoard.self)
        let whistles = live(WhistlesBoard.self)
        func feed<B: Board>(_ board: B.Type) -> any BoardFeed & LiveFold {
            if board == OperationsBoard.self { return operations }
            if board == WhistlesBoard.self { return whistles }
            return live(board)
        }
        let boards = BoardCatalogue.all.map { feed($0) }
        self.operations = operations
        self.whistles = whistles
        all = boards
        folds = boards
        state = Mutex(State(reader: FactReader(logger: logger)))
        positionGauge = Gauge(label: "muster_board_position", dimensions: [("log", log.rawValue)])
    }

    /// Nil for a name that no board has.
    package func board(named name: String) -> (any BoardFeed)? { all.first { $0.name == name } }

    /// Nil for a board that is not in the catalogue.
    package func live<B: Board>(_: B.Type) -> LiveBoard<B>? { all.lazy.compactMap { $0 as? LiveBoard<B> }.first }

    /// The last event that every board has taken in.
    package var position: Position { gate.position }

    /// Whether the boards have taken in all that the log held when `run` began.
    package var isCaughtUp: Bool { state.withLock { $0.isCaughtUp } }

    /// Whether `run` has ended: nothing will change any more.
    package var isStopped: Bool { gate.isFinished }

    /// Parties, posts, lists and territories as the boards know them.
    package var register: Register { state.withLock { $0.book.register } }

    /// The events that could not be read.
    package var parked: ParkedEvents { state.withLock { $0.reader.parked } }

    /// Waits until every board has taken in a position.
    ///
    /// - Returns: false when the time was over first, the boards have stopped, or the task was cancelled.
    package func wait(until position: Position, timeout: Duration) async -> Bool {
        if gate.position >= position { return true }
        let gate = gate
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await gate.wait(until: position) }
            group.addTask {
                // Ends early only when the wait is over: then nobody asks for its answer.
                try? await ContinuousClock().sleep(for: timeout)
                return false
            }
            let isReached = await group.next() ?? false
            group.cancelAll()
            return isReached
        }
    }

    /// Lets everyone who watches a board hear that it is still there.
    package func beat() { gate.beat() }

    /// Follows the log from its origin until graceful shutdown, then lets every watcher end. While the database cannot be
    /// reached the boards stand still and this tries again.
    ///
    /// - Throws: what the subscription throws for other reasons, as a hole in the log.
    package func run() async throws {
        defer { gate.finish() }
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await self.follow()
                    return
                } catch let error as PostgresError where error.isRetryable || error.isConnectionLost {
                    self.logger.warning("boards cannot read the log, trying again", metadata: ["error": "\(error)"])
                    // Only cancellation ends it early, and then the loop ends by itself.
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    private func follow() async throws {
        let goal = try await tail()
        if gate.position >= goal, !isCaughtUp { becomeCaughtUp() }
        for try await batch in events(gate.position) {
            take(batch, goal: goal)
        }
    }

    /// Takes in one batch. Only `run` calls it, one batch after another.
    func take(_ batch: [RecordedEvent], goal: Position) {
        guard let last = batch.last else { return }
        let (facts, clocks, parked) = state.withLock { state in
            let facts = state.reader.read(batch)
            return (facts, facts.map { state.book.fold($0) }, state.reader.parked)
        }
        for fold in folds {
            fold.fold(facts, clocks, through: last.position, recordedAt: last.recordedAt, parked: parked)
        }
        if last.position >= goal, !isCaughtUp { becomeCaughtUp() }
        positionGauge.record(last.position.rawValue)
        gate.advance(to: last.position)
    }

    func becomeCaughtUp() {
        for fold in folds { fold.becomeCaughtUp() }
        state.withLock { $0.isCaughtUp = true }
        logger.info("boards have caught up", metadata: ["event.position": "\(gate.position)"])
    }
}
