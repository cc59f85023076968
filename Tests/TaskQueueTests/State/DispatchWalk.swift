import EventSourcing
import MusterTesting
import Testing

@testable import TaskQueue

/// A queue driven by chance, beside an oracle that knows what must be so and nothing of how it is decided.
///
/// What is enqueued may commit late and out of order, workers fall silent, say old things again and lose their answers,
/// segments are carried from and emptied, and dispatchers take over from each other.
struct DispatchWalk {
    struct Options {
        var areLimitsChanged = true
        var areSegmentsEmptied = true
        var doesTakeOver = true
    }

    struct KnownTask {
        var row: EnqueuedTask
        var due: Int64
        var token: Int64 = 0
        /// What the newest lease's holder said.
        var isReturned = false
        var end: Step.Kind?
        var isAccepted = false
        var leases = 0
        var leasesGivenBack = 0
        /// Its lease when it was carried: whoever takes over knows nothing of it.
        var carriedToken: Int64?
        var isForgotten = false

        var isOpen: Bool { isAccepted && end == nil }
    }

    struct KnownLease {
        var deadline: Int64
        let session: String?
        /// Nil when another dispatcher gave it.
        var demand: Int?
        var tasks: [Int64]
        var isOver = false
    }

    struct Start {
        let at: Int64
        let agency: String
        let kind: String
        /// How often the limits had been changed.
        let era: Int
    }

    let options: Options
    let configuration: QueueConfiguration
    var random: SeededGenerator
    var state: DispatchState
    var rows = StoredRows()
    var now: Int64 = 1_700_000_000_000_000
    var limits = QueueLimits()
    var era = 0
    var lastNumber: Int64 = 0
    var current: Int16 = 1
    var carriedFrom: Set<Int16> = []
    var lastID = 0
    var waiting: [Int: (agencies: Set<String>, session: String?)] = [:]
    /// Enqueued in transactions that are not committed.
    var underWay: [EnqueuedTask] = []
    /// Committed, and not seen by the dispatcher.
    var unseen: [EnqueuedTask] = []
    var tasks: [Int64: KnownTask] = [:]
    var leases: [Int64: KnownLease] = [:]
    var starts: [Start] = []
    var counted = Lane.Counts()
    var faults: [String] = []

    static let agencies = ["fire", "police", "water"]
    static let kinds = ["whistle", "notice"]
    static let sessions = ["p1", "p2"]

    init(seed: UInt64, _ options: Options = Options()) {
        self.options = options
        random = SeededGenerator(seed: seed)
        var configuration = QueueConfiguration()
        configuration.retries.first = .milliseconds(5)
        configuration.retries.longest = .milliseconds(40)
        configuration.retries.attempts = Int32.random(in: 2...5, using: &random)
        configuration.ageing = .milliseconds(Int.random(in: 0...10, using: &random))
        configuration.contentBytes = Int.random(in: 0...60, using: &random)
        self.configuration = configuration
        state = DispatchState(configuration: configuration)
        for segment in rows.segments { state.add(segment: segment) }
        changeLimits()
    }

    var time: Timestamp { Timestamp(microseconds: now) }

    mutating func walk(_ steps: Int) {
        for _ in 0..<steps {
            step()
            check()
            if !faults.isEmpty { return }
        }
        checkRates()
    }

    mutating func step() {
        now += chance(3) ? 0 : Int64.random(in: 0...4_000, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<20: enqueue()
        case 20..<30: commit()
        case 30..<70: exchange()
        case 70..<76: now += Int64.random(in: 0...30_000, using: &random)
        case 76..<79: lose()
        case 79..<82: if options.areLimitsChanged { changeLimits() }
        case 82..<86: withdraw()
        case 86..<90: if options.areSegmentsEmptied { advance() }
        case 90..<96: if options.areSegmentsEmptied { keep() }
        case 96..<98: state.dropContents()
        default: if options.doesTakeOver { takeOver() }
        }
        round()
    }

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    mutating func fault(_ text: String) { faults.append("\(text) at \(now)") }

    // MARK: Enqueuers

