import Logging
import Postgres

/// Hears what other processes' notifiers say, on a session of its own.
struct Listener: Sendable {
    let channel: String
    let connecting: ConnectionConfiguration
    /// Is called when the log may have grown beyond what the payload's number says; also when nobody may have listened
    /// for a while.
    let onGrowth: @Sendable (Int64?) -> Void
    let logger: Logger

    private static let reconnectPause = Duration.seconds(1)

    /// Listens until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                let connection = try await Connection.connect(connecting, logger: logger)
                do {
                    try await listen(on: connection)
                } catch {
                    await connection.close()
                    throw error
                }
            } catch {
                if Task.isCancelled { return }
                logger.debug("not listening", metadata: ["postgres.error": "\(error)"])
            }
            do {
                try await Task.sleep(for: Self.reconnectPause)
            } catch {
                return
            }
        }
    }

    private func listen(on connection: Connection) async throws {
        try await connection.listen(channel)
        onGrowth(nil)
        while true {
            onGrowth(Int64(try await connection.nextNotification().payload))
        }
    }
}
