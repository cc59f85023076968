import EventLog
import ServiceLifecycle

/// Tells systemd's watchdog that this process still works: each beat is a question to the log that came back, through the
/// same pool, sockets and threads that all work goes through. An error is an answer too: a database that is away is no
/// reason to be restarted. A process that hangs gives no beat.
struct Pulse: Service {
    let log: Log
    let systemd: SystemdNotifier

    func run() async throws {
        guard let interval = systemd.watchdogInterval else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                _ = try? await log.tail()
                systemd.alive()
                try? await Task.sleep(for: interval / 2)
            }
        }
    }
}