    mutating func enqueue() {
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            lastNumber += 1
            let letter = chance(3) ? rows.letters.randomElement(using: &random) : nil
            let agency = letter?.agency ?? Self.agencies.randomElement(using: &random) ?? ""
            let wait = chance(3) ? Int64.random(in: 0...20_000, using: &random) : 0
            let key = chance(2) ? nil : "k\(Int.random(in: 0...5, using: &random))"
            // Sending again takes the letter away, in the same transaction.
            if let letter { rows.letters.removeAll { $0.number == letter.number } }
            let payload = String(repeating: "x", count: Int.random(in: 0...9, using: &random))
            let task = EnqueuedTask(
                number: lastNumber,
                segment: current,
                agency: agency,
                kind: Self.kinds.randomElement(using: &random) ?? "",
                uniqueKey: letter?.uniqueKey ?? key,
                priority: Int16.random(in: -2...2, using: &random),
                runAt: Timestamp(microseconds: now + wait),
                enqueuedAt: time,
                resent: letter?.number,
                content: TaskContent(uniqueKey: letter?.uniqueKey ?? key, payload: payload)
            )
            if let letter {
                // With the deletion of the letter: committed at once.
                tasks[letter.number]?.row.resent = nil
                rows.tasks.append(.init(task: task, carried: 0))
                unseen.append(task)
            } else {
                underWay.append(task)
            }
        }
    }

    mutating func commit() {
        underWay.shuffle(using: &random)
        for _ in 0..<Int.random(in: 0...underWay.count, using: &random) {
            let task = underWay.removeLast()
            // Some are rolled back.
            if chance(8) { continue }
            rows.tasks.append(.init(task: task, carried: 0))
            unseen.append(task)
        }
        unseen.shuffle(using: &random)
        for _ in 0..<Int.random(in: 0...unseen.count, using: &random) {
            let task = unseen.removeLast()
            tasks[task.number] = KnownTask(row: task, due: task.runAt.microseconds, isAccepted: true)
            state.accept(task, at: time)
        }
    }

    // MARK: Workers

    mutating func exchange() {
        let session = Self.sessions.randomElement(using: &random) ?? ""
        var turn = Turn(worker: "w", agency: chance(3) ? Self.agencies.randomElement(using: &random) : nil)
        var grants: [Grant] = []
        for (token, lease) in leases.sorted(by: { $0.key < $1.key }) where chance(2) {
            for task in lease.tasks where !chance(3) {
                grants.append(Grant(task: TaskNumber(task), token: FencingToken(token)))
            }
        }
        let wild = Grant(task: TaskNumber(1), token: FencingToken(Int64(grants.count)))
        if chance(10), !grants.contains(wild) { grants.append(wild) }
        // Each is told once in a turn.
        for grant in grants.suffix(12) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<3: turn.done.append(grant)
            case 3: turn.withheld.append(grant)
            case 4, 5:
                let consequence: TaskFailure.Consequence =
                    chance(5)
                    ? .bury
                    : chance(3)
                        ? .giveBack(after: chance(2) ? .zero : .milliseconds(3))
                        : chance(2) ? .backOff : .retry(after: .milliseconds(3))
                turn.failed.append(TaskFailure(grant, error: "e", consequence))
            default: turn.extended.append(grant)
            }
        }
        turn.extensionTerm = .milliseconds(Int.random(in: 0...30, using: &random))
        pass()
        let expected = expectedRefusals(turn)
        let refused = Set(state.take(turn, at: time, using: &random))
        if refused != expected {
            fault("refused \(refused.subtracting(expected)), accepted \(expected.subtracting(refused)) of \(turn)")
        }
        absorb()
        guard !chance(4) else { return }
        let shares = Self.agencies.filter { _ in !chance(3) }.map {
            Turn.Demand.Share(agency: $0, amount: Int.random(in: 0...4, using: &random))
        }
        let demand = Turn.Demand(
            shares,
            amount: Int.random(in: 0...6, using: &random),
            term: .milliseconds(Int.random(in: 0...30, using: &random)),
            endsWithProcess: chance(2)
        )
        lastID += 1
        let mayWait = chance(2)
        let bound = demand.endsWithProcess ? session : nil
        if let granted = state.demand(demand, lastID, worker: "w", session: session, mayWait: mayWait, at: time) {
            start(granted, lastID, session: bound, demand)
        } else {
            waiting[lastID] = (Set(shares.map(\.agency)), bound)
        }
        absorb()
    }

    /// What the oracle says of a turn: whoever holds a task's newest lease may end it, until somebody else has it.
    mutating func expectedRefusals(_ turn: Turn) -> Set<Grant> {
        var refused: Set<Grant> = []
        func isMine(_ task: KnownTask) -> Bool { turn.agency == nil || turn.agency == task.row.agency }
        for (kind, grants) in [(Step.Kind.done, turn.done), (.withheld, turn.withheld)] {
            for grant in grants {
                guard let task = tasks[grant.task.rawValue], task.token == grant.token.rawValue, task.leases > 0,
                    !task.isReturned, !task.isForgotten
                else {
                    refused.insert(grant)
                    continue
                }
                if let end = task.end {
                    if end != kind { refused.insert(grant) }
                } else if !isMine(task) {
                    refused.insert(grant)
                }
            }
        }
        for grant in turn.failed.map(\.grant) {
            guard let task = tasks[grant.task.rawValue], task.token == grant.token.rawValue, task.leases > 0,
                !task.isReturned, !task.isForgotten, task.end == nil, isMine(task)
            else {
                refused.insert(grant)
                continue
            }
            tasks[grant.task.rawValue]?.isReturned = true
        }
        for grant in turn.extended {
            guard let task = tasks[grant.task.rawValue], task.token == grant.token.rawValue, task.leases > 0,
                !task.isReturned, !task.isForgotten, task.end == nil, isMine(task),
                leases[grant.token.rawValue]?.isOver == false
            else {
                refused.insert(grant)
                continue
            }
        }
        return refused
    }

    mutating func withdraw() {
        guard let id = waiting.keys.sorted().randomElement(using: &random) else { return }
        waiting[id] = nil
        state.withdraw(id)
    }

    mutating func lose() {
        let session = Self.sessions.randomElement(using: &random) ?? ""
        let tokens = leases.filter { $0.value.session == session && !$0.value.isOver }.keys.sorted()
        pass()
        if chance(2) {
            for token in tokens { over(token) }
            state.lose(session: session, at: time)
        } else {
            let held = Set(tokens.filter { _ in !chance(3) })
            let awaited = Set((0...lastID).filter { _ in chance(3) })
            for token in tokens where !held.contains(token) {
                if let demand = leases[token]?.demand, awaited.contains(demand) { continue }
                over(token)
            }
            state.reconcile(session: session, holding: held, awaiting: awaited, at: time)
        }
        absorb()
    }

    mutating func over(_ token: Int64) { leases[token]?.isOver = true }

    // MARK: Rounds

    /// Lets time have come to `now` in both.
    mutating func pass() {
        state.pass(time)
        for (token, lease) in leases where !lease.isOver && lease.deadline <= now { over(token) }
        absorb()
    }

    mutating func round() {
        pass()
        for (id, granted) in state.match(at: time) {
            guard let demand = waiting.removeValue(forKey: id) else {
                fault("a demand that did not wait was matched")
                continue
            }
            start(granted, id, session: demand.session, nil)
        }
        absorb()
    }

    /// Writes what was decided, and lets the oracle hear of it.
    mutating func absorb() {
        let (steps, burials) = state.takeWrites()
        rows.write(steps, burials)
        if Set(burials.map(\.number)) != Set(steps.filter { $0.kind == .dead }.flatMap(\.tasks)) {
            fault("a dead task is no letter")
        }
        for step in steps {
            for number in step.tasks {
                guard let task = tasks[number] else {
                    fault("step of an unknown task \(number)")
                    continue
                }
                switch step.kind {
                case .lease: counted.leased += 1
                case .over: if leases[step.lease]?.isOver != true { fault("a running lease was ended") }
                case .extend: leases[step.lease]?.deadline = step.until ?? 0
                case .retry, .back:
                    counted.retried += 1
                    if step.kind == .back { tasks[number]?.leasesGivenBack += 1 }
                    tasks[number]?.due = step.until ?? 0
                case .done, .withheld, .dead:
                    if step.kind == .done { counted.done += 1 }
                    if step.kind == .withheld { counted.withheld += 1 }
                    if step.kind == .dead { counted.dead += 1 }
                    if task.end != nil { fault("task \(number) ended twice") }
                    tasks[number]?.end = step.kind
                }
            }
        }
    }

    // MARK: Keeping

    mutating func changeLimits() {
        checkRates()
        era += 1
        limits = QueueLimits()
        for scope in Self.agencies.map({ (String?.some($0), String?.none) }) + [
            (nil, nil), ("fire", "whistle"), ("police", "notice"), (nil, "whistle"),
        ] where chance(2) {
            limits[QueueLimits.Scope(agency: scope.0, kind: scope.1)] = QueueLimit(
                concurrency: chance(2) ? Int32.random(in: 1...4, using: &random) : nil,
                rate: chance(2)
                    ? Rate(
                        tasks: Int32.random(in: 1...300, using: &random),
                        seconds: 1,
                        burst: Int32.random(in: 1...4, using: &random)
                    ) : nil,
                isPaused: chance(8)
            )
        }
        state.set(limits, at: time)
    }

    mutating func advance() {
        let free = state.segments.filter { $0.value.tasks == 0 && $0.key != current }.keys.min()
        current = free ?? (state.segments.keys.max() ?? 0) + 1
        rows.segments.insert(current)
        state.add(segment: current)
    }

    /// As `SegmentKeeping` does it.
    mutating func keep() {
        let old = state.segments.filter { $0.key != current && $0.value.tasks > 0 }
        let candidates = (carriedFrom.isEmpty ? Set(old.keys) : carriedFrom).intersection(old.keys)
        guard let segment = candidates.sorted().randomElement(using: &random) else { return }
        if state.segments[segment]?.open == 0 {
            rows.keep(&state)
            let expected = state.segments[segment]?.tasks ?? 0
            guard rows.count(in: segment) == expected else { return }
            rows.empty(segment)
            state.emptied(segment, of: expected)
            carriedFrom.remove(segment)
        } else {
            let carried = state.stillCarriable(state.carriable(in: segment))
            guard !carried.isEmpty else { return }
            rows.carry(carried, from: segment, to: current)
            state.carry(carried, to: current, at: time)
            for task in carried {
                let token = tasks[task.number]?.token
                tasks[task.number]?.carriedToken = token
            }
            carriedFrom.insert(segment)
        }
    }
}
