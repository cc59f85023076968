/// What the server does: statements, and transactions that are one step.
extension GenerationsModel {
    // MARK: - Statements

    func canServe(_ statement: Statement, in state: State) -> Bool {
        switch (statement.kind, statement.phase) {
        case (_, .answered): false
        case (.acquire, .sent): state.lock == nil || mistake == .leaseOnGenerationSeenEarlier
        case (.acquire, .seen(let live)): !state.isLocked(live)
        case (.write(let lease, _, _), _): !state.isLocked(lease.generation)
        }
    }

    func serve(_ statement: Statement, _ state: inout State) -> Statement {
        var statement = statement
        switch (statement.kind, statement.phase) {
        case (.acquire, .sent):
            if mistake == .leaseOnGenerationSeenEarlier {
                statement.phase = .seen(live: state.pointer.live)
            } else {
                statement.phase = .answered(acquire(state.pointer.live, by: statement.sender, &state))
            }
        case (.acquire, .seen(let live)):
            statement.phase = .answered(acquire(live, by: statement.sender, &state))
        case (.write(let lease, let position, let difference), _):
            statement.phase = .answered(write(difference, at: position, under: lease, by: statement.sender, &state))
        case (.acquire, .answered): break
        }
        return statement
    }

    private func acquire(_ number: Int, by sender: Name, _ state: inout State) -> Statement.Answer {
        var generation = state.generations[number] ?? Generation(epoch: 0, isHeld: false)
        guard !generation.isClosed, !generation.isHeld || generation.holder == sender else { return .refused }
        generation.epoch += 1
        generation.holder = sender
        generation.isHeld = true
        state.generations[number] = generation
        state.leaseCount += 1
        return .lease(Lease(generation: number, epoch: generation.epoch, position: generation.position))
    }

    private func write(
        _ difference: ModelRows.Difference,
        at position: Int,
        under lease: Lease,
        by sender: Name,
        _ state: inout State
    ) -> Statement.Answer {
        let number = lease.generation
        guard var generation = state.generations[number], generation.epoch == lease.epoch,
            generation.position <= position
        else { return .refused }
        if generation.holder != sender { state.broken = "somebody writes under another's epoch" }
        switch sender.process {
        case .projector:
            if number != state.pointer.live { state.broken = "a projector writes rows that nobody reads" }
        case .rebuilder:
            if number == state.pointer.live || number == state.pointer.previous {
                state.broken = "a rebuilder writes rows that are not in the making"
            }
        }
        generation.position = position
        generation.rows.apply(difference)
        generation.isHeld = true
        state.generations[number] = generation
        return .written
    }

    // MARK: - Beginning and cleaning up

    /// The generations that are neither live nor kept.
    func spare(in state: State) -> [Int] {
        state.generations.keys.filter { $0 != state.pointer.live && $0 != state.pointer.previous }
    }

    func isUnused(_ number: Int, in state: State) -> Bool {
        state.generations[number].map { $0.isClosed || !$0.isHeld } ?? true
    }

    func isBeingMade(in state: State) -> Bool { !spare(in: state).allSatisfy { isUnused($0, in: state) } }

    func begin(_ index: Int, _ state: inout State) {
        for number in spare(in: state) { state.generations[number] = nil }
        let highest = max(state.pointer.live, state.generations.keys.max() ?? 0)
        let number = 1 + (mistake == .numbersReused ? highest : state.pointer.last)
        state.pointer.last = number
        state.generations[number] = Generation(holder: name(of: index, in: state))
        state.rebuilders[index].phase = .making(Making(lease: Lease(generation: number, epoch: 1)))
        state.rebuildCount += 1
    }

    private func name(of index: Int, in state: State) -> Name {
        Name(process: .rebuilder(index), starts: state.rebuilders[index].starts)
    }

    // MARK: - Making

    /// Up to where a rebuild folds before it locks anything.
    func goal(in state: State) -> Int {
        let shown = state.shown?.position ?? 0
        return shown > 0 ? shown : state.tail
    }

    /// Sends the next row; where there is none, the position alone.
    func store(_ making: Making, _ index: Int, _ state: inout State) {
        let rows = ModelRows(at: making.position)
        let part = ModelRows().difference(to: rows).filter {
            [$0.key] == rows.keys.dropFirst(making.storedCount).prefix(1)
        }
        state.rebuilders[index].phase = .storing(making)
        state.rebuilders[index].statement = Statement(
            sender: name(of: index, in: state),
            kind: .write(making.lease, position: making.position, part)
        )
    }

