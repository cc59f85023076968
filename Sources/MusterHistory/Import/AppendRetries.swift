import EventSourcing

/// Asks a log again when it gave no verdict. The ids of an append make that safe, whatever became of the first try.
struct AppendRetries: Sendable {
    /// Tries at one batch; with the waits between them a restart of the server is outlived.
    var maximumTries = 8
    var firstWait: Duration = .milliseconds(250)
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// - Throws: `ImportError.log` when trying again is no use, or was not; `CancellationError` from a wait.
    func verdicts(of appends: [Append], in log: any ImportLog) async throws -> [Verdict] {
        guard !appends.isEmpty else { return [] }
        var wait = firstWait
        for attempt in 1... {
            do throws(AppendError) {
                return try await log.append(contentsOf: appends)
            } catch {
                guard attempt < maximumTries else { throw ImportError.log(error) }
                switch error {
                case .overloaded(let retryAfter): wait = max(wait, retryAfter)
                case .outcomeUnknown, .unavailable: break
                case .regressed, .invalid: throw ImportError.log(error)
                }
            }
            try await sleep(wait)
            wait = min(wait * 2, .seconds(10))
        }
        return []
    }
}
