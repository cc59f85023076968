import MusterTesting

/// The generations of one board: projectors that keep the rows that people read, rebuilders that make others beside them,
/// and somebody who goes back to the earlier ones; at sizes at which every state can be visited.
///
/// It retells `BoardWriter`, `BoardRebuild`, `BoardGenerations` and their statements. A single statement is one step of the
/// server, taken at any time after it was sent, also when its client is gone (`HandOverModel` looks into the statement
/// that writes). A transaction whose first statements take the locks of all that it reads and changes, and which asks its
/// client nothing, is one step too, since nobody can tell when in it things happen: so are the beginning of a generation,
/// its abandonment, the cleaning up and the going back. The one that makes a generation live asks its client and is
/// several: it locks which generation is live, then the generations, then folds, then commits. A pause of any length
/// needs no step: a process that is never chosen is paused, also for ever. All processes are of one version.
struct GenerationsModel: ExploredModel {
    /// Wrong protocols. The model must find out each of them.
    enum Mistake: CaseIterable {
        /// Which generation is live is locked, but its rows are compared and replaced while others may write them.
        case flipWithoutLock
        /// A generation becomes live at whatever position it has.
        case flipWithoutComparing
        /// A rebuild that others have taken for dead makes its generation live all the same.
        case flipWithoutLease
        /// Who wrote the rows that were replaced may go on.
        case replacedStaysOpen
        /// A new generation gets the number of one that was thrown away.
        case numbersReused
        /// A projector takes its lease on the generation that was live a moment ago.
        case leaseOnGenerationSeenEarlier
    }

    enum Fault {
        /// The process is gone, and starts anew with another name and nothing in memory.
        case killed
        /// A statement goes on without its client, a transaction does not.
        case connectionLost
    }

    var projectorCount = 1
    var rebuilderCount = 1
    var eventCount = 2
    /// How often projectors take a lease, rebuilders begin, somebody goes back, and faults happen.
    var leaseLimit = 2
    var rebuildLimit = 1
    var goBackLimit = 0
    var faultLimit = 0
    var faults: [Fault] = [.killed]
    /// The live rows are locked when the new ones are at most so many events behind.
    var lastStretch = 1
    var mistake: Mistake?

    // MARK: - States

    struct Name: Hashable {
        let process: Process
        let starts: Int
    }

    enum Process: Hashable {
        case projector(Int)
        case rebuilder(Int)
    }

    /// The row of `live_boards`.
    struct Pointer: Hashable {
        var live = 1
        var previous: Int?
        var last = 1
    }

    /// A row of `board_generations`, and the board's rows that belong to it.
    struct Generation: Hashable {
        var epoch = 1
        /// Nil when it was opened for whoever comes, or closed.
        var holder: Name?
        var isHeld = true
        var isClosed = false
        var position = 0
        var rows = ModelRows()
        /// Where it stood when others took its place.
        var replacedAt: Int?
    }

    /// The locks of the transaction that makes a generation live.
    struct Lock: Hashable {
        let rebuilder: Int
        var generations: Set<Int> = []
    }

    struct State: Hashable {
        /// How many events the log holds.
        var tail = 0
        var pointer = Pointer()
        var generations: [Int: Generation] = [:]
        var lock: Lock?
        var projectors: [Projector]
        var rebuilders: [Rebuilder]
        /// Statements whose client is gone.
        var orphans: [Statement] = []
        var leaseCount = 0
        var rebuildCount = 0
        var goBackCount = 0
        var faultCount = 0
        /// A promise about a step, and not about a state, that was broken on the way here.
        var broken: String?

        /// What readers get.
        var shown: Generation? { generations[pointer.live] }

        func isLocked(_ generation: Int) -> Bool { lock?.generations.contains(generation) ?? false }
    }

    struct Lease: Hashable {
        let generation: Int
        let epoch: Int
        var position = 0
    }

    struct Projector: Hashable {
        enum Phase: Hashable {
            case idle
            case acquiring
            case leading(Lease)
            case writing(Lease, through: Int)
            /// The stored rows are its own up to here, as far as it knows.
            case following(Lease, after: Int)
        }

        var phase = Phase.idle
        var starts = 0
        /// How far its fold has come.
        var position = 0
        var statement: Statement?
    }

    struct Rebuilder: Hashable {
        enum Phase: Hashable {
            case idle
            case making(Making)
            case storing(Making)
            case lockedPointer(Making)
            /// With what is live, as it was read.
            case lockedAll(Making, Seen?)
            /// The answer to the commit was lost.
            case unsure(Making)
            case leaving(Making)
            case tidying
        }

        var phase = Phase.idle
        var starts = 0
        var statement: Statement?
    }

    struct Making: Hashable {
        let lease: Lease
        var position = 0
        /// Rows are stored one by one, all at one position, and only once.
        var storedCount = 0
        var storedAt: Int?
    }

    struct Seen: Hashable {
        let generation: Int
        let position: Int
        let rows: ModelRows
    }

