import Logging
import Postgres
import Synchronization

/// Tells other processes that the log has grown, on a session of its own: a NOTIFY in the writing transaction would make
/// all commits of the database wait for each other.
///
/// A hint and no more: what is lost costs the listeners one poll interval.
struct Notifier: Sendable {
    static let notify = Statement("log_notify", "select pg_notify($1, $2)")

    /// At most one notification in this time; the first after a pause is sent at once.
    private static let pause = Duration.milliseconds(5)

    let channel: String
    let connecting: ConnectionConfiguration
    let tail: @Sendable () -> Int64
    let wakeup: Wakeup
    let logger: Logger

    /// Notifies after each wake-up until the task is cancelled.
    func run() async {
        var connection: Connection?
        while true {
            await wakeup.wait()
            if Task.isCancelled { break }
            do {
                let current = try await opened(connection)
                connection = current
                try await current.execute(Self.notify, channel, String(tail()))
                try await Task.sleep(for: Self.pause)
            } catch {
                await connection?.close()
                connection = nil
                logger.debug("notification not sent", metadata: ["postgres.error": "\(error)"])
            }
        }
        await connection?.close()
    }

    private func opened(_ connection: Connection?) async throws -> Connection {
        if let connection, !connection.isBroken { return connection }
        let connection = try await Connection.connect(connecting, logger: logger)
        // A notification is an empty transaction: nothing is lost when its commit is not waited for.
        try await connection.script("set synchronous_commit = off")
        return connection
    }
}
