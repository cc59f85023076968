import Synchronization

@testable import TaskQueue

/// The oracle of concurrent leases: who holds what at every moment.
final class HeldTasks: Sendable {
    private struct State {
        var held: Set<TaskNumber> = []
        var ended: Set<TaskNumber> = []
        var faults: [String] = []
    }

    private let state = Mutex(State())

    var ended: Int { state.withLock { $0.ended.count } }
    var faults: [String] { state.withLock { $0.faults } }

    func take(_ tasks: [LeasedTask]) {
        state.withLock { state in
            for task in tasks {
                let number = task.grant.task
                if !state.held.insert(number).inserted {
                    state.faults.append("task \(number) was leased twice at once")
                }
                if state.ended.contains(number) { state.faults.append("task \(number) was leased after its end") }
            }
        }
    }

    /// Called before the queue is told, so that whoever leases the task next finds it free here.
    func giveBack(_ task: LeasedTask) {
        state.withLock { _ = $0.held.remove(task.grant.task) }
    }

    func end(_ task: LeasedTask) {
        state.withLock { state in
            if !state.ended.insert(task.grant.task).inserted {
                state.faults.append("task \(task.grant.task) ended twice")
            }
        }
    }
}
