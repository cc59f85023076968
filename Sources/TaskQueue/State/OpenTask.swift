/// What a dispatcher knows of a task that has not ended.
struct OpenTask: Sendable {
    enum Phase: Sendable {
        /// Not before `due`.
        case scheduled
        /// In its lane, to be handed out.
        case ready
        /// Under the lease `token`.
        case leased
    }

    var number: Int64
    /// Where in the dispatcher's list of lanes its own is.
    let lane: Int
    let priority: Int16
    /// Microseconds since 1970, as all times here.
    let enqueued: Int64
    let key: UniqueKeys.Hash?
    /// Which of the two tables' segments holds it.
    var segment: Int16
    var phase = Phase.scheduled
    /// Since when, or from when on, it may be handed out.
    var due: Int64
    /// Leases so far.
    var attempts: Int32
    /// Its newest lease; 0 when there was none yet.
    var token: Int64 = 0
    /// Nil when it must be read from the database.
    var content: TaskContent?
}

/// What a worker needs and the dispatcher does not.
final class TaskContent: Sendable {
    let uniqueKey: String?
    /// JSON text.
    let payload: String

    init(uniqueKey: String?, payload: String) {
        self.uniqueKey = uniqueKey
        self.payload = payload
    }
}

/// The open tasks, each at a place that stays the same as long as it is open.
struct TaskSlab: Sendable {
    /// Free places hold tasks of number 0.
    private var tasks: [OpenTask] = []
    private var free: [Int] = []

    var count: Int { tasks.count - free.count }

    mutating func insert(_ task: OpenTask) -> Int {
        guard let place = free.popLast() else {
            tasks.append(task)
            return tasks.count - 1
        }
        tasks[place] = task
        return place
    }

    mutating func remove(_ place: Int) {
        tasks[place].number = 0
        tasks[place].content = nil
        free.append(place)
    }

    /// Whether the task at the place still is the one with this number.
    func holds(_ number: Int64, at place: Int) -> Bool { tasks[place].number == number }

    subscript(place: Int) -> OpenTask {
        get { tasks[place] }
        _modify { yield &tasks[place] }
    }

    /// In no particular order.
    var places: some Sequence<Int> {
        tasks.indices.lazy.filter { tasks[$0].number > 0 }
    }
}
