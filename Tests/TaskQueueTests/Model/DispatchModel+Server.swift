/// What the database does, and what becomes durable by it.
extension DispatchModel {
    // MARK: Enqueuing

    func enqueue(_ step: Step, _ state: inout State) {
        switch step {
        case .begin(let index):
            var enqueuing = Enqueuer.Enqueuing(segment: state.segment)
            if mistake == .numbersBeforeTransaction {
                takeNumber(&enqueuing, &state)
            } else {
                begin(&enqueuing, &state)
            }
            state.enqueuers[index] = .begun(enqueuing)
        case .insert(let index):
            guard case .begun(var enqueuing) = state.enqueuers[index] else { break }
            if mistake == .numbersBeforeTransaction {
                begin(&enqueuing, &state)
            } else {
                takeNumber(&enqueuing, &state)
            }
            state.enqueuers[index] = .inserted(enqueuing)
        case .commit(let index):
            guard case .inserted(let enqueuing) = state.enqueuers[index] else { break }
            insert([Row(task: enqueuing.number, segment: enqueuing.segment)], &state)
            state.lives[enqueuing.number - 1].phase = .ready
            end(index, enqueuing, &state)
        case .rollBack(let index):
            guard case .inserted(let enqueuing) = state.enqueuers[index] else { break }
            end(index, enqueuing, &state)
        default: break
        }
    }

    private func begin(_ enqueuing: inout Enqueuer.Enqueuing, _ state: inout State) {
        state.lastTransaction += 1
        enqueuing.transaction = state.lastTransaction
    }

    private func takeNumber(_ enqueuing: inout Enqueuer.Enqueuing, _ state: inout State) {
        state.lastNumber += 1
        enqueuing.number = state.lastNumber
    }

    private func end(_ index: Int, _ enqueuing: Enqueuer.Enqueuing, _ state: inout State) {
        state.enqueuers[index] = .ended
        state.lastEnded = max(state.lastEnded, enqueuing.transaction)
    }

    private func insert(_ rows: [Row], _ state: inout State) {
        state.rows = (state.rows + rows).sorted { ($0.task, $0.carried) < ($1.task, $1.carried) }
    }

    // MARK: Statements of dispatchers

    /// - Returns: nil when it was refused.
    func serve(_ statement: Statement, _ state: inout State) -> Statement? {
        var statement = statement
        if mistake == .leadsByEpoch, statement.phase == .sent {
            guard statement.epoch == state.epoch else { return nil }
            statement.phase = .compared
            return statement
        }
        statement.phase = .committed
        switch statement.kind {
        case .write(let step): write(step, &state)
        case .prove: break
        case .advance(let segment):
            state.segment = segment
            state.switchCount += 1
        case .carry(let rows): insert(rows, &state)
        case .note(let step, _, _): if mistake != .forgetsLastStep { state.storedStep = step }
        }
        return statement
    }

    private func write(_ step: StoredStep, _ state: inout State) {
        let life = state.lives[step.task - 1]
        state.steps.append(step)
        switch step.kind {
        case .lease:
            let others = state.lives.count { $0.phase == .leased }
            let highest = state.lives.map(\.token).max() ?? 0
            if step.token <= highest { state.broken = "a token is not higher than all before" }
            if life.phase == .ready, others >= limit { state.broken = "more tasks are leased than may be" }
            if life.phase == .leased { state.broken = "a task has two leases" }
            if life.phase == .done { state.broken = "a task that has ended was leased again" }
            if state.acknowledged.contains(step.task) { state.broken = "an acknowledged task was leased again" }
            state.lives[step.task - 1] = Life(phase: .leased, token: step.token)
        case .over:
            let isOver = life.phase == .leased && life.token == step.token && state.expired.contains(step.token)
            if !isOver { state.broken = "a lease was ended before its time" }
            state.lives[step.task - 1].phase = .ready
        case .done:
            if life.token != step.token { state.broken = "a worker that was overtaken ended a task" }
            if life.phase == .done { state.broken = "a task ended twice" }
            state.lives[step.task - 1].phase = .done
        }
    }

    // MARK: Emptying

    func empty(_ step: Step, _ state: inout State) {
        switch step {
        case .checkEmptying(let index):
            let emptying = state.emptyings[index]
            let isFenced = mistake != .emptiesWithoutEpoch && emptying.epoch != state.epoch
            guard !isFenced, emptying.segment != state.segment else { return end(index, isEmpty: false, &state) }
            state.emptyings[index].isChecked = true
            if mistake == .countsBeforeLock { state.emptyings[index].counted = rows(in: emptying.segment, state) }
        case .truncate(let index, let isHeard):
            let emptying = state.emptyings[index]
            let stored = emptying.counted ?? rows(in: emptying.segment, state)
            if !isHeard { state.faultCount += 1 }
            let isEmpty = [0, emptying.rows].contains(stored)
            if isEmpty {
                state.rows.removeAll { $0.segment == emptying.segment }
                state.steps.removeAll { $0.segment == emptying.segment }
            }
            end(index, isEmpty: isHeard ? isEmpty : nil, &state)
        case .failEmptying(let index): end(index, isEmpty: false, &state)
        default: break
        }
    }

    private func rows(in segment: Int, _ state: State) -> Int { state.rows.count { $0.segment == segment } }

    /// Tells the dispatcher that asked for it, if it is there still. One that does not hear how it went reads the tables
    /// again, as whoever takes over does.
    private func end(_ index: Int, isEmpty: Bool?, _ state: inout State) {
        let emptying = state.emptyings.remove(at: index)
        let asked = state.dispatchers.firstIndex { $0.phase == .leading && $0.epoch == emptying.epoch }
        guard let asked else { return }
        if isEmpty == nil, mistake != .emptiesAgainUnheard { return stepDown(asked, &state) }
        state.dispatchers[asked].memory?.emptying = nil
        guard isEmpty == true else { return }
        state.dispatchers[asked].memory?.counts[emptying.segment - 1] -= emptying.rows
        state.dispatchers[asked].memory?.carriedFrom.remove(emptying.segment)
    }
}
