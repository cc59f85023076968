package import EventSourcing

/// What changes on a board, pulled by one watcher at its own pace.
package struct BoardChanges: AsyncSequence, Sendable {
    package typealias Element = BoardUpdate
    package typealias Failure = Never

    /// What a watcher does next.
    enum Next {
        case update(BoardUpdate)
        /// Nothing more has changed up to this position.
        case nothing(through: Position)
    }

    private let next: @Sendable (Position?) -> Next
    private let gate: PositionGate
    private let cursor: Position?

    init(feed: LiveBoard<some Board>, gate: PositionGate, cursor: Position?) {
        next = { feed.next(after: $0) }
        self.gate = gate
        self.cursor = cursor
    }

    package func makeAsyncIterator() -> Iterator { Iterator(next: next, gate: gate, cursor: cursor) }

    package struct Iterator: AsyncIteratorProtocol {
        private let next: @Sendable (Position?) -> Next
        private let gate: PositionGate
        private var cursor: Position?

        init(next: @escaping @Sendable (Position?) -> Next, gate: PositionGate, cursor: Position?) {
            self.next = next
            self.gate = gate
            self.cursor = cursor
        }

        /// Everything up to here has been handed out; the origin before the first update.
        package var position: Position { cursor ?? .origin }

        /// Suspends until something changes; nil when the boards have stopped or the task was cancelled.
        package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> BoardUpdate? {
            while !Task.isCancelled {
                if let update = nextIfAvailable() { return update }
                guard await gate.wait(until: position.advanced(by: 1)) else { return nil }
            }
            return nil
        }

        /// What a watcher hears.
        package enum Message: Sendable {
            case update(BoardUpdate)
            /// The boards are still there (`LiveBoards.beat`).
            case beat
        }

        /// Suspends until there is something to hear; nil when the boards have stopped, the watch has ended or the task was
        /// cancelled.
        package mutating func next(
            on watch: BoardWatch,
            isolation actor: isolated (any Actor)? = #isolation
        ) async -> Message? {
            while !Task.isCancelled, !watch.isOver {
                if let update = nextIfAvailable() { return .update(update) }
                switch await gate.wait(until: position.advanced(by: 1), on: watch) {
                case .reached: continue
                case .beat: return .beat
                case .over: return nil
                }
            }
            return nil
        }

        /// What has changed already; nil when there is nothing yet.
        package mutating func nextIfAvailable() -> BoardUpdate? {
            switch next(cursor) {
            case .update(let update):
                cursor = update.position
                return update
            case .nothing(let position):
                cursor = position
                return nil
            }
        }
    }
}
