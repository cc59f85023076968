package import EventSourcing

/// The clock by which timers fire.
package struct DispatchClock: Sendable {
    package let now: @Sendable () -> Timestamp
    /// Returns when the clock shows the time, or throws `CancellationError`.
    package let sleep: @Sendable (Timestamp) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Timestamp) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// A wall clock. It may be set while somebody sleeps, so it is read again every second.
    package init(now: @escaping @Sendable () -> Timestamp) {
        self.init(now: now) { time in
            while true {
                let remaining = time.since(now())
                guard remaining > .zero else { return }
                try await Task.sleep(for: min(remaining, .seconds(1)))
            }
        }
    }
}
