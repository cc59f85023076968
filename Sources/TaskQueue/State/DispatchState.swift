import EventSourcing
import HeapModule

/// Everything a dispatcher decides by, and every decision: which task goes to whom, when, and what its end means.
///
/// Pure: time and chance come with each call. Each change leaves the steps that must be written down before anybody hears
/// of it (`takeWrites`); when they cannot be written the state is thrown away and read from the tables again.
///
/// What holds at every moment:
///
/// - Among all leases that are not over, no task is twice, no agency and no lane has more than its limit, and in no
///   stretch of time do more tasks start than its rate allows.
/// - A task is handed out before another of its lane when it was due earlier, a step of priority counting as much as
///   `QueueConfiguration.ageing`. That order never changes with time, so every task's turn comes.
/// - Agencies that share a worker are served in turn.
struct DispatchState: Sendable {
    /// A worker that waits for tasks.
    struct WaitingDemand: Sendable {
        let id: Int
        /// Whose tasks, and how many of each.
        let shares: [(agency: Int, amount: Int)]
        let amount: Int
        let term: Int64
        let worker: String
        let session: String?
    }

    /// A task that may be handed out from a time on.
    struct Scheduled: Comparable, Sendable {
        let due: Int64
        let number: Int64
        let place: Int

        static func < (lhs: Scheduled, rhs: Scheduled) -> Bool { (lhs.due, lhs.number) < (rhs.due, rhs.number) }
    }

    /// Something to look at when its time has come: a lease's token, or an agency's place.
    struct Alarm: Comparable, Sendable {
        let at: Int64
        let subject: Int64

        static func < (lhs: Alarm, rhs: Alarm) -> Bool { (lhs.at, lhs.subject) < (rhs.at, rhs.subject) }
    }

    /// What one segment holds.
    struct Segment: Sendable, Hashable {
        /// Tasks, whatever became of them.
        var tasks = 0
        var open = 0
        /// When the last step was written there, or the last task came.
        var changedAt: Int64 = 0
    }

    let configuration: QueueConfiguration
    /// The number of the last step; also the highest token.
    var lastStep: Int64
    var slab = TaskSlab()
    var lanes: [Lane] = []
    var agencies: [Agency] = []
    var leases: [Int64: Lease] = [:]
    var segments: [Int16: Segment] = [:]
    var contentBytes = 0
    var laneOfName: [LaneName: Int] = [:]
    var agencyOfName: [String: Int] = [:]
    var keys: UniqueKeys
    var limits = QueueLimits()
    var scheduled = Heap<Scheduled>()
    var deadlines = Heap<Alarm>()
    var rateAlarms = Heap<Alarm>()
    var leasesOfSession: [String: Set<Int64>] = [:]
    /// Leases whose tasks have all ended, the oldest first: so that a worker whose answer got lost hears it again.
    var endedLeases: [Int64] = []
    var firstEnded = 0
    var endedTasks = 0
    var waiting: [Int: WaitingDemand] = [:]
    /// Agencies of which something may be handed out that could not be before.
    var stirred: Set<Int> = []
    /// The turn of the agency that was served last.
    var turn = 0
    var steps: [Step] = []
    var burials: [Burial] = []

    struct LaneName: Hashable {
        let agency: Int
        let kind: String
    }

    /// So many ended tasks are remembered with their leases.
    static let rememberedTasks = 200_000
    /// Why a task ends that nobody was handed.
    static let repetition = "its key was enqueued before"

    init(configuration: QueueConfiguration, lastStep: Int64 = 0) {
        self.configuration = configuration
        self.lastStep = lastStep
        keys = UniqueKeys(remembered: configuration.rememberedKeys)
    }

    var openCount: Int { slab.count }
    var scheduledCount: Int { scheduled.count }
    var waitingCount: Int { waiting.count }

    // MARK: Agencies and lanes

    mutating func agency(_ name: String) -> Int {
        if let agency = agencyOfName[name] { return agency }
        var agency = Agency(name: name)
        agency.limit = limits.limit(of: name)
        agency.gauge = RateGauge(agency.limit.rate)
        agencies.append(agency)
        agencyOfName[name] = agencies.count - 1
        return agencies.count - 1
    }

    mutating func lane(_ agency: Int, _ kind: String) -> Int {
        let name = LaneName(agency: agency, kind: kind)
        if let lane = laneOfName[name] { return lane }
        var lane = Lane(agency: agency, kind: kind)
        lane.limit = limits.limit(of: agencies[agency].name, kind)
        lane.gauge = RateGauge(lane.limit.rate)
        lanes.append(lane)
        laneOfName[name] = lanes.count - 1
        agencies[agency].lanes.append(lanes.count - 1)
        return lanes.count - 1
    }

