import EventSourcing
import HeapModule

extension DispatchState {
    /// When there is something to be done without anybody asking; nil for never.
    var nextAlarm: Timestamp? {
        [scheduled.min?.due, deadlines.min?.at, rateAlarms.min?.at].compactMap(\.self).min()
            .map { Timestamp(microseconds: $0) }
    }

    /// Does what has come due: tasks whose time it is, leases that have run out, rates that allow more.
    mutating func pass(_ now: Timestamp) {
        while let next = scheduled.min, next.due <= now.microseconds {
            scheduled.removeMin()
            if slab.holds(next.number, at: next.place), slab[next.place].phase == .scheduled { makeReady(next.place) }
        }
        while let next = deadlines.min, next.at <= now.microseconds {
            deadlines.removeMin()
            guard let lease = leases[next.subject], !lease.isOver, lease.deadline <= now.microseconds else { continue }
            end(lease: next.subject, "no worker came to an end with it", at: now)
        }
        while let next = rateAlarms.min, next.at <= now.microseconds {
            rateAlarms.removeMin()
            stirred.insert(Int(next.subject))
            agencies[Int(next.subject)].wakesAt = nil
        }
    }

    /// Takes back what was leased to a process that is gone.
    mutating func lose(session: String, at now: Timestamp) {
        for token in (leasesOfSession.removeValue(forKey: session) ?? []).sorted() {
            end(lease: token, "its worker is gone", at: now)
        }
    }

    /// Takes back what was leased to a process and never reached it.
    ///
    /// - Parameters:
    ///   - held: what the process says it has.
    ///   - awaited: its demands that it has no answer to yet: what they brought may still reach it.
    mutating func reconcile(
        session: String,
        holding held: Set<Int64>,
        awaiting awaited: Set<Int> = [],
        at now: Timestamp
    ) {
        for token in (leasesOfSession[session] ?? []).sorted() where !held.contains(token) {
            if let demand = leases[token]?.demand, awaited.contains(demand) { continue }
            end(lease: token, "it did not reach its worker", at: now)
        }
    }

    var sessions: some Sequence<String> { leasesOfSession.keys }

    /// Takes back what was leased and reached nobody.
    mutating func giveBack(_ token: Int64, at now: Timestamp) {
        end(lease: token, "it did not reach its worker", at: now)
    }

    /// Ends a lease by itself: its tasks are handed out again, or given up when their attempts are used up.
    ///
    /// It is written down, since whoever takes over must not take the lease for a running one.
    private mutating func end(lease token: Int64, _ reason: String, at now: Timestamp) {
        guard let lease = leases[token], !lease.isOver else { return }
        for (segment, tasks) in openTasks(of: lease) {
            write(.over, segment, lease: token, tasks, at: now, note: reason)
        }
        leases[token]?.isOver = true
        if let session = lease.session { leasesOfSession[session]?.remove(token) }
        for (index, entry) in lease.tasks.enumerated() where entry.outcome == .open {
            let task = slab[entry.place]
            free(task.lane)
            if task.attempts >= configuration.retries(of: lanes[task.lane].kind).attempts {
                settle(token, index)
                bury(entry.place, because: reason, at: now)
            } else {
                makeReady(entry.place)
            }
        }
    }

    mutating func free(_ lane: Int) {
        lanes[lane].leased -= 1
        agencies[lanes[lane].agency].leased -= 1
        stirred.insert(lanes[lane].agency)
    }

    mutating func bury(_ place: Int, because error: String, at now: Timestamp) {
        let task = slab[place]
        burials.append(
            Burial(number: task.number, segment: task.segment, attempts: task.attempts, error: error)
        )
        write(.dead, task.segment, lease: task.token, [task.number], at: now, note: error)
        lanes[task.lane].counts.dead += 1
        removeTask(at: place)
    }
}
