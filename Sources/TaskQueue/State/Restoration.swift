import EventSourcing
import HeapModule

/// Gathers what the tables say of a queue, and makes the state of it that a new dispatcher goes on with.
struct Restoration: Sendable {
    private struct Entry {
        var task: EnqueuedTask
        var carried: Int32
        var attempts: Int32
        var due: Int64
        var token: Int64 = 0
        var isLeased = false
        /// Its worker gave it back.
        var isReturned = false
        /// How it ended, and in which step.
        var end: Step.Kind?
        var endedIn: Int64 = 0
        /// It ended because its key was taken by another.
        var isRepetition = false
        /// Some dispatcher has taken it in before, and handed it out or written it again.
        var isKnown: Bool
    }

    /// Who takes a key before whom.
    private enum Claim: Int, CaseIterable {
        /// What was handed out keeps its key, be it younger than one that was not seen before.
        case known
        case ended
        /// Somebody wants it sent in the place of its dead letter.
        case resent
        case new
    }

    private var entries: [Int64: Entry] = [:]
    private var rows: [Int16: Int] = [:]
    private var newest: [Int16: Int64] = [:]
    private var steps: [Step] = []
    /// Segments with rows that do not count any more.
    private(set) var carriedFrom: Set<Int16> = []

    /// The numbers of all tasks that were read.
    var numbers: Set<Int64> { Set(entries.keys) }

    /// Takes in a row of a task. A task that was written again has several: the newest counts.
    mutating func add(_ task: EnqueuedTask, carried: Int32) {
        rows[task.segment, default: 0] += 1
        if carried == 0 { newest[task.segment] = max(newest[task.segment] ?? 0, task.enqueuedAt.microseconds) }
        if let known = entries[task.number] {
            carriedFrom.insert(known.carried >= carried ? task.segment : known.task.segment)
            if known.carried >= carried { return }
        }
        entries[task.number] = Entry(
            task: task,
            carried: carried,
            attempts: task.attempts,
            due: task.runAt.microseconds,
            isKnown: carried > 0 || task.attempts > 0
        )
    }

    mutating func add(_ step: Step) { steps.append(step) }

    /// The state, after all rows were added.
    ///
    /// - Parameters:
    ///   - deadLetters: who are not among the open tasks but keep their keys.
    ///   - counted: the last step that is in the counts already.
    ///   - lastStep: no step of an emptied segment had a higher number.
    ///   - segments: those that exist.
    consuming func state(
        _ configuration: QueueConfiguration,
        limits: QueueLimits,
        gauges: [StoredGauge],
        deadLetters: [(number: Int64, agency: String, uniqueKey: String)],
        counted: Int64,
        lastStep: Int64,
        segments: [Int16],
        at now: Timestamp
    ) -> DispatchState {
        steps.sort { $0.number < $1.number }
        var state = DispatchState(configuration: configuration, lastStep: max(steps.last?.number ?? 0, lastStep))
        state.set(limits, at: now)
        for gauge in gauges { state.restore(gauge, at: now) }
        for segment in segments {
            let changedAt = newest[segment] ?? now.microseconds
            state.segments[segment] = DispatchState.Segment(tasks: rows[segment] ?? 0, changedAt: changedAt)
        }
        var leases: [Int64: Lease] = [:]
        var members: [Int64: [Int64]] = [:]
        for step in steps { apply(step, to: &state, &leases, &members, counted: counted) }
        for letter in deadLetters { state.keep(key: letter.uniqueKey, of: letter.agency, for: letter.number) }
        var places: [Int64: Int] = [:]
        for number in inOrderOfClaims() {
            guard let entry = entries[number] else { continue }
            if let end = entry.end {
                if end != .dead, !entry.isRepetition { state.remember(entry.task) }
                continue
            }
            places[number] = state.restore(
                entry.task,
                due: entry.due,
                attempts: entry.attempts,
                token: entry.token,
                isLeased: entry.isLeased,
                at: now
            )
        }
        for (token, numbers) in members.sorted(by: { $0.key < $1.key }) {
            guard var lease = leases[token] else { continue }
            lease.tasks = numbers.map { number in
                let entry = entries[number]
                var member = Lease.Entry(number: number, place: places[number] ?? 0)
                if entry?.token != token {
                    member.outcome = .returned
                } else if let end = entry?.end {
                    member.outcome = end == .done ? .done : end == .withheld ? .withheld : .returned
                } else if entry?.isReturned == true || places[number] == nil {
                    member.outcome = .returned
                }
                return member
            }
            lease.open = lease.tasks.count { $0.outcome == .open }
            state.restore(lease, token)
        }
        return state
    }

    private func inOrderOfClaims() -> [Int64] {
        var numbers: [[Int64]] = Claim.allCases.map { _ in [] }
        for (number, entry) in entries {
            let claim: Claim =
                entry.end != nil ? .ended : entry.isKnown ? .known : entry.task.resent != nil ? .resent : .new
            numbers[claim.rawValue].append(number)
        }
        for claim in numbers.indices where claim != Claim.ended.rawValue { numbers[claim].sort() }
        // The keys of those that ended last are remembered longest.
        let ends = numbers[Claim.ended.rawValue].map { (entries[$0]?.endedIn ?? 0, $0) }.sorted { $0 < $1 }
        numbers[Claim.ended.rawValue] = ends.map { $0.1 }
        return numbers.flatMap(\.self)
    }

