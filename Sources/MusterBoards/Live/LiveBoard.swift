package import EventSourcing
import MusterDomain
import Records
import Synchronization

/// A board that follows its log in memory: folded in one place, read and watched from everywhere.
///
/// Watchers pull from a bounded ring of changes. A slow one therefore holds nothing but its position; when the ring has
/// passed it, it begins again from a snapshot. What was folded becomes a change when somebody looks, so that a board that
/// nobody watches costs its fold alone, and a burst is one change.
package final class LiveBoard<B: Board>: Sendable {
    struct Bounds: Sendable {
        var changes = 1_024
        var changeBytes = 8 << 20
    }

    private struct State {
        var board = B()
        var position = Position.origin
        var asOf: Timestamp?
        /// The last erasure that was folded.
        var erasedThrough = Position.origin
        var parked = ParkedEvents()
        var isCaughtUp = false
        var ring: ChangeRing
        /// The keys that were folded and are in no change yet.
        var keys: Set<String> = []
        /// Whether anything was folded since the last change was made.
        var isUnsettled = false
        /// The last position at which somebody looked.
        var settledAt = Position.origin
        /// What watchers were last told.
        var figures: B.Figures?
        /// The rows in order, kept until the board changes.
        var ordered: [B.Row]?
    }

    private let log: LogName
    private let mode: LogMode
    private let soon: Duration
    /// More rows than this are no change: watchers begin again.
    private let keyLimit = 10_000
    private let moment: @Sendable () -> BoardMoment
    private let gate: PositionGate
    private let state: Mutex<State>

    init(
        log: LogName,
        mode: LogMode,
        soon: Duration,
        bounds: Bounds,
        gate: PositionGate,
        moment: @escaping @Sendable () -> BoardMoment
    ) {
        self.log = log
        self.mode = mode
        self.soon = soon
        self.gate = gate
        self.moment = moment
        state = Mutex(State(ring: ChangeRing(maximumCount: bounds.changes, maximumBytes: bounds.changeBytes)))
    }

    /// The last event that the board has taken in.
    package var position: Position { state.withLock { $0.position } }

    /// The whole board at one position.
    package func snapshot() -> BoardSnapshot<B> {
        let moment = moment()
        return state.withLock { snapshot(of: &$0, at: moment) }
    }

    /// The row that has the key now; nil when there is none.
    package func row(_ key: String) -> B.Row? { state.withLock { $0.board.row(key) } }

    private func snapshot(of state: inout State, at moment: BoardMoment) -> BoardSnapshot<B> {
        // Whoever goes on from the snapshot receives what is changed after it, and no more.
        settle(&state, at: moment)
        let rows = state.ordered ?? state.board.rows()
        state.ordered = rows
        return BoardSnapshot(
            head: head(of: state, at: moment),
            rows: rows,
            figures: state.board.figures(at: moment)
        )
    }

    /// Makes one change of all that was folded since the last one, unless nothing came of it.
    private func settle(_ state: inout State, at moment: BoardMoment) {
        guard state.isUnsettled else { return }
        state.isUnsettled = false
        defer { state.settledAt = state.position }
        let figures = state.board.figures(at: moment)
        guard !state.keys.isEmpty || figures != state.figures else { return }
        state.ring.append(change(of: state.keys, figures: figures, in: state, at: moment))
        state.keys = []
        state.figures = figures
    }

    private func head(of state: borrowing State, at moment: BoardMoment) -> BoardHead {
        BoardHead(
            board: B.name,
            version: B.version,
            log: log,
            mode: mode,
            position: state.position,
            asOf: state.asOf,
            now: moment.now,
            soon: soon,
            parked: state.parked,
            isCaughtUp: state.isCaughtUp
        )
    }
}

extension LiveBoard: BoardFeed {
    package var name: String { B.name }
    package var version: Int { B.version }

    package func encodedSnapshot() -> EncodedSnapshot {
        let snapshot = snapshot()
        return EncodedSnapshot(position: snapshot.head.position, json: snapshot.json())
    }

