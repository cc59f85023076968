import EventLog
import EventSourcing

extension Log {
    /// Sends the same append until it has a verdict, as callers do.
    func insist(on append: Append) async throws(AppendError) -> Verdict {
        while true {
            do throws(AppendError) {
                return try await self.append(append)
            } catch {
                switch error {
                case .outcomeUnknown, .unavailable, .overloaded: continue
                case .invalid, .regressed: throw error
                }
            }
        }
    }
}