    private mutating func apply(
        _ step: Step,
        to state: inout DispatchState,
        _ leases: inout [Int64: Lease],
        _ members: inout [Int64: [Int64]],
        counted: Int64
    ) {
        if step.kind == .lease {
            leases[step.lease] = Lease(deadline: step.until ?? step.at, session: step.session, demand: nil, tasks: [])
        } else if step.kind == .extend, let until = step.until {
            leases[step.lease]?.deadline = until
        } else if step.kind == .over {
            leases[step.lease]?.isOver = true
        }
        state.segments[step.segment]?.changedAt = step.at
        for number in step.tasks {
            guard let entry = entries[number] else { continue }
            if step.kind == .lease { members[step.lease, default: []].append(number) }
            state.count(step, entry.task, since: entry.due, isNew: step.number > counted)
            // What happened to an earlier row of a task that was written again is in the newest row.
            guard entry.task.segment == step.segment else { continue }
            entries[number]?.isKnown = true
            switch step.kind {
            case .lease:
                entries[number]?.token = step.lease
                entries[number]?.attempts += 1
                entries[number]?.isLeased = true
                entries[number]?.isReturned = false
            case .extend: break
            case .over: if entry.token == step.lease { entries[number]?.isLeased = false }
            case .retry, .back:
                if step.kind == .back { entries[number]?.attempts -= 1 }
                entries[number]?.isLeased = false
                entries[number]?.isReturned = true
                entries[number]?.due = step.until ?? step.at
            case .done, .withheld, .dead:
                entries[number]?.end = step.kind
                entries[number]?.endedIn = step.number
                entries[number]?.isRepetition = step.lease == 0 && step.kind == .withheld
            }
        }
    }
}

/// How far a rate was used up when it was written down.
struct StoredGauge: Sendable {
    let agency: String
    /// Nil for the rate of all kinds together.
    let kind: String?
    let fullAt: Int64
    let step: Int64
}

extension DispatchState {
    fileprivate mutating func restore(_ gauge: StoredGauge, at now: Timestamp) {
        let agency = agency(gauge.agency)
        if let kind = gauge.kind {
            lanes[lane(agency, kind)].gauge.restore(gauge, at: now)
        } else {
            agencies[agency].gauge.restore(gauge, at: now)
        }
    }

    /// Takes a key for a dead letter.
    fileprivate mutating func keep(key: String, of agency: String, for number: Int64) {
        _ = keys.take(UniqueKeys.Hash(agency: agency, key: key), for: number, insteadOf: nil)
    }

    /// Remembers the key of a task that has ended.
    fileprivate mutating func remember(_ task: EnqueuedTask) {
        guard let key = task.uniqueKey.map({ UniqueKeys.Hash(agency: task.agency, key: $0) }) else { return }
        if keys.take(key, for: task.number, insteadOf: task.resent) { keys.end(key, of: task.number) }
    }

    /// Counts a step of before: for the rates always, for the history when it is not in it yet.
    fileprivate mutating func count(
        _ step: Step,
        _ task: EnqueuedTask,
        since due: Int64,
        isNew: Bool
    ) {
        let lane = lane(agency(task.agency), task.kind)
        if step.kind == .lease {
            let agency = lanes[lane].agency
            lanes[lane].gauge.start(1, at: Timestamp(microseconds: step.at), in: step.number)
            agencies[agency].gauge.start(1, at: Timestamp(microseconds: step.at), in: step.number)
        }
        guard isNew else { return }
        switch step.kind {
        case .lease:
            let waited = max(0, step.at - due)
            lanes[lane].counts.leased += 1
            lanes[lane].counts.waited += waited
            lanes[lane].counts.longestWait = max(lanes[lane].counts.longestWait, waited)
        case .done: lanes[lane].counts.done += 1
        case .withheld: lanes[lane].counts.withheld += 1
        case .retry, .back: lanes[lane].counts.retried += 1
        case .dead: lanes[lane].counts.dead += 1
        case .extend, .over: break
        }
    }

    /// Takes in an open task as it stands in the tables.
    ///
    /// - Returns: its place; nil when its key was taken by one before it.
    fileprivate mutating func restore(
        _ task: EnqueuedTask,
        due: Int64,
        attempts: Int32,
        token: Int64,
        isLeased: Bool,
        at now: Timestamp
    ) -> Int? {
        let lane = lane(agency(task.agency), task.kind)
        let key = task.uniqueKey.map { UniqueKeys.Hash(agency: task.agency, key: $0) }
        if let key, !keys.take(key, for: task.number, insteadOf: task.resent) {
            lanes[lane].counts.withheld += 1
            write(.withheld, task.segment, lease: 0, [task.number], at: now, note: Self.repetition)
            return nil
        }
        segments[task.segment]?.open += 1
        let place = slab.insert(
            OpenTask(
                number: task.number,
                lane: lane,
                priority: task.priority,
                enqueued: task.enqueuedAt.microseconds,
                key: key,
                segment: task.segment,
                due: due,
                attempts: attempts,
                token: token
            )
        )
        if isLeased {
            slab[place].phase = .leased
            lanes[lane].leased += 1
            agencies[lanes[lane].agency].leased += 1
        } else if due <= now.microseconds {
            makeReady(place)
        } else {
            schedule(place)
        }
        return place
    }

    fileprivate mutating func restore(_ lease: Lease, _ token: Int64) {
        leases[token] = lease
        guard lease.open > 0 else { return retire(token) }
        if lease.isOver { return }
        deadlines.insert(Alarm(at: lease.deadline, subject: token))
        if let session = lease.session { leasesOfSession[session, default: []].insert(token) }
    }
}
