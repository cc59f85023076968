import ServiceLifecycle

/// Waits for tasks of some agencies. One task at a time may wait with it.
package struct QueueWaiter: Sendable {
    let agencies: Set<String>
    let signal = Signal()

    /// Waits until tasks were announced since the last wait, or the deadline has come.
    ///
    /// - Returns: false on graceful shutdown.
    /// - Throws: `CancellationError`.
    package func wait(until deadline: ContinuousClock.Instant) async throws -> Bool {
        try await withGracefulShutdownHandler {
            try await signal.wait(until: deadline)
        } onGracefulShutdown: {
            signal.set()
        }
        return !Task.isShuttingDownGracefully
    }
}
