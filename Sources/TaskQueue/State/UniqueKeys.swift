/// Which keys are taken: those of open tasks and dead letters, and those of the tasks that ended last.
///
/// Keys are kept as 128 bits of a hash that is seeded anew in every process: among a million of them two meet by chance
/// once in 10²⁶ queues.
struct UniqueKeys: Sendable {
    struct Hash: Hashable, Sendable {
        let high: Int
        let low: Int

        init(agency: String, key: String) {
            var hasher = Hasher()
            hasher.combine(agency)
            hasher.combine(key)
            high = hasher.finalize()
            hasher = Hasher()
            hasher.combine(key)
            hasher.combine(agency)
            hasher.combine(0x6D75_7374)
            low = hasher.finalize()
        }
    }

    private let remembered: Int
    private var holders: [Hash: Int64] = [:]
    /// Keys of ended tasks, the oldest first, from `first` on.
    private var ended: [(key: Hash, task: Int64)] = []
    private var first = 0

    /// - Parameter remembered: how many ended tasks keep their keys.
    init(remembered: Int) { self.remembered = max(1, remembered) }

    /// Takes a key for a task.
    ///
    /// - Parameter predecessor: a dead letter that the task stands for, whose key it may take over.
    /// - Returns: false when another has it.
    mutating func take(_ key: Hash, for task: Int64, insteadOf predecessor: Int64?) -> Bool {
        guard let holder = holders[key], holder != task else {
            holders[key] = task
            return true
        }
        guard let predecessor, holder == predecessor else { return false }
        holders[key] = task
        return true
    }

    /// Notes that the task with this key has ended.
    mutating func end(_ key: Hash, of task: Int64) {
        ended.append((key, task))
        if ended.count - first > remembered {
            let oldest = ended[first]
            if holders[oldest.key] == oldest.task { holders[oldest.key] = nil }
            first += 1
        }
        if first > remembered {
            ended.removeFirst(first)
            first = 0
        }
    }
}