    /// What the server does for a process.
    struct Statement: Hashable {
        enum Kind: Hashable {
            case acquire
            case write(Lease, position: Int, ModelRows.Difference)
        }

        enum Phase: Hashable {
            case sent
            /// As the mistake has it: knows what is live, and has locked nothing.
            case seen(live: Int)
            case answered(Answer)
        }

        enum Answer: Hashable {
            case lease(Lease)
            case written
            case refused
        }

        let sender: Name
        let kind: Kind
        var phase = Phase.sent

        var isAnswered: Bool {
            if case .answered = phase { true } else { false }
        }
    }

    var initial: State {
        State(
            projectors: Array(repeating: Projector(), count: projectorCount),
            rebuilders: Array(repeating: Rebuilder(), count: rebuilderCount)
        )
    }

    // MARK: - Promises

    /// Readers see the fold of the position that they are shown, always. That position goes on, but for one case:
    ///
    /// - a new generation is shown at the very position of the rows that it replaces. Where nothing was stored yet it may
    ///   be any up to the log's end;
    /// - going back shows the position at which the kept rows were replaced, and from there it goes on again.
    ///
    /// What is kept is as it was when it was replaced. Nobody writes rows that are not his to write, and nobody believes
    /// to keep what people read while they read something else.
    func brokenPromise(in state: State) -> String? {
        if let broken = state.broken { return broken }
        guard let shown = state.shown else {
            return state.pointer.live == 1 ? nil : "readers see nothing any more"
        }
        if shown.rows != ModelRows(at: shown.position) { return "readers see what is not the fold of its position" }
        guard let previous = state.pointer.previous else { return nil }
        guard let kept = state.generations[previous] else { return "the kept rows are gone" }
        return kept.position == kept.replacedAt && kept.rows == ModelRows(at: kept.position)
            ? nil : "the kept rows are not as they were"
    }

    func mayRest(in state: State) -> Bool {
        // When everything is still, all is shown, or nobody may take a lease any more.
        state.shown?.position ?? 0 == state.tail || state.leaseCount >= leaseLimit
    }

    // MARK: - Steps

    enum Step: Sendable {
        case append
        case project(ProjectorStep, Int)
        case rebuild(RebuilderStep, Int)
        /// A transaction of its own, by hand.
        case goBack
        case serve(Process)
        case serveOrphan(Int)
        /// Nobody has heard of the generation's holder for the time of a lease.
        case expire(generation: Int)
        case fault(Fault, Process)
    }

    func steps(in state: State) -> [Step] {
        var steps: [Step] = []
        if state.tail < eventCount { steps.append(.append) }
        for index in state.projectors.indices {
            steps += projectorSteps(of: index, in: state).map { .project($0, index) }
        }
        for index in state.rebuilders.indices {
            steps += rebuilderSteps(of: index, in: state).map { .rebuild($0, index) }
        }
        for process in processes {
            if let statement = statement(of: process, in: state), canServe(statement, in: state) {
                steps.append(.serve(process))
            }
            guard state.faultCount < faultLimit else { continue }
            steps += faults.filter { canHappen($0, to: process, in: state) }.map { .fault($0, process) }
        }
        for (index, statement) in state.orphans.enumerated() where canServe(statement, in: state) {
            steps.append(.serveOrphan(index))
        }
        let held = state.generations.filter { $0.value.isHeld && !$0.value.isClosed }
        steps += held.keys.sorted().map { .expire(generation: $0) }
        if state.goBackCount < goBackLimit, state.lock == nil, state.pointer.previous != nil { steps.append(.goBack) }
        return steps
    }

    func state(after step: Step, in state: State) -> State {
        var next = state
        switch step {
        case .append: next.tail += 1
        case .project(let step, let index): project(step, index, &next)
        case .rebuild(let step, let index): rebuild(step, index, &next)
        case .goBack: goBack(&next)
        case .serve(let process):
            switch process {
            case .projector(let index):
                next.projectors[index].statement = next.projectors[index].statement.map { serve($0, &next) }
            case .rebuilder(let index):
                next.rebuilders[index].statement = next.rebuilders[index].statement.map { serve($0, &next) }
            }
        case .serveOrphan(let index):
            let served = serve(next.orphans.remove(at: index), &next)
            if !served.isAnswered { next.orphans.insert(served, at: index) }
        case .expire(let number): next.generations[number]?.isHeld = false
        case .fault(let fault, let process):
            next.faultCount += 1
            happen(fault, to: process, &next)
        }
        if next.broken == nil { next.broken = brokenPromise(of: step, from: state, to: next) }
        return next
    }

    private func brokenPromise(of step: Step, from state: State, to next: State) -> String? {
        guard let before = state.shown?.position else { return nil }
        let after = next.shown?.position ?? 0
        if state.pointer.live == next.pointer.live { return after < before ? "the shown position went back" : nil }
        // Other rows are shown.
        if case .goBack = step { return nil }
        return before > 0 && after != before ? "new rows are of another position than those they replaced" : nil
    }
}
