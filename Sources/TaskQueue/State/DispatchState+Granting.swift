import EventSourcing
import HeapModule

extension DispatchState {
    /// A task as it is handed out.
    struct Granted: Sendable {
        let number: Int64
        let token: Int64
        let agency: String
        let kind: String
        let priority: Int16
        let attempt: Int32
        /// Microseconds since 1970.
        let deadline: Int64
        let enqueued: Int64
        let segment: Int16
        /// Nil when it must be read.
        var content: TaskContent?
    }

    // MARK: Demands

    /// Takes in a demand: gives what there is, or lets it wait.
    ///
    /// - Parameters:
    ///   - id: the caller's name for it.
    ///   - mayWait: otherwise it is over when there is nothing now.
    /// - Returns: nil when it waits.
    mutating func demand(
        _ demand: Turn.Demand,
        _ id: Int,
        worker: String,
        session: String?,
        mayWait: Bool,
        at now: Timestamp
    ) -> [Granted]? {
        var seen: Set<Int> = []
        let asked = WaitingDemand(
            id: id,
            shares: demand.shares.filter { $0.amount > 0 }.map { (agency($0.agency), $0.amount) }
                .filter { seen.insert($0.0).inserted },
            amount: max(0, demand.amount),
            term: demand.term.wholeMicroseconds,
            worker: worker,
            session: demand.endsWithProcess ? session : nil
        )
        let granted = fill(asked, at: now)
        guard granted.isEmpty, mayWait, asked.amount > 0 else { return granted }
        waiting[id] = asked
        for share in asked.shares {
            agencies[share.agency].waiting.append(id)
            wakeWhenRateAllows(share.agency, at: now)
        }
        return nil
    }

    /// Lets a demand wait no more.
    ///
    /// - Returns: false when it did not.
    @discardableResult
    mutating func withdraw(_ id: Int) -> Bool {
        guard let demand = waiting.removeValue(forKey: id) else { return false }
        for share in demand.shares { forget(id, at: share.agency) }
        return true
    }

    private mutating func forget(_ id: Int, at agency: Int) {
        if let index = agencies[agency].waiting.firstIndex(of: id) { agencies[agency].waiting.remove(at: index) }
    }

    /// Gives waiting demands what has become available, the first that waited first.
    mutating func match(at now: Timestamp) -> [(id: Int, tasks: [Granted])] {
        var matched: [(id: Int, tasks: [Granted])] = []
        for agency in stirred.sorted() {
            while let id = agencies[agency].waiting.first, let demand = waiting[id] {
                let tasks = fill(demand, at: now)
                guard !tasks.isEmpty else { break }
                withdraw(id)
                matched.append((id, tasks))
            }
            wakeWhenRateAllows(agency, at: now)
        }
        stirred.removeAll(keepingCapacity: true)
        return matched
    }

    /// Makes sure that an agency is looked at again when nothing but a rate holds its tasks back.
    private mutating func wakeWhenRateAllows(_ agency: Int, at now: Timestamp) {
        guard !agencies[agency].waiting.isEmpty else { return }
        var next: Timestamp?
        for lane in agencies[agency].lanes where lanes[lane].readyCount > 0 && !lanes[lane].limit.isPaused {
            let times = [agencies[agency].gauge.nextStart(at: now), lanes[lane].gauge.nextStart(at: now)]
            guard let latest = times.compactMap(\.self).max() else { continue }
            next = min(next ?? latest, latest)
        }
        guard let next, agencies[agency].wakesAt.map({ next.microseconds < $0 }) ?? true else { return }
        agencies[agency].wakesAt = next.microseconds
        rateAlarms.insert(Alarm(at: next.microseconds, subject: Int64(agency)))
    }

    // MARK: Choosing

    /// An agency in the order in which agencies are served.
    private struct Candidate: Comparable {
        let turn: Int
        let agency: Int
        /// How many more of its tasks the worker can take.
        let rest: Int

        static func < (lhs: Candidate, rhs: Candidate) -> Bool {
            (lhs.turn, lhs.agency) < (rhs.turn, rhs.agency)
        }
    }

    /// Leases what a demand may have now.
    private mutating func fill(_ demand: WaitingDemand, at now: Timestamp) -> [Granted] {
        guard demand.amount > 0 else { return [] }
        var places: [Int] = []
        var candidates = Heap<Candidate>()
        for share in demand.shares where share.amount > 0 && next(of: share.agency, at: now) != nil {
            let turn = agencies[share.agency].turn
            candidates.insert(Candidate(turn: turn, agency: share.agency, rest: share.amount))
        }
        while places.count < demand.amount, let candidate = candidates.popMin() {
            let agency = candidate.agency
            guard let lane = next(of: agency, at: now) else { continue }
            // Alone, and with one kind of tasks, nobody's turn comes between.
            let isAlone = candidates.isEmpty && agencies[agency].lanes.count == 1
            var amount = isAlone ? min(demand.amount - places.count, candidate.rest, room(of: lane, at: now)) : 1
            var rest = candidate.rest
            while amount > 0, let place = popReady(lane) {
                start(place, at: now)
                places.append(place)
                amount -= 1
                rest -= 1
            }
            turn += 1
            agencies[agency].turn = turn
            if rest > 0 { candidates.insert(Candidate(turn: turn, agency: agency, rest: rest)) }
        }
        return places.isEmpty ? [] : lease(places, to: demand, at: now)
    }

