import Logging
import PostgresServer

/// Starts the private server again when it died under a running daemon; PostgreSQL recovers what was acknowledged.
struct ServerWatch: Sendable {
    private static let interval = Duration.seconds(1)

    let cluster: PrivateCluster
    let logger: Logger

    /// Watches until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            guard !Task.isCancelled, !cluster.isRunning else { continue }
            logger.warning("the private PostgreSQL server is gone; starting it again")
            do {
                try await cluster.start()
            } catch is CancellationError {
                return
            } catch {
                logger.error("the private PostgreSQL server did not start", metadata: ["error": "\(error)"])
            }
        }
    }
}
