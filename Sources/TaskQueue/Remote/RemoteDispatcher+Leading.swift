import Synchronization

/// What a process does with what it is told, as the dispatcher and of the dispatcher.
extension RemoteDispatcher {
    /// Passes turns of other processes to a dispatcher of this one, and tells it what this process has.
    func serve(_ inbox: DispatchInbox, epoch: Int64, held: () -> Set<Int64>) {
        state.withLock { state in
            state.inbox = inbox
            state.epoch = epoch
            state.served = ServedTurns()
            inbox.hear(process, holding: DispatchInbox.Holding(tokens: held().union(state.arriving), awaited: []))
            follow(Leading(epoch: epoch, line: state.lines), &state)
            sayLeads(&state)
        }
        signal.set()
    }

    /// Passes no more turns.
    func serveNobody() { state.withLock { $0.inbox = nil } }

    func take(_ message: QueueMessage, held: @Sendable () -> Set<Int64>) {
        switch message {
        case .answer(let answer):
            let pending = state.withLock { claim(answer, &$0) }
            pending?.resume(returning: .success(answer))
            if pending == nil { signal.set() }
        case .leads(let leading):
            state.withLock { state in
                guard state.leader.map({ leading > $0 }) ?? true else { return }
                follow(leading, &state)
                sayHeld(held, &state)
            }
            signal.set()
        case .turn(let turn): serve(turn)
        case .withdraw(let process, let id):
            let (inbox, request) = state.withLock { ($0.inbox, $0.served.request(of: id, from: process)) }
            if let request { inbox?.withdraw(request) }
        case .unclaimed(let token):
            state.withLock { $0.inbox }?.giveBack(token)
        case .alive(let process):
            state.withLock { $0.inbox }?.hear(process)
        case .holds(let holding):
            state.withLock { state in
                guard let inbox = state.inbox, holding.epoch == state.epoch else { return }
                let awaited = holding.awaited.compactMap { state.served.request(of: $0, from: holding.process) }
                inbox.hear(
                    holding.process,
                    holding: DispatchInbox.Holding(tokens: Set(holding.tokens), awaited: Set(awaited))
                )
            }
        case .look:
            state.withLock { $0.inbox }?.look()
        case .report:
            state.withLock { $0.inbox }?.report()
        }
    }

    /// The turn that an answer is for.
    private func claim(_ answer: RemoteAnswer, _ state: inout State) -> CheckedContinuation<Answer, Never>? {
        var isUnclaimed = state.withdrawn.remove(answer.id) != nil
        // The same turn was said to another dispatcher meanwhile, which was not told of this lease.
        if state.pending[answer.id] != nil, answer.epoch < state.leader?.epoch ?? 0 { isUnclaimed = true }
        if isUnclaimed {
            if answer.token > 0 { state.outgoing.append((channels.dispatcher, .unclaimed(token: answer.token))) }
            return nil
        }
        // Otherwise it has come before.
        guard let pending = state.pending.removeValue(forKey: answer.id) else { return nil }
        if answer.token > 0 { state.arriving.insert(answer.token) }
        return pending.answer
    }

    private func serve(_ remote: RemoteTurn) {
        let channel = channels.process(remote.process)
        let new = state.withLock { state -> (inbox: DispatchInbox, epoch: Int64)? in
            guard let inbox = state.inbox else { return nil }
            switch state.served.take(remote) {
            case .new: return (inbox, state.epoch)
            case .underWay: return nil
            case .answered(let answer):
                state.outgoing.append((channel, .answer(answer)))
                return nil
            }
        }
        guard let (inbox, epoch) = new else { return signal.set() }
        let request = inbox.hand(
            in: remote.turn,
            session: remote.process,
            patience: remote.patience > 0 ? .now + .microseconds(remote.patience) : nil,
            wantsContents: false
        ) { [self] result in
            let answer = RemoteAnswer(id: remote.id, epoch: epoch, result)
            state.withLock { state in
                if state.inbox === inbox { state.served.answer(remote, answer) }
                state.outgoing.append((channel, .answer(answer)))
            }
            signal.set()
        }
        guard let request else { return }
        state.withLock { state in
            if state.inbox === inbox { state.served.note(remote, is: request) }
        }
    }

    /// Says that this process leads, if it also hears what it is told then.
    func sayLeads(_ state: inout State) {
        guard state.inbox != nil, state.isListening else { return }
        state.outgoing.append((channels.all, .leads(Leading(epoch: state.epoch, line: state.lines))))
    }

    /// Says to another dispatcher what was not answered.
    private func follow(_ leader: Leading, _ state: inout State) {
        state.leader = leader
        askAgain(&state)
    }

    func askAgain(_ state: inout State) {
        for (_, pending) in state.pending.sorted(by: { $0.key < $1.key }) {
            state.outgoing.append((channels.dispatcher, .turn(pending.turn)))
        }
    }

    /// Says what this process has, if it is known who leads. What is said while turns are sent comes in the order of both.
    func sayHeld(_ held: () -> Set<Int64>, _ state: inout State) {
        guard let leader = state.leader, state.inbox == nil else { return }
        let tokens = held().union(state.arriving)
        let awaited = state.pending.filter { $0.value.turn.demand?.isBound == true }.keys
        // A list that is too long is not sent: what did not arrive is back at its term then.
        guard tokens.count + awaited.count <= RemoteHolding.limit else { return }
        let holding = RemoteHolding(
            process: process,
            epoch: leader.epoch,
            tokens: tokens.sorted(),
            awaited: awaited.sorted()
        )
        state.outgoing.append((channels.dispatcher, .holds(holding)))
    }
}
