import EventSourcing

@testable import TaskQueue

extension DispatchWalk {
    /// Another dispatcher reads the tables, and whatever was in memory alone is gone.
    mutating func takeOver() {
        // Whoever takes over first lets the time pass that has passed.
        var live = state
        var (restored, carriedFrom) = rows.restored(configuration, limits, at: time, using: &random)
        let isNewsSeen = unseen.isEmpty
        for task in unseen {
            tasks[task.number] = KnownTask(row: task, due: task.runAt.microseconds, isAccepted: true)
        }
        unseen = []
        forget()
        if isNewsSeen {
            live.pass(time)
            var other = restored
            other.pass(time)
            compare(live, other)
            if !faults.isEmpty { return }
        }
        if carriedFrom != self.carriedFrom.filter({ segment in rows.tasks.contains { $0.task.segment == segment } }) {
            faults.append("carried from \(carriedFrom), not \(self.carriedFrom)")
        }
        swap(&state, &restored)
        waiting = [:]
        for token in leases.keys { leases[token]?.demand = nil }
    }

    /// What the tables do not tell of leases: that of a carried task, and whatever stood in a segment that was emptied.
    private mutating func forget() {
        let stored = Set(rows.tasks.map(\.task.number))
        for (number, task) in tasks where task.token > 0 {
            if task.carriedToken == task.token || !stored.contains(number) { tasks[number]?.isForgotten = true }
        }
    }

    private mutating func compare(_ live: DispatchState, _ restored: DispatchState) {
        let forgotten = Set(tasks.filter(\.value.isForgotten).keys)
        func expect<T: Equatable>(_ what: String, _ value: (DispatchState) -> T) {
            let (one, other) = (value(live), value(restored))
            if one != other { faults.append("\(what) after a takeover: \(other), not \(one)") }
        }
        expect("the open tasks") { $0.standings(but: forgotten) }
        expect("the leases") { $0.runningLeases }
        expect("the last step") { $0.lastStep }
        expect("the limits' use") { state in
            state.agencies.indices.filter { state.agencies[$0].leased > 0 }.map {
                "\(state.agencies[$0].name) \(state.agencies[$0].leased)"
            }.sorted()
        }
        expect("the segments") { state in
            state.segments.filter { $0.value.tasks > 0 }.mapValues { [$0.tasks, $0.open] }
        }
        if !options.areLimitsChanged { expect("the rates' use") { $0.usedRates(at: time) } }
        for agency in Self.agencies where !options.areLimitsChanged {
            expect("the next of \(agency)'s") { $0.next(of: agency, at: time) }
        }
    }
}

extension DispatchState {
    fileprivate func standings(but forgotten: Set<Int64>) -> [Int64: String] {
        var standings: [Int64: String] = [:]
        for place in slab.places {
            let task = slab[place]
            let lane = lanes[task.lane]
            let token = forgotten.contains(task.number) ? 0 : task.token
            standings[task.number] = """
                \(agencies[lane.agency].name) \(lane.kind) \(task.phase) \(task.priority) \(task.due) \(task.attempts) \
                \(task.segment) \(token) \(task.key != nil)
                """
        }
        return standings
    }

    /// What is with workers.
    fileprivate var runningLeases: [Int64: String] {
        var running: [Int64: String] = [:]
        for (token, lease) in leases where !lease.isOver && lease.open > 0 {
            let open = lease.tasks.filter { $0.outcome == .open }.map(\.number)
            running[token] = "\(lease.deadline) \(lease.session ?? "") \(open.sorted())"
        }
        return running
    }

    fileprivate func usedRates(at now: Timestamp) -> [String] {
        var used: [String] = []
        for agency in agencies where agency.gauge.rate != nil && agency.gauge.fullAt > now.microseconds * 1_000 {
            used.append("\(agency.name) \(agency.gauge.fullAt)")
        }
        for lane in lanes where lane.gauge.rate != nil && lane.gauge.fullAt > now.microseconds * 1_000 {
            used.append("\(agencies[lane.agency].name) \(lane.kind) \(lane.gauge.fullAt)")
        }
        return used.sorted()
    }

    /// What a worker would be given.
    fileprivate func next(of agency: String, at now: Timestamp) -> [Int64] {
        var copy = self
        let demand = Turn.Demand(of: [agency], amount: 50, term: .seconds(1))
        return copy.demand(demand, .max, worker: "w", session: nil, mayWait: false, at: now)?.map(\.number) ?? []
    }
}
