import EventSourcing

@testable import EventLog

extension AppendModel.State {
    var laneIndices: [AppendModel.LaneIndex] {
        processes.indices.flatMap { process in
            processes[process].lanes.indices.map { AppendModel.LaneIndex(process, $0) }
        }
    }

    var sessionIndices: [AppendModel.SessionIndex] {
        laneIndices.filter { self[$0].session != nil }.map { .lane($0) } + server.orphans.indices.map { .orphan($0) }
    }

    subscript(index: AppendModel.LaneIndex) -> AppendModel.Lane {
        get { processes[index.process].lanes[index.lane] }
        set { processes[index.process].lanes[index.lane] = newValue }
    }

    /// Setting nil ends the session.
    subscript(index: AppendModel.SessionIndex) -> AppendModel.Session? {
        get {
            switch index {
            case .lane(let lane): self[lane].session
            case .orphan(let number): server.orphans[number]
            }
        }
        set {
            switch index {
            case .lane(let lane): self[lane].session = newValue
            case .orphan(let number):
                if let newValue { server.orphans[number] = newValue } else { server.orphans.remove(at: number) }
            }
        }
    }

    /// What other sessions see: all that is durable but what still waits for the standby.
    var visible: ArraySlice<AppendModel.Event> {
        var hidden = 0
        for index in sessionIndices {
            if let session = self[index], case .replicating = session.phase { hidden += session.events.count }
        }
        return server.log.dropLast(hidden)
    }
}

/// The server: what `append_events` and PostgreSQL do.
extension AppendModel {
    /// What a session inserts before the lock, each time all or nothing, and holds until its transaction ends.
    enum Key: Hashable {
        case stream(Int)
        case command(Int)
    }

    func canServe(_ index: SessionIndex, in state: State) -> Bool {
        guard let session = state[index] else { return false }
        switch session.phase {
        case .keys, .lock, .lateLock: return blockers(of: index, in: state).isEmpty
        case .tail, .insert, .commit: return true
        case .replicating(let through): return state.server.replicated >= through
        case .held, .inserted, .answered: return false
        }
    }

    /// The sessions that a session waits for.
    private func blockers(of index: SessionIndex, in state: State) -> [SessionIndex] {
        guard let session = state[index] else { return [] }
        return state.sessionIndices.filter { other in
            guard other != index, let other = state[other], other.isOpen else { return false }
            switch session.phase {
            case .keys: return session.nextKey.map { other.heldKeys.contains($0) } ?? false
            case .lock, .lateLock: return other.holdsLock
            default: return false
            }
        }
    }

    /// The sessions that wait for each other in a ring.
    func deadlocked(in state: State) -> [SessionIndex] {
        var waiting = state.sessionIndices.map { ($0, blockers(of: $0, in: state)) }.filter { !$0.1.isEmpty }
        guard waiting.count > 1 else { return [] }
        while true {
            let names = Set(waiting.map(\.0))
            let stuck = waiting.filter { !names.isDisjoint(with: $0.1) }
            if stuck.count == waiting.count { return stuck.map(\.0) }
            waiting = stuck
        }
    }

    /// The next thing the server does for a session.
    func serve(_ index: SessionIndex, _ state: inout State) {
        guard var session = state[index] else { return }
        switch session.phase {
        case .keys(let count):
            if let key = session.nextKey, isTaken(key, in: state) {
                session.phase = .answered(.surprise)
            } else {
                session.phase = .keys(count + 1)
            }
            if session.phase == .keys(session.keys.count) {
                if session.isUnderLock {
                    session.phase = .tail
                } else {
                    session.phase = mistake == .tailReadBeforeLock ? .lateLock(tail: state.visible.count) : .lock
                }
            }
        case .lock: session.phase = session.isUnderLock ? .held : .tail
        case .lateLock(let tail): session.phase = .insert(after: tail)
        case .tail: session.phase = .insert(after: state.visible.count)
        case .insert(let tail):
            if session.events.contains(where: { isTaken($0, in: state) }) {
                session.phase = .answered(.surprise)
            } else if tail != state.server.log.count {
                state.brokenPromise = "position \(tail + 1) is given twice"
            } else {
                session.phase = session.isUnderLock ? .inserted : .commit
            }
        case .commit:
            let first = state.server.log.count + 1
            state.server.log += session.events
            let mustWait = replication == .synchronous && (!session.events.isEmpty || session.mustReplicate)
            session.phase =
                mustWait ? .replicating(through: state.server.log.count) : .answered(.done(first: first))
        case .replicating:
            session.phase = .answered(.done(first: state.server.log.count - session.events.count + 1))
        case .held, .inserted, .answered: break
        }
        state[index] = session
        if case .lane(let lane) = index, case .held = session.phase { state[lane].phase = .askHeads }
    }

    private func isTaken(_ key: Key, in state: State) -> Bool {
        switch key {
        case .stream(let stream): state.visible.contains { $0.stream == stream }
        case .command(let command): state.visible.contains { $0.command == command }
        }
    }

    private func isTaken(_ event: Event, in state: State) -> Bool {
        state.visible.contains { $0.streamID == event.streamID && $0.version == event.version }
    }

    /// Where a stream stands for whoever asks; nil when it does not exist.
    func head(of stream: Int, in state: State) -> StreamHead? {
        state.visible.last { $0.stream == stream }.map { StreamHead(id: $0.streamID, version: $0.version) }
    }

    func receipt(of command: Int, in state: State) -> AppendReceipt? {
        state.visible.firstIndex { $0.command == command }.map { index in
            AppendReceipt(
                first: Position(Int64(index + 1)),
                count: commands[command].writes.count,
                recordedAt: state.visible[index].recordedAt
            )
        }
    }

    /// Ends all sessions; a client hears it but for an answer that was sent before.
    func killServer(_ state: inout State) {
        state.server.replicated = min(state.server.replicated, state.server.log.count)
        state.server.orphans = []
        let lost = state.laneIndices.filter { state[$0].phase != .idle && state[$0].session?.isOpen != false }
        for index in lost { state[index].session = nil }
        for index in lost { loseConnection(index, &state) }
        for index in lost { attempt(index, &state) }
    }
}

extension AppendModel.Session {
    var keys: [AppendModel.Key] { newStreams.map { .stream($0) } + commandKeys.map { .command($0) } }

    fileprivate var nextKey: AppendModel.Key? {
        guard case .keys(let count) = phase, count < keys.count else { return nil }
        return keys[count]
    }

    fileprivate var heldKeys: ArraySlice<AppendModel.Key> {
        if case .keys(let count) = phase { keys.prefix(count) } else { keys[...] }
    }
}
