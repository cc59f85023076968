import EventSourcing
import HeapModule

extension DispatchState {
    /// Takes in what a worker says of the tasks it had.
    ///
    /// - Returns: those that were not the worker's any more.
    mutating func take(
        _ turn: Turn,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> [Grant] {
        var refused = close(turn.done, .done, of: turn.agency, at: now, note: nil)
        refused += close(turn.withheld, .withheld, of: turn.agency, at: now, note: turn.reason)
        for failure in turn.failed where !fail(failure, of: turn.agency, at: now, using: &random) {
            refused.append(failure.grant)
        }
        if !turn.extended.isEmpty { refused += extend(turn.extended, turn.extensionTerm, of: turn.agency, at: now) }
        return refused
    }

    private mutating func close(
        _ grants: [Grant],
        _ outcome: Lease.Outcome,
        of agency: String?,
        at now: Timestamp,
        note: String?
    ) -> [Grant] {
        var refused: [Grant] = []
        let kind: Step.Kind = outcome == .done ? .done : .withheld
        var rest = grants[...]
        // A worker ends what it was given at once mostly at once: a lease is looked up for all of them.
        while let token = rest.first?.token {
            let run = rest.prefix { $0.token == token }
            rest = rest.dropFirst(run.count)
            guard var lease = leases.removeValue(forKey: token.rawValue) else {
                refused += run
                continue
            }
            var ended: [(segment: Int16, tasks: [Int64])] = []
            var hint = 0
            for grant in run {
                guard let index = lease.index(of: grant.task.rawValue, from: hint) else {
                    refused.append(grant)
                    continue
                }
                hint = index + 1
                let entry = lease.tasks[index]
                guard entry.outcome == .open, isTask(at: entry.place, of: agency) else {
                    // An answer that got lost makes a worker say it again.
                    if entry.outcome != outcome { refused.append(grant) }
                    continue
                }
                lease.settle(index, as: outcome)
                let segment = end(entry.place, kind)
                if ended.last?.segment == segment {
                    ended[ended.count - 1].tasks.append(entry.number)
                } else {
                    ended.append((segment, [entry.number]))
                }
            }
            leases[token.rawValue] = lease
            if lease.open == 0, !ended.isEmpty { retire(token.rawValue) }
            for (segment, tasks) in ended {
                write(kind, segment, lease: token.rawValue, tasks, at: now, note: note)
            }
        }
        return refused
    }

    private func isTask(at place: Int, of agency: String?) -> Bool {
        guard let agency else { return true }
        return agencies[lanes[slab[place].lane].agency].name == agency
    }

    /// Takes a task out that a worker has ended.
    ///
    /// - Returns: its segment.
    private mutating func end(_ place: Int, _ kind: Step.Kind) -> Int16 {
        let task = slab[place]
        if task.phase == .leased { free(task.lane) }
        if kind == .done { lanes[task.lane].counts.done += 1 } else { lanes[task.lane].counts.withheld += 1 }
        if let key = task.key { keys.end(key, of: task.number) }
        removeTask(at: place)
        return task.segment
    }

    private mutating func fail(
        _ failure: TaskFailure,
        of agency: String?,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> Bool {
        let token = failure.grant.token.rawValue
        guard let lease = leases[token], let index = lease.index(of: failure.grant.task.rawValue, from: 0),
            lease.tasks[index].outcome == .open
        else { return false }
        let place = lease.tasks[index].place
        guard isTask(at: place, of: agency) else { return false }
        let task = slab[place]
        if task.phase == .leased { free(task.lane) }
        settle(token, index)
        let retries = configuration.retries(of: lanes[task.lane].kind)
        let error = failure.error.storable
        if case .giveBack(let wait) = failure.consequence {
            giveBack(place, token, wait, because: error, at: now)
            return true
        }
        if failure.consequence == .bury || task.attempts >= retries.attempts {
            bury(place, because: error, at: now)
            return true
        }
        if task.phase == .ready { lanes[task.lane].readyCount -= 1 }
        let wait = failure.consequence.wait(after: task.attempts, retries, using: &random)
        slab[place].due = Self.time(wait.wholeMicroseconds, after: now)
        schedule(place)
        lanes[task.lane].counts.retried += 1
        write(.retry, task.segment, lease: token, [task.number], at: now, until: slab[place].due, note: error)
        return true
    }

    /// Takes a task back as if this lease had not been.
    private mutating func giveBack(
        _ place: Int,
        _ token: Int64,
        _ wait: Duration,
        because error: String,
        at now: Timestamp
    ) {
        let task = slab[place]
        slab[place].attempts -= 1
        if wait > .zero {
            if task.phase == .ready { lanes[task.lane].readyCount -= 1 }
            slab[place].due = Self.time(wait.wholeMicroseconds, after: now)
            schedule(place)
        } else if task.phase == .leased {
            // Otherwise the lease is over, and it stands there already.
            makeReady(place)
        }
        lanes[task.lane].counts.retried += 1
        write(.back, task.segment, lease: token, [task.number], at: now, until: slab[place].due, note: error)
    }

    private mutating func extend(
        _ grants: [Grant],
        _ term: Duration,
        of agency: String?,
        at now: Timestamp
    ) -> [Grant] {
        var refused: [Grant] = []
        var tokens: Set<Int64> = []
        for grant in grants {
            let token = grant.token.rawValue
            guard let lease = leases[token], !lease.isOver,
                let index = lease.index(of: grant.task.rawValue, from: 0), lease.tasks[index].outcome == .open,
                isTask(at: lease.tasks[index].place, of: agency)
            else {
                refused.append(grant)
                continue
            }
            tokens.insert(token)
        }
        for token in tokens.sorted() {
            let deadline = Self.time(term.wholeMicroseconds, after: now)
            guard let lease = leases[token], deadline > lease.deadline else { continue }
            leases[token]?.deadline = deadline
            deadlines.insert(Alarm(at: deadline, subject: token))
            for (segment, tasks) in openTasks(of: lease) {
                write(.extend, segment, lease: token, tasks, at: now, until: deadline)
            }
        }
        return refused
    }

    /// By their segments, since one may be emptied before the other.
    func openTasks(of lease: Lease) -> [(segment: Int16, tasks: [Int64])] {
        var tasks: [Int16: [Int64]] = [:]
        for entry in lease.tasks where entry.outcome == .open {
            tasks[slab[entry.place].segment, default: []].append(entry.number)
        }
        return tasks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Notes that a lease has no claim on one of its tasks any more.
    mutating func settle(_ token: Int64, _ index: Int) {
        leases[token]?.settle(index, as: .returned)
        if leases[token]?.open == 0 { retire(token) }
    }

    /// Keeps a lease whose tasks have all come to an end among those that are remembered.
    mutating func retire(_ token: Int64) {
        guard let lease = leases[token] else { return }
        if let session = lease.session { leasesOfSession[session]?.remove(token) }
        endedLeases.append(token)
        endedTasks += lease.tasks.count
        while endedTasks > Self.rememberedTasks, firstEnded < endedLeases.count {
            endedTasks -= leases.removeValue(forKey: endedLeases[firstEnded])?.tasks.count ?? 0
            firstEnded += 1
        }
        if firstEnded > 100_000 {
            endedLeases.removeFirst(firstEnded)
            firstEnded = 0
        }
    }
}