    package func encodedRows() -> (position: Position, rows: [BoardChange.Row]) {
        let moment = moment()
        let (position, rows) = state.withLock { state in
            settle(&state, at: moment)
            return (state.position, state.ordered ?? state.board.rows())
        }
        return (position, rows.map(BoardChange.Row.init))
    }

    package var erasedThrough: Position { state.withLock { $0.erasedThrough } }

    package var parked: ParkedEvents { state.withLock { $0.parked } }

    package func encodedParked() -> [UInt8] {
        let (position, parked) = state.withLock { ($0.position, $0.parked) }
        var writer = JSONWriter(capacity: 256 + parked.first.count * 256)
        writer.beginObject()
        writer.member("board", B.name)
        writer.member("version", B.version)
        writer.member("log", log.rawValue)
        writer.member("position", position.rawValue)
        writer.member("parked", parked.count)
        writer.list("events", parked.first) { event, writer in event.write(to: &writer) }
        writer.endObject()
        return writer.bytes
    }

    package func changes(after position: Position?) -> BoardChanges {
        BoardChanges(feed: self, gate: gate, cursor: position)
    }

    package func watch() -> BoardWatch { gate.watch() }

    func next(after cursor: Position?) -> BoardChanges.Next {
        let moment = moment()
        let (next, snapshot): (BoardChanges.Next?, BoardSnapshot<B>?) = state.withLock { state in
            if let cursor, cursor <= state.position {
                settle(&state, at: moment)
                switch state.ring.next(after: cursor) {
                case .change(let change): return (.update(.change(change)), nil)
                case .nothing: return (.nothing(through: state.position), nil)
                case .tooOld: break
                }
            }
            return (nil, self.snapshot(of: &state, at: moment))
        }
        if let next { return next }
        guard let snapshot else { return .nothing(through: position) }
        return .update(.reset(EncodedSnapshot(position: snapshot.head.position, json: snapshot.json())))
    }
}

extension LiveBoard: LiveFold {
    func fold(
        _ facts: [Fact],
        _ clocks: [ClockChanges],
        through position: Position,
        recordedAt: Timestamp,
        parked: ParkedEvents
    ) {
        state.withLock { state in
            for index in facts.indices {
                let changed = state.board.fold(facts[index], clocks[index])
                // Before it has caught up nobody is told.
                if state.isCaughtUp { state.keys.formUnion(changed) }
                if !changed.isEmpty { state.ordered = nil }
            }
            state.position = position
            state.asOf = recordedAt
            state.parked = parked
            let erasure = facts.last { $0.isErasure }
            if let erasure { state.erasedThrough = erasure.position }
            // What watchers could still fetch of before would tell them what was erased.
            guard state.isCaughtUp, erasure == nil, state.keys.count <= keyLimit else {
                state.keys = []
                state.figures = nil
                state.settledAt = position
                return state.ring.reset(to: position)
            }
            state.isUnsettled = true
        }
    }

    func becomeCaughtUp() {
        let moment = moment()
        state.withLock { state in
            state.isCaughtUp = true
            state.figures = state.board.figures(at: moment)
            state.keys = []
        }
    }

    private func change(
        of keys: Set<String>,
        figures: B.Figures,
        in state: borrowing State,
        at moment: BoardMoment
    ) -> BoardChange {
        var rows: [B.Row] = []
        var removed: [String] = []
        for key in keys.sorted() {
            if let row = state.board.row(key) { rows.append(row) } else { removed.append(key) }
        }
        rows.sort { $0.order < $1.order }
        let encoded = rows.map(BoardChange.Row.init)
        var writer = JSONWriter(capacity: 512 + encoded.count * 512)
        writer.beginObject()
        head(of: state, at: moment).write(to: &writer)
        writer.list("changed", encoded) { row, writer in writer.json(row.json) }
        writer.list("removed", removed) { key, writer in writer.string(key) }
        figures.write(since: state.figures, to: &writer)
        writer.endObject()
        return BoardChange(
            since: state.settledAt,
            position: state.position,
            rows: encoded,
            removed: removed,
            json: writer.bytes
        )
    }
}

extension BoardChange.Row {
    init(_ row: some BoardRow) {
        self.init(key: row.key, order: row.order.text, json: row.json())
    }
}
