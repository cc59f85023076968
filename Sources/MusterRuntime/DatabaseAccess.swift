package import EventLog
package import Logging
import PostgresServer

/// The database that a verb works on: a server somewhere, or the private cluster in a directory.
package enum DatabaseAccess: Sendable, Equatable {
    /// A libpq connection string or `postgresql://` URL.
    case url(String)
    /// The private cluster below this directory; started for as long as it is needed.
    case directory(String)

    /// The directory of the private cluster when nothing else is said.
    package static let defaultDirectory = "./.muster"

    /// Runs `body` on the database. A private cluster is started, or taken over from a daemon that uses it already, and
    /// left again; it stops when nobody uses it any more.
    package func withDatabase<Result>(
        logger: Logger,
        _ body: (LogDatabase) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .url(let url):
            return try await body(LogDatabase(conninfo: url, logger: logger))
        case .directory(let directory):
            let cluster = PrivateCluster(directory: directory, logger: logger)
            try await cluster.start()
            let result: Result
            do {
                result = try await body(LogDatabase(conninfo: cluster.conninfo, logger: logger))
            } catch {
                try await cluster.leave()
                throw error
            }
            try await cluster.leave()
            return result
        }
    }
}
