import Glibc
import Synchronization

/// The reactor's thread also runs tasks that ask for it: an answer is then taken up by the thread that saw it come, and
/// no second thread has to be woken for it.
extension Reactor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        // The thread looks at the jobs once more before it waits; only others must wake it.
        if thread.load(ordering: .relaxed) != UInt(pthread_self()) { wakeThread() }
    }

    var hasJobs: Bool { jobs.withLock { !$0.isEmpty } }

    /// Runs the jobs that are there now. What they enqueue comes after the next look at the sockets.
    func runJobs() {
        let batch = jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        for job in batch { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

extension Connection {
    /// The thread that waits for the sockets of all connections, as an executor; nil when it could not be started.
    ///
    /// A task that prefers it (`withTaskExecutorPreference`) gets its answers without a change of threads, which halves
    /// the time of a short call. For the few tasks that do little besides calling PostgreSQL: while they compute, every
    /// connection of the process waits.
    package static var executor: (any TaskExecutor)? {
        Reactor.shared.isWorking.load(ordering: .relaxed) ? Reactor.shared : nil
    }
}