    /// How many more of a lane's tasks may start now.
    private func room(of lane: Int, at now: Timestamp) -> Int {
        let agency = lanes[lane].agency
        guard lanes[lane].readyCount > 0, !lanes[lane].limit.isPaused, !agencies[agency].limit.isPaused else {
            return 0
        }
        return min(
            lanes[lane].limit.concurrency.map { Int($0) - lanes[lane].leased } ?? .max,
            agencies[agency].limit.concurrency.map { Int($0) - agencies[agency].leased } ?? .max,
            lanes[lane].gauge.allowance(at: now),
            agencies[agency].gauge.allowance(at: now)
        )
    }

    /// The lane whose first task is the next of an agency's; nil when none may start.
    private mutating func next(of agency: Int, at now: Timestamp) -> Int? {
        var best: (ready: Lane.ReadyTask, lane: Int)?
        for lane in agencies[agency].lanes where room(of: lane, at: now) > 0 {
            guard let ready = firstReady(lane) else { continue }
            if best.map({ ready < $0.ready }) ?? true { best = (ready, lane) }
        }
        return best?.lane
    }

    /// The first task of a lane, after those that ended or left while they waited there were taken out.
    private mutating func firstReady(_ lane: Int) -> Lane.ReadyTask? {
        while let first = lanes[lane].ready.min {
            // One that was scheduled anew stands there twice: where it stood before, and where it belongs.
            if slab.holds(first.number, at: first.place), slab[first.place].phase == .ready,
                rank(of: slab[first.place]) == first.rank
            {
                return first
            }
            lanes[lane].ready.removeMin()
        }
        return nil
    }

    private mutating func popReady(_ lane: Int) -> Int? {
        guard let first = firstReady(lane) else { return nil }
        lanes[lane].ready.removeMin()
        return first.place
    }

    /// Counts a task as started.
    private mutating func start(_ place: Int, at now: Timestamp) {
        let task = slab[place]
        let agency = lanes[task.lane].agency
        let waited = max(0, now.microseconds - task.due)
        lanes[task.lane].readyCount -= 1
        lanes[task.lane].leased += 1
        lanes[task.lane].gauge.start(1, at: now)
        lanes[task.lane].counts.leased += 1
        lanes[task.lane].counts.waited += waited
        lanes[task.lane].counts.longestWait = max(lanes[task.lane].counts.longestWait, waited)
        agencies[agency].leased += 1
        agencies[agency].gauge.start(1, at: now)
    }

    /// Puts tasks under one new lease.
    private mutating func lease(_ places: [Int], to demand: WaitingDemand, at now: Timestamp) -> [Granted] {
        let token = lastStep + 1
        let deadline = Self.time(demand.term, after: now)
        var granted: [Granted] = []
        granted.reserveCapacity(places.count)
        var entries: [Lease.Entry] = []
        entries.reserveCapacity(places.count)
        var parts: [(segment: Int16, tasks: [Int64])] = []
        for place in places {
            overtake(place)
            slab[place].phase = .leased
            slab[place].token = token
            slab[place].attempts += 1
            let task = slab[place]
            entries.append(Lease.Entry(number: task.number, place: place))
            if let part = parts.indices.last(where: { parts[$0].segment == task.segment }) {
                parts[part].tasks.append(task.number)
            } else {
                parts.append((task.segment, [task.number]))
            }
            granted.append(
                Granted(
                    number: task.number,
                    token: token,
                    agency: agencies[lanes[task.lane].agency].name,
                    kind: lanes[task.lane].kind,
                    priority: task.priority,
                    attempt: task.attempts,
                    deadline: deadline,
                    enqueued: task.enqueued,
                    segment: task.segment,
                    content: task.content
                )
            )
        }
        leases[token] = Lease(deadline: deadline, session: demand.session, demand: demand.id, tasks: entries)
        deadlines.insert(Alarm(at: deadline, subject: token))
        if let session = demand.session { leasesOfSession[session, default: []].insert(token) }
        for part in parts {
            write(
                .lease,
                part.segment,
                lease: token,
                part.tasks,
                at: now,
                until: deadline,
                worker: demand.worker,
                session: demand.session
            )
        }
        return granted
    }

    /// Ends the claim that an earlier lease, which is over, still has on a task.
    private mutating func overtake(_ place: Int) {
        let task = slab[place]
        guard let lease = leases[task.token], let index = lease.index(of: task.number, from: 0),
            lease.tasks[index].outcome == .open
        else { return }
        settle(task.token, index)
    }
}
