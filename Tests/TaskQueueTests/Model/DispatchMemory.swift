@testable import TaskQueue

extension DispatchModel {
    /// What a dispatcher knows: `DispatchState`, `SegmentKeeping` and the horizon in one.
    struct Memory: Hashable {
        struct Known: Hashable {
            enum Phase: Hashable {
                case ready, leased, done
            }

            var segment: Int
            var carried: Int
            var phase = Phase.ready
            var token = 0
        }

        struct Settling: Hashable {
            let highest: Int
            var bound: Int64?
        }

        /// By number, which begin at one.
        var tasks: [Known?]
        /// How many rows each segment has; they begin at one too.
        var counts: [Int]
        var carriedFrom: Set<Int> = []
        var lastStep = 0
        var segment = 1
        var emptying: Int?
        var horizon = Horizon()
        var settling: Settling?

        subscript(task: Int) -> Known? {
            get { tasks[task - 1] }
            set { tasks[task - 1] = newValue }
        }

        var leased: Int { tasks.count { $0?.phase == .leased } }

        /// Whether a number that is not known is still looked for.
        func expects(_ number: Int) -> Bool {
            if number > horizon.highest || horizon.gaps(holding: number) { return true }
            return settling.map { number <= $0.highest } ?? false
        }
    }

    /// The real one, compared by what it knows.
    struct Horizon: Hashable {
        private(set) var real: NumberHorizon

        init(highest: Int = 0) { real = NumberHorizon(highest: Int64(highest)) }

        var highest: Int { Int(real.highest) }

        var hasGaps: Bool { !real.gaps.isEmpty }

        func gaps(holding number: Int) -> Bool {
            real.gaps.contains { $0.first <= Int64(number) && Int64(number) <= $0.last }
        }

        mutating func see(_ number: Int) -> Bool { real.see(Int64(number)) }

        mutating func miss(through highest: Int, in snapshot: NumberHorizon.Snapshot) {
            real.miss(through: Int64(highest), in: snapshot)
        }

        static func == (lhs: Horizon, rhs: Horizon) -> Bool {
            lhs.real.highest == rhs.real.highest && lhs.real.gaps == rhs.real.gaps
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(real.highest)
            hasher.combine(real.gaps)
        }
    }

    // MARK: Taking over

    /// What whoever takes over makes of the tables.
    func read(_ state: State) -> Memory {
        var memory = Memory(
            tasks: Array(repeating: nil, count: taskCount),
            counts: Array(repeating: 0, count: segmentCount)
        )
        for row in state.rows {
            memory.counts[row.segment - 1] += 1
            if let older = memory[row.task] {
                if mistake == .countsOldestRow { continue }
                memory.carriedFrom.insert(older.segment)
            }
            memory[row.task] = Memory.Known(segment: row.segment, carried: row.carried)
        }
        memory.lastStep = max(state.storedStep, state.steps.map(\.number).max() ?? 0)
        for step in state.steps {
            // What happened to an earlier row counts no more.
            guard var known = memory[step.task], known.segment == step.segment else { continue }
            switch step.kind {
            case .lease:
                known.phase = .leased
                known.token = step.token
            case .over: if known.token == step.token { known.phase = .ready }
            case .done: known.phase = .done
            }
            memory[step.task] = known
        }
        if mistake == .forgetsLeases {
            for task in memory.tasks.indices where memory.tasks[task]?.phase == .leased {
                memory.tasks[task]?.phase = .ready
            }
        }
        memory.horizon = Horizon(highest: state.lastNumber)
        if mistake != .settlesNothing { memory.settling = Memory.Settling(highest: state.lastNumber) }
        memory.segment = state.segment
        return memory
    }

    // MARK: Looking

    /// What a look tells of transactions; it takes a number of its own when it is asked to.
    private func snapshot(needsBound: Bool, _ state: inout State) -> NumberHorizon.Snapshot {
        let xmax = state.lastEnded + 1
        let running = state.enqueuers.compactMap { $0.underWay?.transaction }.filter { $0 > 0 && $0 < xmax }
        let xmin = Int64(running.min() ?? xmax)
        guard needsBound else { return NumberHorizon.Snapshot(xmin: xmin, bound: nil) }
        if mistake == .boundsByXmax { return NumberHorizon.Snapshot(xmin: xmin, bound: Int64(xmax)) }
        state.lastTransaction += 1
        state.lastEnded = state.lastTransaction
        return NumberHorizon.Snapshot(xmin: xmin, bound: Int64(state.lastTransaction))
    }

    /// Takes in everything that is visible and not known.
    func look(_ memory: inout Memory, _ state: inout State) {
        let (highest, before) = (memory.horizon.highest, memory.horizon)
        let needsBound = before.real.needsBound || memory.settling.map { $0.bound == nil } ?? false
        let snapshot = snapshot(needsBound: needsBound, &state)
        for row in state.rows where row.task > highest || before.gaps(holding: row.task) {
            see(row, &memory)
        }
        memory.horizon.miss(through: highest, in: snapshot)
        if mistake == .looksOnlyAbove { memory.horizon = Horizon(highest: memory.horizon.highest) }
        guard let settling = memory.settling else { return }
        guard let bound = settling.bound else {
            memory.settling?.bound = snapshot.bound
            return
        }
        guard bound <= snapshot.xmin else { return }
        for row in state.rows where row.task <= settling.highest && memory[row.task] == nil { accept(row, &memory) }
        memory.settling = nil
    }

    func see(_ row: Row, _ memory: inout Memory) {
        if memory.horizon.see(row.task) { accept(row, &memory) }
    }

    private func accept(_ row: Row, _ memory: inout Memory) {
        memory[row.task] = Memory.Known(segment: row.segment, carried: row.carried)
        memory.counts[row.segment - 1] += 1
    }
}
