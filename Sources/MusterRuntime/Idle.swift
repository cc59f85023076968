import ServiceLifecycle

/// Waits for the end of the process.
struct Idle: Service {
    func run() async throws { try await gracefulShutdown() }
}
