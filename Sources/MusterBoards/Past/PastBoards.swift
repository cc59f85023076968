package import EventSourcing
import MusterDomain
import Records
import Synchronization

/// Boards as they were: folded anew from the first event by the same code that keeps the live ones.
///
/// A fold costs as much as the log is long, so only few run at a time; one that nobody waits for any more ends with the
/// task that asked for it. Nothing is kept afterwards.
package final class PastBoards: Sendable {
    private let store: any EventStore
    private let offset: Duration
    private let soon: Duration
    private let targets: BoardTargets
    private let limit: Int
    private let running = Mutex(0)

    /// - Parameters:
    ///   - offset: the town's distance from UTC.
    ///   - soon: a clock with this much left or less is due soon.
    ///   - targets: what is usual or aimed at, by the limits of today.
    ///   - limit: how many folds may run at a time.
    package init(
        store: any EventStore,
        offset: Duration,
        soon: Duration,
        targets: BoardTargets = .standard,
        limit: Int = 2
    ) {
        self.store = store
        self.offset = offset
        self.soon = soon
        self.targets = targets
        self.limit = limit
    }

    /// A board as it was, with its clocks as they stood at that moment.
    ///
    /// - Parameter now: the present.
    /// - Throws: `PastError`, `CancellationError`, what the log throws.
    package func snapshot<B: Board>(of _: B.Type, _ cut: PastCut, now: Timestamp) async throws -> BoardSnapshot<B> {
        try Self.check(cut, now)
        try begin()
        defer { running.withLock { $0 -= 1 } }
        let end = try await end(of: cut)
        let wanted: @Sendable (RecordedEvent) -> Bool =
            if let time = cut.asTrueAt { { $0.occurredAt <= time } } else { { _ in true } }
        var fold = BoardFold<B>()
        var parked = ParkedEvents()
        var isEmpty = true
        let pages = FactPages({ [store] in try await store.events(after: $0, limit: $1) }, where: wanted)
        _ = try await pages.read(after: .origin, through: end.position) { page in
            try Task.checkCancellation()
            for fact in page.facts { fold.fold(fact) }
            for event in page.parked { parked.append(event) }
            isEmpty = isEmpty && page.facts.isEmpty && page.parked.isEmpty
        }
        guard !isEmpty else { throw PastError.nothingYet }
        let moment = BoardMoment(
            now: Self.moment(of: cut, end: end.recordedAt),
            offset: offset,
            targets: targets
        )
        let head = BoardHead(
            board: B.name,
            version: B.version,
            log: store.name,
            mode: store.mode,
            position: end.position,
            asOf: end.recordedAt,
            now: moment.now,
            soon: soon,
            parked: parked,
            isCaughtUp: true,
            past: cut
        )
        return BoardSnapshot(head: head, rows: fold.board.rows(), figures: fold.board.figures(at: moment))
    }

    /// The same as JSON, for any board.
    package func encodedSnapshot(of board: any Board.Type, _ cut: PastCut, now: Timestamp) async throws -> [UInt8] {
        func json<B: Board>(_: B.Type) async throws -> [UInt8] {
            try await snapshot(of: B.self, cut, now: now).json()
        }
        return try await json(board)
    }

    /// Takes one of the places.
    private func begin() throws(PastError) {
        let isAllowed = running.withLock { running in
            guard running < limit else { return false }
            running += 1
            return true
        }
        guard isAllowed else { throw .busy }
    }

    private static func check(_ cut: PastCut, _ now: Timestamp) throws(PastError) {
        if let time = cut.asTrueAt, time > now { throw .future }
        if case .at(let time) = cut.known {
            if time > now { throw .future }
            if let happened = cut.asTrueAt, happened > time { throw .trueAfterKnown }
        }
    }

    /// The moment at which clocks are read.
    private static func moment(of cut: PastCut, end: Timestamp) -> Timestamp {
        if let time = cut.asTrueAt { return time }
        if case .at(let time) = cut.known { return time }
        return end
    }

    /// The last event that is read.
    private func end(of cut: PastCut) async throws -> (position: Position, recordedAt: Timestamp) {
        let tail = try await store.tail()
        let position: Position
        switch cut.known {
        case .now:
            position = tail
        case .through(let wanted):
            guard wanted > .origin, wanted <= tail else { throw PastError.noSuchPosition(tail: tail) }
            position = wanted
        case .at(let time):
            position = try await last(recordedBy: time, tail: tail)
        }
        guard position > .origin, let event = try await event(at: position) else { throw PastError.nothingYet }
        return (position, event.recordedAt)
    }

    /// The last position that was recorded by a time. The log's clock never goes back from one event to the next, so
    /// that halving finds it with one event read per step.
    private func last(recordedBy time: Timestamp, tail: Position) async throws -> Position {
        var (low, high) = (Position.origin.rawValue, tail.rawValue)
        while low < high {
            let middle = low + (high - low + 1) / 2
            guard let event = try await event(at: Position(middle)) else { return Position(low) }
            if event.recordedAt <= time { low = middle } else { high = middle - 1 }
        }
        return Position(low)
    }

    private func event(at position: Position) async throws -> RecordedEvent? {
        try await store.events(after: position.advanced(by: -1), limit: 1).first
    }
}
