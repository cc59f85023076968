/// What may happen.
extension DispatchModel {
    func steps(in state: State) -> [Step] {
        var steps: [Step] = []
        // Those that have not begun are all alike.
        if let first = state.enqueuers.firstIndex(of: .idle) { steps.append(.begin(first)) }
        for (index, enqueuer) in state.enqueuers.enumerated() {
            switch enqueuer {
            case .begun: steps.append(.insert(index))
            case .inserted: steps += canRollBack ? [.commit(index), .rollBack(index)] : [.commit(index)]
            case .idle, .ended: break
            }
        }
        for index in state.dispatchers.indices { steps += stepsOfDispatcher(index, state) }
        for (index, orphan) in state.orphans.enumerated() where canServe(orphan, state) {
            steps.append(.serveOrphan(index))
        }
        for (index, emptying) in state.emptyings.enumerated() { steps += self.steps(of: emptying, index, state) }
        for (index, worker) in state.workers.enumerated() {
            if worker != .waiting, isPossible(.workerKilled, in: state) { steps.append(.killWorker(index)) }
        }
        for answer in state.answers {
            steps.append(.deliver(answer))
            if isPossible(.answerLost, in: state) { steps.append(.loseAnswer(answer)) }
        }
        for life in state.lives where life.phase == .leased && !state.expired.contains(life.token) {
            steps.append(.expire(token: life.token))
        }
        return steps
    }

    private func steps(of emptying: Emptying, _ index: Int, _ state: State) -> [Step] {
        guard emptying.isChecked else { return [.checkEmptying(index)] }
        // Whoever has inserted there and not ended holds a lock, for which it waits a moment only.
        let isLocked = state.enqueuers.contains { enqueuer in
            guard case .inserted(let enqueuing) = enqueuer else { return false }
            return enqueuing.segment == emptying.segment
        }
        if isLocked { return [.failEmptying(index)] }
        let isUnheardPossible = isPossible(.emptiedUnheard, in: state)
        return [.truncate(index, isHeard: true)] + (isUnheardPossible ? [.truncate(index, isHeard: false)] : [])
    }

    private func stepsOfDispatcher(_ index: Int, _ state: State) -> [Step] {
        let dispatcher = state.dispatchers[index]
        let isLossPossible = isPossible(.dispatcherLost, in: state)
        switch dispatcher.phase {
        case .idle:
            // Those that stand by are all alike.
            guard state.epoch < leadLimit, state.dispatchers.firstIndex(of: dispatcher) == index else { return [] }
            if mistake == .leadsByEpoch { return [.lead(index)] }
            var steps: [Step] = []
            if mistake == .readsBeforeLock {
                guard dispatcher.memory != nil else { return [.readEarly(index)] }
            }
            if state.lock == nil { steps.append(.lock(index)) }
            return steps
        case .locked:
            var steps: [Step] = isLeaderKept(state) ? [] : [.lead(index)]
            if isLossPossible { steps.append(.lose(index, arrives: false)) }
            return steps
        case .reading:
            return isLossPossible ? [.read(index), .lose(index, arrives: false)] : [.read(index)]
        case .leading:
            guard let memory = dispatcher.memory else { return [] }
            var steps: [Step] = []
            if let statement = dispatcher.statement {
                if statement.phase == .committed {
                    steps.append(.hear(index))
                } else if !dispatcher.hasSession, !isWrittenBesideLock(statement) {
                    steps.append(.stepDown(index))
                } else if canServe(statement, state) {
                    steps.append(.serve(index))
                }
            } else {
                steps += decisions(index, dispatcher, memory, state)
                if !dispatcher.hasSession { steps.append(.stepDown(index)) }
            }
            if dispatcher.hasSession, isPossible(.sessionEnded, in: state) { steps.append(.endSession(index)) }
            guard isLossPossible else { return steps }
            steps.append(.lose(index, arrives: false))
            if dispatcher.hasSession, let statement = dispatcher.statement, statement.phase != .committed {
                steps.append(.lose(index, arrives: true))
            }
            return steps
        }
    }

    /// Whether a transaction that empties a segment keeps the row that says who leads.
    private func isLeaderKept(_ state: State) -> Bool { state.emptyings.contains { $0.isChecked } }

    private func isWrittenBesideLock(_ statement: Statement) -> Bool {
        guard mistake == .writesBesideLock, case .write = statement.kind else { return false }
        return true
    }

    private func canServe(_ statement: Statement, _ state: State) -> Bool {
        switch statement.kind {
        case .write, .prove, .carry: true
        case .advance, .note: !isLeaderKept(state)
        }
    }

    // MARK: What a dispatcher may decide

    private func decisions(_ index: Int, _ dispatcher: Dispatcher, _ memory: Memory, _ state: State) -> [Step] {
        var steps: [Step] = []
        for (worker, phase) in state.workers.enumerated() {
            if phase != .waiting { steps.append(.acknowledge(index, worker: worker)) }
        }
        // Whatever else it decides without a session is nothing but the way to find out.
        guard dispatcher.hasSession || mistake == .writesBesideLock else { return steps }
        let isUnseen = state.rows.contains { memory[$0.task] == nil }
        if isUnseen || memory.horizon.hasGaps || memory.settling != nil { steps.append(.look(index)) }
        for row in state.rows where isAnnounced && memory[row.task] == nil {
            if row.task > memory.horizon.highest || memory.horizon.gaps(holding: row.task) {
                steps.append(.announce(index, task: row.task))
            }
        }
        for task in 1..<(taskCount + 1) {
            guard let known = memory[task] else { continue }
            switch known.phase {
            case .ready:
                guard memory.leased < limit, state.leaseCount < leaseLimit else { break }
                steps += demanders(state).map { .grant(index, worker: $0, task: task) }
            case .leased: if state.expired.contains(known.token) { steps.append(.noticeEnd(index, task: task)) }
            case .done: break
            }
        }
        return steps + keepingDecisions(index, memory, state)
    }

