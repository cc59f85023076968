import EventSourcing

@testable import TaskQueue

/// The tables of a queue as lists, for states that are read from them again.
struct StoredRows {
    struct Row {
        var task: EnqueuedTask
        let carried: Int32
    }

    var tasks: [Row] = []
    var steps: [Step] = []
    var gauges: [StoredGauge] = []
    var letters: [(number: Int64, agency: String, uniqueKey: String)] = []
    var segments: Set<Int16> = [1, 2, 3, 4]
    /// What `queue_state` says.
    var lastStep: Int64 = 0
    var counted: Int64 = 0
    var counts: [Lane.Counts] = []

    mutating func write(_ steps: [Step], _ burials: [Burial]) {
        self.steps += steps
        for burial in burials {
            let row = tasks.first { $0.task.number == burial.number && $0.task.segment == burial.segment }
            guard let row, let key = row.task.uniqueKey
            else { continue }
            letters.append((burial.number, row.task.agency, key))
        }
    }

    mutating func carry(_ carried: [CarriedTask], from old: Int16, to new: Int16) {
        for task in carried {
            let row = tasks.first { $0.task.number == task.number && $0.task.segment == old }
            guard let row else { continue }
            let copy = EnqueuedTask(
                number: task.number,
                segment: new,
                agency: row.task.agency,
                kind: row.task.kind,
                uniqueKey: row.task.uniqueKey,
                priority: row.task.priority,
                runAt: Timestamp(microseconds: task.due),
                enqueuedAt: row.task.enqueuedAt,
                resent: row.task.resent,
                attempts: task.attempts
            )
            tasks.append(Row(task: copy, carried: row.carried + 1))
        }
    }

    /// As `SegmentKeeping` does it before a segment is emptied.
    mutating func keep(_ state: inout DispatchState) {
        let counts = state.takeCounts()
        if !counts.isEmpty {
            self.counts += counts.map(\.counts)
            counted = state.lastStep
        }
        for gauge in state.gauges {
            gauges.removeAll { $0.agency == gauge.agency && $0.kind == gauge.kind }
            gauges.append(gauge)
        }
        lastStep = state.lastStep
    }

    func count(in segment: Int16) -> Int { tasks.count { $0.task.segment == segment } }

    mutating func empty(_ segment: Int16) {
        tasks.removeAll { $0.task.segment == segment }
        steps.removeAll { $0.segment == segment }
    }

    /// - Returns: the state, and the segments that tasks were carried from.
    func restored(
        _ configuration: QueueConfiguration,
        _ limits: QueueLimits,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> (state: DispatchState, carriedFrom: Set<Int16>) {
        var restoration = Restoration()
        // Segments are read one after the other, in any order.
        for segment in segments.shuffled(using: &random) {
            for row in tasks where row.task.segment == segment { restoration.add(row.task, carried: row.carried) }
            for step in steps where step.segment == segment { restoration.add(step) }
        }
        let carriedFrom = restoration.carriedFrom
        let state = restoration.state(
            configuration,
            limits: limits,
            gauges: gauges,
            deadLetters: letters,
            counted: counted,
            lastStep: lastStep,
            segments: segments.sorted(),
            at: now
        )
        return (state, carriedFrom)
    }
}
