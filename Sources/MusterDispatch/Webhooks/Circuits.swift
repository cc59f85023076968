import EventSourcing
import Metrics
import Synchronization
import TaskQueue

/// The circuit breakers of all parties, in this process.
final class Circuits: Sendable {
    private let settings: CircuitBreaker.Settings
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    init(_ settings: CircuitBreaker.Settings) { self.settings = settings }

    /// How many of a party's tasks may be asked for; nil for any number.
    func allowance(of party: String, at now: Timestamp) -> Int? {
        breakers.withLock { $0[party]?.allowance(at: now) }
    }

    /// Whether a task may be sent; when it may not, it is to be given back.
    func start(_ task: LeasedTask, at now: Timestamp) -> Bool {
        change(task.agency) { $0.start(task.grant.task, at: now) }.result
    }

    /// Takes in what a party answered to a task.
    ///
    /// - Returns: whether the failure is the task's, and how the party stands now.
    func end(
        _ task: LeasedTask,
        _ meaning: WebhookAnswer.Meaning,
        at now: Timestamp
    ) -> (verdict: CircuitBreaker.Verdict, open: Delivery.OpenCircuit?) {
        var random = SystemRandomNumberGenerator()
        let (verdict, open) = change(task.agency) { breaker in
            switch meaning {
            case .delivered, .refused, .gone:
                breaker.answered()
                return CircuitBreaker.Verdict.attempt
            case .failing: return breaker.failed(task.grant.task, at: now, using: &random)
            case .busy(let time): return breaker.busy(for: time, task.grant.task, at: now)
            }
        }
        return (verdict, open)
    }

    private func change<Result>(
        _ party: String,
        _ body: (inout CircuitBreaker) -> Result
    ) -> (result: Result, open: Delivery.OpenCircuit?) {
        let (result, before, after) = breakers.withLock { breakers in
            let before = breakers[party]?.open
            let result = body(&breakers[party, default: CircuitBreaker(settings)])
            return (result, before, breakers[party]?.open)
        }
        if (before == nil) != (after == nil) {
            Gauge(label: "muster_webhook_circuit_open", dimensions: [("party", party)]).record(after == nil ? 0 : 1)
        }
        return (result, after)
    }
}
