/// How long to wait before the next attempt: doubling up to a limit, with jitter so that many clients do not return at
/// once.
struct Backoff: Sendable {
    static let first = Duration.milliseconds(50)
    static let limit = Duration.seconds(5)

    private var failures = 0

    /// The pause after one more failure: between half and the whole of the step.
    ///
    /// - Parameter jitter: from 0 to 1.
    mutating func pauseAfterFailure(jitter: Double) -> Duration {
        let step = min(Self.first * (1 << min(failures, 20)), Self.limit)
        failures += 1
        return step / 2 + (step / 2) * min(max(jitter, 0), 1)
    }

    mutating func succeed() {
        failures = 0
    }
}
