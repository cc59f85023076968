import Metrics

/// What a dispatcher tells of its queue. Nothing is counted in tables for it.
struct DispatchMetrics: Sendable {
    private let leased = Counter(label: "task_queue_leased_total")
    private let done = Counter(label: "task_queue_done_total")
    private let withheld = Counter(label: "task_queue_withheld_total")
    private let retried = Counter(label: "task_queue_failed_total")
    private let dead = Counter(label: "task_queue_dead_total")
    private let open = Gauge(label: "task_queue_open_tasks")
    private let waiting = Gauge(label: "task_queue_waiting_workers")

    func round(_ steps: [Step]) {
        for step in steps {
            switch step.kind {
            case .lease: leased.increment(by: step.tasks.count)
            case .done: done.increment(by: step.tasks.count)
            case .withheld: withheld.increment(by: step.tasks.count)
            case .retry, .back: retried.increment(by: step.tasks.count)
            case .dead: dead.increment(by: step.tasks.count)
            case .extend, .over: break
            }
        }
    }

    func record(_ state: DispatchState) {
        open.record(state.openCount)
        waiting.record(state.waitingCount)
        var ready: [Int: Int] = [:]
        for lane in state.lanes { ready[lane.agency, default: 0] += lane.readyCount }
        for (index, agency) in state.agencies.enumerated() {
            let name = [("agency", agency.name)]
            Gauge(label: "task_queue_waiting_tasks", dimensions: name).record(ready[index] ?? 0)
            Gauge(label: "task_queue_leased_tasks", dimensions: name).record(agency.leased)
        }
    }
}
