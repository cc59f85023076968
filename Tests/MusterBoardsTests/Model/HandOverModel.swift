import MusterTesting

/// The writers of one board and its tables, at sizes at which every state can be visited: who holds the lease, who only
/// believes to, and what of a statement is done when its client is gone.
///
/// It retells `BoardWriter`, and the statements of `BoardRowsSQL` in steps as small as something else may come between
/// them. A pause of any length needs no step of its own: a writer that is never chosen is paused.
struct HandOverModel: ExploredModel {
    enum Fault {
        /// The process is gone, and starts anew with an empty fold and another name.
        case writerKilled
        /// Its statement goes on without it, it keeps its fold.
        case connectionLost
        /// The statement is undone.
        case statementKilled
    }

    /// Wrong protocols. The model must find out each of them.
    enum Mistake {
        case noFence
        case rowsAndPositionApart
        case rowsReadBeforeLease
        case earlierFoldWrites
    }

    var writerCount = 2
    var eventCount = 2
    /// About how often the lease is taken: a writer may give it back and take it again for ever.
    var leaseCount = 3
    var faults: [Fault] = []
    var faultLimit = 0
    var mistake: Mistake?

    // MARK: States

    struct State: Hashable {
        /// How many events the log holds.
        var tail = 0
        var epoch = 0
        var holder: String?
        var position = 0
        /// The furthest position that ever was stored.
        var furthest = 0
        var rows = ModelRows()
        var writers: [Writer]
        /// Statements whose client is gone.
        var orphans: [Statement] = []
        var faultCount = 0
    }

    struct Writer: Hashable {
        enum Phase: Hashable {
            case idle
            case acquiring
            /// Has the lease, and compares the stored rows with its fold.
            case leading(epoch: Int, from: Int)
            case writing(epoch: Int, through: Int)
            /// The stored rows are its own up to here, as far as it knows.
            case following(epoch: Int, after: Int)
        }

        var phase = Phase.idle
        var starts = 0
        /// How far its fold has come.
        var position = 0
        var statement: Statement?
        /// As the mistake has it: read before there was a lease.
        var readEarly: ModelRows?
    }

    /// What the server does for a writer.
    struct Statement: Hashable {
        enum Kind: Hashable {
            case acquire(holder: String)
            case write(epoch: Int, position: Int, ModelRows.Difference)
        }

        enum Phase: Hashable {
            case sent
            /// Has passed the fence and holds its row's lock.
            case passed
            case answered(Answer)
        }

        enum Answer: Hashable {
            case lease(epoch: Int, position: Int)
            case written
            case refused
        }

        let kind: Kind
        var phase = Phase.sent
    }

    enum Step {
        case append
        case fold(Int)
        case begin(Int)
        case compare(Int)
        case write(Int)
        case hear(Int)
        case serve(Int)
        case serveOrphan(Int)
        case release(Int)
        /// Nobody has heard of the holder for the time of a lease.
        case expire
        case fault(Fault, Int)
        case orphanKilled(Int)
    }

    var initial: State { State(writers: Array(repeating: Writer(), count: writerCount)) }

    // MARK: Promises

    func brokenPromise(in state: State) -> String? {
        if state.position < state.furthest { return "the stored position went back" }
        return state.rows == ModelRows(at: state.position)
            ? nil : "the stored rows are not the fold up to the stored position"
    }

    func mayRest(in state: State) -> Bool {
        // When everything is still, all is stored, or nobody may take the lease any more.
        state.position == state.tail || state.epoch >= leaseCount
    }

    // MARK: Steps

    func steps(in state: State) -> [Step] {
        var steps: [Step] = []
        if state.tail < eventCount { steps.append(.append) }
        for (index, writer) in state.writers.enumerated() {
            if writer.position < state.tail { steps.append(.fold(index)) }
            switch writer.phase {
            case .idle:
                guard state.epoch < leaseCount else { continue }
                if writer.position >= state.position || mistake == .earlierFoldWrites { steps.append(.begin(index)) }
            case .leading(_, let from):
                if writer.position >= from || mistake == .earlierFoldWrites { steps.append(.compare(index)) }
            case .following(_, let after):
                if writer.position > after { steps.append(.write(index)) }
                steps.append(.release(index))
            case .acquiring, .writing:
                if case .answered = writer.statement?.phase { steps.append(.hear(index)) }
                if let statement = writer.statement, canServe(statement, in: state) { steps.append(.serve(index)) }
            }
        }
        for (index, statement) in state.orphans.enumerated() where canServe(statement, in: state) {
            steps.append(.serveOrphan(index))
        }
        if state.holder != nil, state.epoch < leaseCount { steps.append(.expire) }
        guard state.faultCount < faultLimit else { return steps }
        for fault in faults {
            for (index, writer) in state.writers.enumerated() {
                let isWaiting = writer.statement.map { !$0.isAnswered } ?? false
                if isWaiting || fault == .writerKilled { steps.append(.fault(fault, index)) }
            }
            if fault == .statementKilled { steps += state.orphans.indices.map { .orphanKilled($0) } }
        }
        return steps
    }

