/// What projectors and rebuilders do, and what happens to them.
extension GenerationsModel {
    enum ProjectorStep: Sendable {
        case fold, begin, compare, write, hear, release
    }

    enum RebuilderStep: Sendable {
        case begin, catchUp, store, hear, lockPointer, lockGenerations, makeLive, leave, abandon, tidy
        /// The transaction ends one way or the other, and its client does not hear which.
        case makeLiveUnheard, rollBackUnheard
        case ask
        /// It was to compare alone, or is interrupted.
        case giveUp
    }

    var processes: [Process] {
        (0..<projectorCount).map { .projector($0) } + (0..<rebuilderCount).map { .rebuilder($0) }
    }

    func statement(of process: Process, in state: State) -> Statement? {
        switch process {
        case .projector(let index): state.projectors[index].statement
        case .rebuilder(let index): state.rebuilders[index].statement
        }
    }

    // MARK: - Projectors

    func projectorSteps(of index: Int, in state: State) -> [ProjectorStep] {
        let projector = state.projectors[index]
        var steps: [ProjectorStep] = projector.position < state.tail ? [.fold] : []
        switch projector.phase {
        case .idle:
            guard state.leaseCount < leaseLimit else { break }
            if projector.position >= state.shown?.position ?? 0 { steps.append(.begin) }
        case .leading(let lease):
            if projector.position >= lease.position { steps.append(.compare) }
        case .following(let lease, let after):
            if projector.position > after { steps.append(.write) }
            if !state.isLocked(lease.generation) { steps.append(.release) }
        case .acquiring, .writing:
            if projector.statement?.isAnswered ?? false { steps.append(.hear) }
        }
        return steps
    }

    func project(_ step: ProjectorStep, _ index: Int, _ state: inout State) {
        let projector = state.projectors[index]
        switch (step, projector.phase) {
        case (.fold, _): state.projectors[index].position += 1
        case (.begin, _):
            state.projectors[index].phase = .acquiring
            state.projectors[index].statement = Statement(sender: name(of: index, in: state), kind: .acquire)
        case (.compare, .leading(let lease)):
            let stored = state.generations[lease.generation]?.rows ?? ModelRows()
            write(stored, under: lease, by: index, &state)
        case (.write, .following(let lease, let after)):
            write(ModelRows(at: after), under: lease, by: index, &state)
        case (.hear, _): hear(index, &state)
        case (.release, .following(let lease, _)):
            if state.generations[lease.generation]?.epoch == lease.epoch {
                state.generations[lease.generation]?.isHeld = false
            }
            state.projectors[index].phase = .idle
        case (.compare, _), (.write, _), (.release, _): break
        }
    }

    private func name(of index: Int, in state: State) -> Name {
        Name(process: .projector(index), starts: state.projectors[index].starts)
    }

    private func write(_ stored: ModelRows, under lease: Lease, by index: Int, _ state: inout State) {
        let position = state.projectors[index].position
        state.projectors[index].phase = .writing(lease, through: position)
        state.projectors[index].statement = Statement(
            sender: name(of: index, in: state),
            kind: .write(lease, position: position, stored.difference(to: ModelRows(at: position)))
        )
    }

    private func hear(_ index: Int, _ state: inout State) {
        guard case .answered(let answer) = state.projectors[index].statement?.phase else { return }
        state.projectors[index].statement = nil
        state.projectors[index].phase =
            switch (answer, state.projectors[index].phase) {
            case (.lease(let lease), _): .leading(lease)
            case (.written, .writing(let lease, let through)): .following(lease, after: through)
            default: .idle
            }
    }

    // MARK: - Rebuilders

    func rebuilderSteps(of index: Int, in state: State) -> [RebuilderStep] {
        let isFree = state.lock == nil
        switch state.rebuilders[index].phase {
        case .idle:
            return isFree && state.rebuildCount < rebuildLimit && !isBeingMade(in: state) ? [.begin] : []
        case .making(let making):
            var steps: [RebuilderStep] = [.giveUp]
            if making.storedCount == 0 || making.storedAt != nil, goal(in: state) > making.position {
                steps.append(.catchUp)
            }
            if making.storedAt == nil {
                steps.append(.store)
            } else if isFree {
                steps.append(.lockPointer)
            }
            return steps
        case .storing: return state.rebuilders[index].statement?.isAnswered ?? false ? [.hear] : []
        case .lockedPointer: return [.lockGenerations]
        case .lockedAll(let making, let seen):
            let stretch = goal(of: making, seen) - making.position
            guard (0...lastStretch).contains(stretch) else { return [.leave] }
            let isLossPossible = faults.contains(.connectionLost) && state.faultCount < faultLimit
            return isLossPossible ? [.makeLive, .makeLiveUnheard, .rollBackUnheard] : [.makeLive]
        case .unsure: return [.ask]
        case .leaving: return isFree ? [.abandon] : []
        case .tidying: return isFree ? [.tidy] : []
        }
    }

    func rebuild(_ step: RebuilderStep, _ index: Int, _ state: inout State) {
        let phase = state.rebuilders[index].phase
        switch (step, phase) {
        case (.begin, _): begin(index, &state)
        case (.catchUp, .making(var making)):
            making.position = goal(in: state)
            state.rebuilders[index].phase = .making(making)
        case (.store, .making(let making)): store(making, index, &state)
        case (.hear, .storing(let making)): hear(making, index, &state)
        case (.lockPointer, .making(let making)):
            state.lock = Lock(rebuilder: index)
            state.rebuilders[index].phase = .lockedPointer(making)
        case (.lockGenerations, .lockedPointer(let making)): lockGenerations(making, index, &state)
        case (.makeLive, .lockedAll(let making, let seen)):
            let isLive = makeLive(making, seen, &state)
            state.lock = nil
            state.rebuilders[index].phase = isLive ? .tidying : .leaving(making)
        case (.makeLiveUnheard, .lockedAll(let making, let seen)):
            state.faultCount += 1
            _ = makeLive(making, seen, &state)
            state.lock = nil
            state.rebuilders[index].phase = .unsure(making)
        case (.rollBackUnheard, .lockedAll(let making, _)):
            state.faultCount += 1
            state.lock = nil
            state.rebuilders[index].phase = .unsure(making)
        case (.leave, .lockedAll(let making, _)):
            state.lock = nil
            state.rebuilders[index].phase = .making(making)
        case (.ask, .unsure(let making)):
            let isLive = state.pointer.live == making.lease.generation
            state.rebuilders[index].phase = isLive ? .tidying : .leaving(making)
        case (.giveUp, .making(let making)): state.rebuilders[index].phase = .leaving(making)
        case (.abandon, .leaving(let making)):
            let number = making.lease.generation
            if number != state.pointer.live, state.generations[number]?.epoch == making.lease.epoch {
                state.generations[number] = nil
            }
            state.rebuilders[index].phase = .idle
        case (.tidy, _):
            for number in spare(in: state) where isUnused(number, in: state) { state.generations[number] = nil }
            state.rebuilders[index].phase = .idle
        default: break
        }
    }
}
