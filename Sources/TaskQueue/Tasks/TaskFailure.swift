/// A leased task that could not be done, and when to try again.
package struct TaskFailure: Hashable, Sendable {
    /// What follows.
    package enum Consequence: Hashable, Sendable {
        /// Again after the queue's backoff, or a dead letter when the attempts are used up.
        case backOff
        /// Again after this time, or a dead letter when the attempts are used up.
        case retry(after: Duration)
        /// Given back as if it had not been leased, since it was not the task that failed: the attempt does not count. With
        /// no wait it stands where it stood before among those that are to be handed out.
        case giveBack(after: Duration)
        /// A dead letter at once: trying again cannot help.
        case bury

        /// The wait before the next attempt.
        ///
        /// - Parameter attempts: how many there were.
        func wait(
            after attempts: Int32,
            _ retries: QueueConfiguration.Retries,
            using random: inout some RandomNumberGenerator
        ) -> Duration {
            switch self {
            case .retry(let delay), .giveBack(let delay): return max(.zero, delay)
            case .backOff, .bury: break
            }
            var wait = min(retries.first, retries.longest)
            for _ in 1..<max(1, min(attempts, 40)) where wait < retries.longest {
                wait = min(wait * 2, retries.longest)
            }
            return wait * (1 + retries.jitter * Double.random(in: -1...1, using: &random))
        }
    }

    /// What is kept of an error's text.
    package static let maximumErrorBytes = 500

    package let grant: Grant
    /// For people who look at the task later: what was attempted and what came back.
    package let error: String
    package let consequence: Consequence

    package init(_ grant: Grant, error: String, _ consequence: Consequence = .backOff) {
        self.grant = grant
        self.error = error
        self.consequence = consequence
    }
}