    /// Lets other limits hold from now on. What is with workers beyond a lower one stays there.
    mutating func set(_ limits: QueueLimits, at now: Timestamp) {
        self.limits = limits
        for index in agencies.indices {
            agencies[index].limit = limits.limit(of: agencies[index].name)
            agencies[index].gauge.change(to: agencies[index].limit.rate, at: now)
            stirred.insert(index)
        }
        for index in lanes.indices {
            lanes[index].limit = limits.limit(of: agencies[lanes[index].agency].name, lanes[index].kind)
            lanes[index].gauge.change(to: lanes[index].limit.rate, at: now)
        }
    }

    // MARK: Tasks come in

    /// Takes in a task that was enqueued. A task whose key is taken ends here.
    mutating func accept(_ task: EnqueuedTask, at now: Timestamp) {
        let agency = agency(task.agency)
        let lane = lane(agency, task.kind)
        note(taskIn: task.segment, at: now)
        let key = task.uniqueKey.map { UniqueKeys.Hash(agency: task.agency, key: $0) }
        if let key, !keys.take(key, for: task.number, insteadOf: task.resent) {
            segments[task.segment]?.open -= 1
            lanes[lane].counts.withheld += 1
            write(.withheld, task.segment, lease: 0, [task.number], at: now, note: Self.repetition)
            return
        }
        var open = OpenTask(
            number: task.number,
            lane: lane,
            priority: task.priority,
            enqueued: task.enqueuedAt.microseconds,
            key: key,
            segment: task.segment,
            due: task.runAt.microseconds,
            attempts: task.attempts
        )
        if let content = task.content, contentBytes + content.payload.utf8.count <= configuration.contentBytes {
            open.content = content
            contentBytes += content.payload.utf8.count
        }
        let place = slab.insert(open)
        if open.due <= now.microseconds {
            makeReady(place)
        } else {
            schedule(place)
        }
    }

    /// Forgets what tasks hold: it was changed in the database.
    mutating func dropContents() {
        for place in slab.places { slab[place].content = nil }
        contentBytes = 0
    }

    mutating func note(taskIn segment: Int16, at now: Timestamp) {
        segments[segment, default: Segment()].tasks += 1
        segments[segment]?.open += 1
        segments[segment]?.changedAt = now.microseconds
    }

    mutating func makeReady(_ place: Int) {
        slab[place].phase = .ready
        let task = slab[place]
        lanes[task.lane].ready.insert(Lane.ReadyTask(rank: rank(of: task), number: task.number, place: place))
        lanes[task.lane].readyCount += 1
        stirred.insert(lanes[task.lane].agency)
    }

    /// Where a task stands among those of its lane; the lowest is the next.
    func rank(of task: OpenTask) -> Int64 {
        task.due &- configuration.ageing.wholeMicroseconds &* Int64(task.priority)
    }

    /// So much later, within what the tables can hold.
    static func time(_ wait: Int64, after now: Timestamp) -> Int64 {
        let (time, isTooLate) = now.microseconds.addingReportingOverflow(max(0, wait))
        return isTooLate ? NewTask.latestRunAt.microseconds : min(time, NewTask.latestRunAt.microseconds)
    }

    mutating func schedule(_ place: Int) {
        slab[place].phase = .scheduled
        let task = slab[place]
        scheduled.insert(Scheduled(due: task.due, number: task.number, place: place))
    }

    mutating func removeTask(at place: Int) {
        let task = slab[place]
        if task.phase == .ready { lanes[task.lane].readyCount -= 1 }
        segments[task.segment]?.open -= 1
        if let content = task.content { contentBytes -= content.payload.utf8.count }
        slab.remove(place)
    }

    // MARK: What must be written down

    mutating func write(
        _ kind: Step.Kind,
        _ segment: Int16,
        lease: Int64,
        _ tasks: [Int64],
        at now: Timestamp,
        until: Int64? = nil,
        worker: String? = nil,
        session: String? = nil,
        note: String? = nil
    ) {
        lastStep += 1
        // A row holds a bounded array, since it must fit on a page.
        var rest = tasks[...]
        while true {
            let part = rest.prefix(Step.maximumTasks)
            steps.append(
                Step(
                    number: lastStep,
                    segment: segment,
                    kind: kind,
                    lease: lease,
                    tasks: Array(part),
                    at: now.microseconds,
                    until: until,
                    worker: worker?.storable,
                    session: session?.storable,
                    note: note?.storable
                )
            )
            rest = rest.dropFirst(part.count)
            if rest.isEmpty { break }
            lastStep += 1
        }
        segments[segment]?.changedAt = now.microseconds
    }

    /// What has been decided since the last call and must be written down before anybody hears of it.
    mutating func takeWrites() -> (steps: [Step], burials: [Burial]) {
        defer {
            steps.removeAll(keepingCapacity: true)
            burials.removeAll(keepingCapacity: true)
        }
        return (steps, burials)
    }
}