    func state(after step: Step, in state: State) -> State {
        var next = state
        switch step {
        case .append: next.tail += 1
        case .fold(let index): next.writers[index].position += 1
        case .begin(let index):
            if mistake == .rowsReadBeforeLease { next.writers[index].readEarly = state.rows }
            next.writers[index].phase = .acquiring
            next.writers[index].statement = Statement(kind: .acquire(holder: name(of: index, in: state)))
        case .compare(let index):
            guard case .leading(let epoch, _) = state.writers[index].phase else { break }
            let position = state.writers[index].position
            let stored = state.writers[index].readEarly ?? state.rows
            send(stored.difference(to: ModelRows(at: position)), at: position, epoch, by: index, &next)
        case .write(let index):
            guard case .following(let epoch, let after) = state.writers[index].phase else { break }
            let position = state.writers[index].position
            send(ModelRows(at: after).difference(to: ModelRows(at: position)), at: position, epoch, by: index, &next)
        case .hear(let index): hear(index, &next)
        case .serve(let index):
            guard let statement = state.writers[index].statement else { break }
            next.writers[index].statement = serve(statement, &next)
        case .serveOrphan(let index):
            let served = serve(next.orphans.remove(at: index), &next)
            if !served.isAnswered { next.orphans.insert(served, at: index) }
        case .release(let index):
            if case .following(let epoch, _) = state.writers[index].phase, epoch == state.epoch { next.holder = nil }
            next.writers[index].phase = .idle
        case .expire: next.holder = nil
        case .orphanKilled(let index):
            next.faultCount += 1
            next.orphans.remove(at: index)
        case .fault(let fault, let index):
            next.faultCount += 1
            happen(fault, index, &next)
        }
        next.furthest = max(state.furthest, state.position)
        return next
    }

    private func name(of index: Int, in state: State) -> String { "\(index).\(state.writers[index].starts)" }

    private func send(
        _ difference: ModelRows.Difference,
        at position: Int,
        _ epoch: Int,
        by index: Int,
        _ state: inout State
    ) {
        state.writers[index].phase = .writing(epoch: epoch, through: position)
        state.writers[index].statement = Statement(kind: .write(epoch: epoch, position: position, difference))
    }

    private func hear(_ index: Int, _ state: inout State) {
        guard case .answered(let answer) = state.writers[index].statement?.phase else { return }
        state.writers[index].statement = nil
        switch (answer, state.writers[index].phase) {
        case (.lease(let epoch, let position), _):
            state.writers[index].phase = .leading(epoch: epoch, from: position)
        case (.written, .writing(let epoch, let through)):
            state.writers[index].phase = .following(epoch: epoch, after: through)
            state.writers[index].readEarly = nil
        default: state.writers[index].phase = .idle
        }
    }

    private func happen(_ fault: Fault, _ index: Int, _ state: inout State) {
        switch fault {
        case .writerKilled, .connectionLost:
            if let statement = state.writers[index].statement, !statement.isAnswered { state.orphans.append(statement) }
            let old = state.writers[index]
            state.writers[index] = Writer(starts: old.starts)
            if fault == .writerKilled {
                state.writers[index].starts += 1
            } else {
                state.writers[index].position = old.position
            }
        case .statementKilled:
            state.writers[index] = Writer(
                starts: state.writers[index].starts,
                position: state.writers[index].position
            )
        }
    }

    // MARK: The server

    private func canServe(_ statement: Statement, in state: State) -> Bool {
        switch statement.phase {
        case .answered: return false
        case .passed: return true
        case .sent:
            // The projection's row is locked until the end of the statement that changes it.
            let all = state.writers.compactMap(\.statement) + state.orphans
            return !all.contains { $0.phase == .passed }
        }
    }

    private func serve(_ statement: Statement, _ state: inout State) -> Statement {
        var statement = statement
        switch (statement.kind, statement.phase) {
        case (.acquire(let holder), .sent):
            guard state.holder == nil || state.holder == holder else {
                statement.phase = .answered(.refused)
                break
            }
            state.epoch += 1
            state.holder = holder
            statement.phase = .answered(.lease(epoch: state.epoch, position: state.position))
        case (.write(let epoch, let position, _), .sent):
            let isFenced = mistake != .noFence && epoch != state.epoch
            guard !isFenced, position >= state.position || mistake == .earlierFoldWrites else {
                statement.phase = .answered(.refused)
                break
            }
            if mistake == .rowsAndPositionApart { state.position = position }
            statement.phase = .passed
        case (.write(_, let position, let difference), .passed):
            state.position = position
            state.rows.apply(difference)
            statement.phase = .answered(.written)
        case (.acquire, _), (.write, .answered): break
        }
        return statement
    }
}

extension HandOverModel.Statement {
    var isAnswered: Bool {
        if case .answered = phase { true } else { false }
    }
}
