import EventLog
import EventSourcing

extension Log {
    /// Sends the same append until it has a verdict, as callers do, or the task is cancelled.
    func insist(on append: Append) async throws(AppendError) -> Verdict {
        while true {
            do throws(AppendError) {
                return try await self.append(append)
            } catch {
                switch error {
                case .outcomeUnknown, .unavailable, .overloaded: if Task.isCancelled { throw error }
                case .invalid, .regressed: throw error
                }
            }
        }
    }
}
