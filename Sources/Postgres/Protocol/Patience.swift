/// How long a call still waits, and what has interrupted it so far.
struct Patience: Sendable {
    enum Interruption: Sendable {
        case deadline
        case cancelled
    }

    /// What the caller of a wait must do when the wait was interrupted.
    enum Action: Sendable, Hashable {
        /// Ask the server to cancel and wait on, deaf to cancellation, until the new deadline.
        case cancelAndDrain
        /// Close the connection: it cannot be brought to rest.
        case close
    }

    private(set) var deadline: ContinuousClock.Instant
    private(set) var interruption: Interruption?
    private(set) var isShielded: Bool

    /// - Parameter isShielded: whether the call goes on when its task is cancelled.
    init(until deadline: ContinuousClock.Instant, isShielded: Bool = false) {
        self.deadline = deadline
        self.isShielded = isShielded
    }

    /// Takes note of an interruption. The first one may be drained; one during draining closes.
    mutating func interrupt(
        _ interruption: Interruption,
        policy: ConnectionConfiguration.Interruption,
        drainUntil: ContinuousClock.Instant
    ) -> Action {
        guard self.interruption == nil else { return .close }
        self.interruption = interruption
        isShielded = true
        deadline = drainUntil
        switch policy {
        case .cancelAndDrain: return .cancelAndDrain
        case .close: return .close
        }
    }
}
