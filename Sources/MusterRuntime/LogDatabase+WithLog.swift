package import EventLog
package import EventSourcing

extension LogDatabase {
    /// Opens a log and runs `body` while its services run; afterwards they are stopped.
    package func withLog<Result: Sendable>(
        _ name: LogName,
        _ body: @Sendable @escaping (Log) async throws -> Result
    ) async throws -> Result {
        let log = try await openLog(name)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await log.run()
                return nil
            }
            group.addTask { try await body(log) }
            while let finished = try await group.next() {
                guard let result = finished else { continue }
                group.cancelAll()
                return result
            }
            throw CancellationError()
        }
    }
}
