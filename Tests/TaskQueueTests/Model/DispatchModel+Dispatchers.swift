/// What dispatchers do.
extension DispatchModel {
    func lead(_ step: Step, _ state: inout State) {
        switch step {
        case .readEarly(let index): state.dispatchers[index].memory = read(state)
        case .lock(let index):
            state.lock = .dispatcher(index)
            state.dispatchers[index].phase = .locked
        case .lead(let index):
            state.epoch += 1
            state.dispatchers[index].epoch = state.epoch
            state.dispatchers[index].phase = .reading
        case .read(let index):
            state.dispatchers[index].memory = state.dispatchers[index].memory ?? read(state)
            state.dispatchers[index].phase = .leading
        case .look(let index):
            guard var memory = state.dispatchers[index].memory else { break }
            look(&memory, &state)
            state.dispatchers[index].memory = memory
        case .announce(let index, let task):
            guard var memory = state.dispatchers[index].memory else { break }
            for row in state.rows where row.task == task { see(row, &memory) }
            state.dispatchers[index].memory = memory
        default: break
        }
    }

    func decide(_ step: Step, _ state: inout State) {
        switch step {
        case .grant(let index, let worker, let task): grant(index, worker, task, &state)
        case .acknowledge(let index, let worker): acknowledge(index, worker, &state)
        case .noticeEnd(let index, let task): noticeEnd(index, task, &state)
        case .advance(let index):
            if let next = state.dispatchers[index].memory.flatMap(freeSegment) {
                send(.advance(segment: next), nil, index, &state)
            }
        case .carry(let index, let segment): carry(index, segment, &state)
        case .empty(let index, let segment):
            guard let memory = state.dispatchers[index].memory else { break }
            state.dispatchers[index].memory?.emptying = segment
            let rows = memory.counts[segment - 1]
            send(.note(step: memory.lastStep, emptying: segment, rows: rows), nil, index, &state)
        default: break
        }
    }

    private func grant(_ index: Int, _ worker: Int, _ task: Int, _ state: inout State) {
        guard let memory = state.dispatchers[index].memory, let known = memory[task] else { return }
        state.leaseCount += 1
        let token = memory.lastStep + 1
        state.dispatchers[index].memory?[task]?.phase = .leased
        state.dispatchers[index].memory?[task]?.token = token
        let answer = Answer(kind: .grant, worker: worker, task: task, token: token)
        write(.lease, task, token, known.segment, answer, index, &state)
    }

    private func acknowledge(_ index: Int, _ worker: Int, _ state: inout State) {
        guard case .working(let task, let token) = state.workers[worker] else { return }
        let known = state.dispatchers[index].memory?[task]
        guard let known, known.token == token || mistake == .acceptsAnyToken else {
            let refusal = Answer(kind: .refuse, worker: worker, task: task, token: token)
            if mistake == .refusesUnproven { return answer(refusal, &state) }
            return send(.prove, refusal, index, &state)
        }
        let acceptance = Answer(kind: .accept, worker: worker, task: task, token: token)
        // An answer that got lost makes a worker say it again. What has ended stays so, whoever leads.
        if known.phase == .done { return answer(acceptance, &state) }
        state.dispatchers[index].memory?[task]?.phase = .done
        write(.done, task, token, known.segment, acceptance, index, &state)
    }

    private func noticeEnd(_ index: Int, _ task: Int, _ state: inout State) {
        guard let known = state.dispatchers[index].memory?[task] else { return }
        state.dispatchers[index].memory?[task]?.phase = .ready
        write(.over, task, known.token, known.segment, nil, index, &state)
    }

    private func carry(_ index: Int, _ segment: Int, _ state: inout State) {
        guard let memory = state.dispatchers[index].memory else { return }
        let rows = memory.tasks.enumerated().compactMap { place, known -> Row? in
            guard let known, known.segment == segment, known.phase == .ready else { return nil }
            return Row(task: place + 1, segment: memory.segment, carried: known.carried + 1)
        }
        send(.carry(rows), nil, index, &state)
    }

    private func write(
        _ kind: StoredStep.Kind,
        _ task: Int,
        _ token: Int,
        _ segment: Int,
        _ answer: Answer?,
        _ index: Int,
        _ state: inout State
    ) {
        let number = (state.dispatchers[index].memory?.lastStep ?? 0) + 1
        state.dispatchers[index].memory?.lastStep = number
        let step = StoredStep(kind: kind, number: number, task: task, token: token, segment: segment)
        send(.write(step), answer, index, &state)
    }

    private func send(_ kind: Statement.Kind, _ answer: Answer?, _ index: Int, _ state: inout State) {
        var statement = Statement(kind: kind, epoch: state.dispatchers[index].epoch, answer: answer)
        if mistake == .answersBeforeCommit, let answer {
            self.answer(answer, &state)
            statement.answer = nil
        }
        state.dispatchers[index].statement = statement
    }

    func hear(_ index: Int, _ state: inout State) {
        guard let statement = state.dispatchers[index].statement else { return }
        state.dispatchers[index].statement = nil
        if let answer = statement.answer { self.answer(answer, &state) }
        switch statement.kind {
        case .write, .prove: break
        case .advance(let segment): state.dispatchers[index].memory?.segment = segment
        case .carry(let rows):
            for row in rows {
                if let old = state.dispatchers[index].memory?[row.task]?.segment {
                    state.dispatchers[index].memory?.carriedFrom.insert(old)
                }
                state.dispatchers[index].memory?[row.task]?.segment = row.segment
                state.dispatchers[index].memory?[row.task]?.carried = row.carried
                state.dispatchers[index].memory?.counts[row.segment - 1] += 1
            }
        case .note(_, let segment, let rows):
            state.emptyings.append(Emptying(segment: segment, epoch: statement.epoch, rows: rows))
        }
    }

    /// Says something to a worker.
    private func answer(_ answer: Answer, _ state: inout State) {
        let life = state.lives[answer.task - 1]
        if answer.kind == .refuse, life.token == answer.token {
            // Under which lease a task has ended is forgotten when it was carried meanwhile, and with the segment.
            let segment = state.rows.last { $0.task == answer.task }?.segment
            let isKept = state.steps.contains {
                $0.kind == .lease && $0.token == answer.token && $0.segment == segment
            }
            if life.phase == .leased { state.broken = "a worker was refused that nobody has overtaken" }
            if life.phase == .done, isKept { state.broken = "a worker was refused whose end is written" }
        }
        guard !state.answers.contains(answer) else { return }
        state.answers.append(answer)
        state.answers.sort()
    }
}
