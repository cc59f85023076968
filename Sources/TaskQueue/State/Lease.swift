/// What one worker was handed at one time.
struct Lease: Sendable {
    enum Outcome: Sendable {
        /// With the worker; or nobody's yet when the lease has run out.
        case open
        case done
        case withheld
        /// Given back by the worker, or leased by another since.
        case returned
    }

    struct Entry: Sendable {
        let number: Int64
        let place: Int
        var outcome = Outcome.open
    }

    /// Microseconds since 1970.
    var deadline: Int64
    /// The process with which it ends; nil when only its deadline ends it.
    let session: String?
    /// What it answered; nil when another dispatcher gave it.
    let demand: Int?
    var tasks: [Entry]
    /// How many of them are still open.
    var open: Int
    /// The deadline has passed, or the session is gone: its tasks are handed out again. Until somebody has them the worker
    /// may still end them.
    var isOver = false

    init(deadline: Int64, session: String?, demand: Int?, tasks: [Entry]) {
        self.deadline = deadline
        self.session = session
        self.demand = demand
        self.tasks = tasks
        open = tasks.count
    }

    /// Notes what became of one of its open tasks.
    mutating func settle(_ index: Int, as outcome: Outcome) {
        tasks[index].outcome = outcome
        open -= 1
    }

    /// Where a task stands in it. Whoever goes through a lease in its order gives the index after the last.
    func index(of number: Int64, from hint: Int) -> Int? {
        if hint < tasks.count, tasks[hint].number == number { return hint }
        return tasks.firstIndex { $0.number == number }
    }
}