    func hear(_ making: Making, _ index: Int, _ state: inout State) {
        guard case .answered(let answer) = state.rebuilders[index].statement?.phase else { return }
        state.rebuilders[index].statement = nil
        guard answer == .written else {
            state.rebuilders[index].phase = .leaving(making)
            return
        }
        var making = making
        making.storedCount += 1
        if making.storedCount >= ModelRows(at: making.position).keys.count { making.storedAt = making.position }
        state.rebuilders[index].phase = .making(making)
    }

    // MARK: - Becoming live

    func lockGenerations(_ making: Making, _ index: Int, _ state: inout State) {
        let isOurs = state.generations[making.lease.generation]?.epoch == making.lease.epoch
        guard isOurs || mistake == .flipWithoutLease else {
            state.lock = nil
            state.rebuilders[index].phase = .leaving(making)
            return
        }
        if mistake != .flipWithoutLock { state.lock?.generations = Set(state.generations.keys) }
        let seen = state.shown.map {
            Seen(generation: state.pointer.live, position: $0.position, rows: $0.rows)
        }
        state.rebuilders[index].phase = .lockedAll(making, seen)
    }

    /// The position at which both sides are compared.
    func goal(of making: Making, _ seen: Seen?) -> Int {
        guard mistake != .flipWithoutComparing, let seen, seen.position > 0 else { return making.position }
        return seen.position
    }

    /// The end of the transaction.
    ///
    /// - Returns: whether the generation is live now.
    func makeLive(_ making: Making, _ seen: Seen?, _ state: inout State) -> Bool {
        let number = making.lease.generation
        let goal = goal(of: making, seen)
        if let seen, seen.position > 0, mistake != .flipWithoutComparing, seen.rows != ModelRows(at: goal) {
            state.broken = "a rebuild finds rows that differ"
        }
        let isOurs = state.generations[number]?.epoch == making.lease.epoch
        guard isOurs || mistake == .flipWithoutLease else { return false }
        if let storedAt = making.storedAt {
            let difference = ModelRows(at: storedAt).difference(to: ModelRows(at: goal))
            state.generations[number]?.rows.apply(difference)
        }
        state.generations[number]?.position = goal
        state.pointer.live = number
        state.pointer.previous = seen?.generation
        if let seen { close(seen.generation, &state) }
        open(number, &state)
        return true
    }

    func goBack(_ state: inout State) {
        guard let previous = state.pointer.previous else { return }
        state.goBackCount += 1
        let live = state.pointer.live
        state.pointer.live = previous
        state.pointer.previous = live
        close(live, &state)
        open(previous, &state)
    }

    private func close(_ number: Int, _ state: inout State) {
        guard var generation = state.generations[number] else { return }
        generation.replacedAt = generation.position
        if mistake != .replacedStaysOpen {
            generation.epoch += 1
            generation.holder = nil
            generation.isHeld = true
            generation.isClosed = true
        }
        state.generations[number] = generation
    }

    private func open(_ number: Int, _ state: inout State) {
        guard var generation = state.generations[number] else { return }
        generation.epoch += 1
        generation.holder = nil
        generation.isHeld = false
        generation.isClosed = false
        generation.replacedAt = nil
        state.generations[number] = generation
    }

    // MARK: - Faults

    func canHappen(_ fault: Fault, to process: Process, in state: State) -> Bool {
        let isWaiting = statement(of: process, in: state).map { !$0.isAnswered } ?? false
        switch process {
        case .projector(let index):
            let projector = state.projectors[index]
            return isWaiting || fault == .killed && (projector.phase != .idle || projector.position > 0)
        case .rebuilder(let index):
            switch state.rebuilders[index].phase {
            case .idle: return false
            case .lockedPointer, .lockedAll: return true
            case .making, .storing, .unsure, .leaving, .tidying: return isWaiting || fault == .killed
            }
        }
    }

    func happen(_ fault: Fault, to process: Process, _ state: inout State) {
        if let statement = statement(of: process, in: state), !statement.isAnswered { state.orphans.append(statement) }
        switch process {
        case .projector(let index):
            let old = state.projectors[index]
            state.projectors[index] = Projector(starts: old.starts, position: old.position)
            if fault == .killed { state.projectors[index] = Projector(starts: old.starts + 1) }
        case .rebuilder(let index):
            if state.lock?.rebuilder == index { state.lock = nil }
            let old = state.rebuilders[index]
            switch (fault, old.phase) {
            case (.connectionLost, .storing(let making)), (.connectionLost, .lockedPointer(let making)),
                (.connectionLost, .lockedAll(let making, _)):
                state.rebuilders[index] = Rebuilder(phase: .leaving(making), starts: old.starts)
            case (.connectionLost, _), (.killed, _): state.rebuilders[index] = Rebuilder(starts: old.starts + 1)
            }
        }
    }
}