    /// Who may be the next to get a task; of those that are all alike, one.
    private func demanders(_ state: State) -> [Int] {
        var demanders: [Int] = []
        var hasFresh = false
        for (worker, phase) in state.workers.enumerated() where phase == .waiting {
            let isFresh = !state.answers.contains { $0.worker == worker }
            if isFresh, hasFresh { continue }
            if isFresh { hasFresh = true }
            demanders.append(worker)
        }
        return demanders
    }

    private func keepingDecisions(_ index: Int, _ memory: Memory, _ state: State) -> [Step] {
        guard switchLimit > 0 else { return [] }
        var steps: [Step] = []
        if state.switchCount < switchLimit, freeSegment(memory) != nil { steps.append(.advance(index)) }
        guard memory.settling == nil, memory.emptying == nil else { return steps }
        for segment in 1..<(segmentCount + 1) where segment != memory.segment && memory.counts[segment - 1] > 0 {
            let isItsTurn = memory.carriedFrom.isEmpty || memory.carriedFrom.contains(segment)
            let left = memory.tasks.compactMap(\.self).filter { $0.segment == segment && $0.phase != .done }
            if left.isEmpty, isItsTurn || mistake == .emptiesInAnyOrder {
                steps.append(.empty(index, segment: segment))
            }
            if isItsTurn, left.contains(where: { $0.phase == .ready }) { steps.append(.carry(index, segment: segment)) }
        }
        return steps
    }

    func freeSegment(_ memory: Memory) -> Int? {
        (1..<(segmentCount + 1)).first {
            $0 != memory.segment && $0 != memory.emptying && memory.counts[$0 - 1] == 0
        }
    }

    // MARK: What happens then

    func state(after step: Step, in state: State) -> State {
        var next = state
        switch step {
        case .begin, .insert, .commit, .rollBack: enqueue(step, &next)
        case .readEarly, .lock, .lead, .read, .look, .announce: lead(step, &next)
        case .grant, .acknowledge, .noticeEnd, .advance, .carry, .empty: decide(step, &next)
        case .serve(let index):
            if let statement = state.dispatchers[index].statement {
                next.dispatchers[index].statement = serve(statement, &next)
                // It was refused.
                if next.dispatchers[index].statement == nil { stepDown(index, &next) }
            }
        case .serveOrphan(let index):
            let served = serve(next.orphans.remove(at: index), &next)
            if let served, served.phase != .committed {
                next.orphans.insert(served, at: index)
            } else if next.lock == .orphan {
                next.lock = nil
            }
        case .hear(let index): hear(index, &next)
        case .checkEmptying, .truncate, .failEmptying: empty(step, &next)
        case .deliver(let answer): deliver(answer, &next)
        case .expire(let token): next.expired.insert(token)
        case .stepDown(let index): stepDown(index, &next)
        case .endSession, .lose, .loseAnswer, .killWorker: fail(step, &next)
        }
        return next
    }

    private func deliver(_ answer: Answer, _ state: inout State) {
        state.answers.removeAll { $0 == answer }
        let said = Worker.working(task: answer.task, token: answer.token)
        switch (answer.kind, state.workers[answer.worker]) {
        case (.grant, .waiting): state.workers[answer.worker] = .working(task: answer.task, token: answer.token)
        case (.accept, said):
            state.acknowledged.insert(answer.task)
            state.workers[answer.worker] = .waiting
        case (.refuse, said): state.workers[answer.worker] = .waiting
        // What it does not wait for any more.
        case (_, _): break
        }
    }

    private func fail(_ step: Step, _ state: inout State) {
        state.faultCount += 1
        switch step {
        case .endSession(let index):
            state.dispatchers[index].hasSession = false
            if state.lock == .dispatcher(index) { state.lock = nil }
        case .lose(let index, let arrives):
            if arrives, let statement = state.dispatchers[index].statement {
                state.orphans.append(statement)
                if state.lock == .dispatcher(index) { state.lock = .orphan }
            }
            stepDown(index, &state)
        case .loseAnswer(let answer): state.answers.removeAll { $0 == answer }
        case .killWorker(let worker): state.workers[worker] = .waiting
        default: break
        }
    }

    func stepDown(_ index: Int, _ state: inout State) {
        if state.lock == .dispatcher(index) { state.lock = nil }
        state.dispatchers[index] = Dispatcher()
    }

    // MARK: Promises

    func brokenPromise(in state: State) -> String? {
        if let broken = state.broken { return broken }
        for (place, life) in state.lives.enumerated() where life.phase == .ready || life.phase == .leased {
            if !state.rows.contains(where: { $0.task == place + 1 }) { return "a task is gone that has not ended" }
        }
        for dispatcher in state.dispatchers where dispatcher.phase == .leading && dispatcher.hasSession {
            guard let memory = dispatcher.memory else { continue }
            for row in state.rows where memory[row.task] == nil && !memory.expects(row.task) {
                return "a task is stored that the dispatcher will never see"
            }
        }
        return nil
    }

    func mayRest(in state: State) -> Bool {
        // When everything is still, all has ended, or nobody may lead or be given a task any more.
        let isLed = state.dispatchers.contains { $0.phase == .leading }
        if state.leaseCount >= leaseLimit || !isLed && state.epoch >= leadLimit { return true }
        return state.lives.allSatisfy { $0.phase == .done || $0.phase == .unknown }
    }
}
