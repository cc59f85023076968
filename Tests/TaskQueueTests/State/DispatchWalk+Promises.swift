import EventSourcing

@testable import TaskQueue

/// What the oracle says to each lease, and to the state as a whole.
extension DispatchWalk {
    mutating func start(
        _ granted: [DispatchState.Granted],
        _ id: Int,
        session: String?,
        _ demand: Turn.Demand?
    ) {
        guard let token = granted.first?.token else { return }
        if leases[token] != nil { fault("token \(token) twice") }
        if let highest = leases.keys.max(), highest >= token { fault("token \(token) after \(highest)") }
        leases[token] = KnownLease(
            deadline: granted[0].deadline,
            session: session,
            demand: id,
            tasks: granted.map(\.number)
        )
        for grant in granted {
            guard let task = tasks[grant.number], task.isOpen else {
                fault("task \(grant.number) was handed out and is not open")
                continue
            }
            if isActive(grant.number, but: token) { fault("task \(grant.number) is under two leases") }
            if task.due > now { fault("task \(grant.number) was handed out before its time") }
            checkOrder(task, under: token)
            if let key = task.row.uniqueKey {
                for (number, other) in tasks where number != grant.number && other.leases > 0 {
                    guard other.row.uniqueKey == key, other.row.agency == task.row.agency else { continue }
                    let isResent = other.end == .dead && !rows.letters.contains { $0.number == number }
                    if other.end == nil || (other.end == .dead && !isResent) {
                        fault("task \(grant.number) was handed out beside \(number) with the same key")
                    }
                }
            }
            tasks[grant.number]?.token = token
            tasks[grant.number]?.leases += 1
            tasks[grant.number]?.isReturned = false
            tasks[grant.number]?.isForgotten = false
            let attempts = tasks[grant.number].map { $0.leases - $0.leasesGivenBack }
            if grant.attempt != Int32(attempts ?? 0) { fault("task \(grant.number): wrong attempt") }
            starts.append(Start(at: now, agency: task.row.agency, kind: task.row.kind, era: era))
            checkLimits(task.row)
        }
        if let demand {
            if granted.count > demand.amount { fault("more than was asked for") }
            for share in demand.shares where granted.count(where: { $0.agency == share.agency }) > share.amount {
                fault("more of an agency's than was asked for")
            }
        }
    }

    /// Whether a lease that is not over has the task.
    func isActive(_ number: Int64, but token: Int64 = 0) -> Bool {
        guard let task = tasks[number], task.leases > 0, task.end == nil, !task.isReturned, task.token != token else {
            return false
        }
        return leases[task.token]?.isOver == false
    }

    func rank(_ task: KnownTask) -> (Int64, Int64) {
        (task.due - configuration.ageing.wholeMicroseconds * Int64(task.row.priority), task.row.number)
    }

    mutating func checkOrder(_ task: KnownTask, under token: Int64) {
        for (number, other) in tasks where other.isOpen && other.due <= now && !isActive(number) {
            guard number != task.row.number, other.token != token else { continue }
            guard other.row.agency == task.row.agency, other.row.kind == task.row.kind else { continue }
            if rank(other) < rank(task) { fault("task \(task.row.number) was handed out before \(number)") }
        }
    }

    mutating func checkLimits(_ task: EnqueuedTask) {
        let agency = limits.limit(of: task.agency)
        let kind = limits.limit(of: task.agency, task.kind)
        if agency.isPaused || kind.isPaused { fault("a paused task was handed out") }
        let active = tasks.filter { isActive($0.key) && $0.value.row.agency == task.agency }
        if let limit = agency.concurrency, active.count > Int(limit) {
            fault("\(active.count) of \(limit) of \(task.agency)")
        }
        if let limit = kind.concurrency, active.count(where: { $0.value.row.kind == task.kind }) > Int(limit) {
            fault("too many of a kind of \(task.agency)'s")
        }
    }

    /// Every pair of starts under the same limits.
    mutating func checkRates() {
        for agency in Self.agencies {
            for kind in [nil, "whistle", "notice"] as [String?] {
                let times = starts.filter { $0.agency == agency && (kind == nil || $0.kind == kind) }
                let limit = kind.map { limits.limit(of: agency, $0) } ?? limits.limit(of: agency)
                guard let rate = limit.rate else { continue }
                let now = times.filter { $0.era == era }.map(\.at)
                for first in now.indices {
                    for last in first..<now.count {
                        let allowed =
                            Double(rate.burst) + Double(now[last] - now[first]) * Double(rate.tasks)
                            / (Double(rate.seconds) * 1e6)
                        if Double(last - first + 1) > allowed + 1e-6 {
                            fault("\(last - first + 1) of \(agency)/\(kind ?? "*") in \(now[last] - now[first])")
                            return
                        }
                    }
                }
            }
        }
    }

    /// What the state counts is what is there.
    mutating func check() {
        let open = tasks.values.count(where: \.isOpen)
        if state.openCount != open { fault("\(state.openCount) of \(open) tasks are open") }
        var ready: [Int: Int] = [:]
        var leased: [Int: Int] = [:]
        var bytes = 0
        for place in state.slab.places {
            let task = state.slab[place]
            if task.phase == .ready { ready[task.lane, default: 0] += 1 }
            if task.phase == .leased { leased[task.lane, default: 0] += 1 }
            bytes += task.content?.payload.utf8.count ?? 0
            if tasks[task.number]?.isOpen != true { fault("task \(task.number) is open in the state alone") }
            if tasks[task.number]?.due != task.due { fault("task \(task.number) is due at another time") }
            if (task.phase == .leased) != isActive(task.number) { fault("task \(task.number) is \(task.phase)") }
        }
        for lane in state.lanes.indices {
            if state.lanes[lane].readyCount != ready[lane] ?? 0 { fault("a lane's ready tasks") }
            if state.lanes[lane].leased != leased[lane] ?? 0 { fault("a lane's leased tasks") }
        }
        for agency in state.agencies
        where agency.leased != agency.lanes.reduce(0, { $0 + (leased[$1] ?? 0) }) { fault("an agency's leased tasks") }
        if state.contentBytes != bytes { fault("\(state.contentBytes) of \(bytes) bytes") }
        for (number, segment) in state.segments {
            let unknown = unseen.count { $0.segment == number }
            if segment.tasks != rows.count(in: number) - unknown { fault("segment \(number): \(segment.tasks) tasks") }
            let open = state.slab.places.count { state.slab[$0].segment == number }
            if segment.open != open { fault("segment \(number): \(segment.open) of \(open) open") }
        }
    }
}
