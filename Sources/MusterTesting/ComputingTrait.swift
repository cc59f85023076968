import Foundation
package import Testing

/// For tests that compute for long, among others that wait for answers in time: they run on threads of their own, before
/// which all others go. On the threads of Swift's tasks two of them would keep everybody else waiting.
package struct ComputingTrait: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ComputingThreads.shared) { try await function() }
    }
}

extension Trait where Self == ComputingTrait {
    /// The test computes for long, and should keep nobody waiting.
    package static var computing: Self { Self() }
}

/// As many threads as there are processors, of lesser need than any other.
private final class ComputingThreads: TaskExecutor, @unchecked Sendable {
    static let shared = ComputingThreads()

    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    private init() {
        for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
            Thread.detachNewThread { [self] in
                // Of this thread alone. Where it is not allowed, the work takes its time from others.
                _ = setpriority(.init(PRIO_PROCESS.rawValue), 0, 5)
                while true { unsafe next().runSynchronously(on: asUnownedTaskExecutor()) }
            }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    private func next() -> UnownedJob {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty { condition.wait() }
        return jobs.removeFirst()
    }
}
