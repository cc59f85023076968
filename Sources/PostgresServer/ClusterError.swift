/// Why a private cluster could not be prepared, started or stopped. Each case reads as a line for the person at the terminal.
package enum ClusterError: Error, Sendable, Equatable {
    /// No server binaries of version 15 or later were found in these directories.
    case binariesMissing(searched: [String])
    /// The data directory was made by a major version of which no binaries are installed.
    case versionMismatch(dataDirectory: String, dataVersion: String, installed: [Int])
    /// Started as root, but the user the server would run as does not exist.
    case accountMissing(name: String)
    /// The data directory belongs to another user, and this process is not root.
    case belongsToAnother(dataDirectory: String, ownerID: UInt32)
    /// The link to a data directory kept elsewhere leads nowhere; a new, empty cluster is never made in its place.
    case dataMissing(link: String, target: String)
    /// The data directory exists and holds something that is not a cluster.
    case notACluster(dataDirectory: String)
    /// A directory for the socket exists in a shared place and is not ours alone.
    case socketDirectoryUnsafe(path: String)
    /// A server that was not started from here holds the data directory.
    case heldByAnother(dataDirectory: String, processID: Int32)
    /// Another process has been starting or stopping this cluster for longer than we wait.
    case busy(directory: String)
    /// A program of PostgreSQL ended with an error; `output` is the end of what it printed.
    case commandFailed(command: String, status: Int32, output: String)
    /// The server ended while it was starting; `output` is the end of its log.
    case serverExited(logFile: String, output: String)
    /// The server neither became ready nor ended within the limit. It is left running: it may be replaying much log.
    case notReady(logFile: String, limit: Duration)
    /// The server did not end within the limit, not even after an immediate shutdown.
    case notStopped(processID: Int32, limit: Duration)
    /// A call to the operating system failed.
    case system(operation: String, path: String, message: String)
}

extension ClusterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .binariesMissing(let searched):
            """
            no PostgreSQL server of version 15 or later is installed (looked in \(searched.joined(separator: ", "))); \
            on Debian or Ubuntu: sudo apt-get install postgresql
            """
        case .versionMismatch(let dataDirectory, let dataVersion, let installed):
            """
            the data in \(dataDirectory) was made by PostgreSQL \(dataVersion), but the installed servers are \
            \(installed.map(String.init).joined(separator: ", ")); install postgresql-\(dataVersion), or move the data \
            with pg_upgrade
            """
        case .accountMissing(let name):
            """
            PostgreSQL does not run as root, and there is no user \(name) to run it as; \
            on Debian or Ubuntu: apt-get install postgresql
            """
        case .belongsToAnother(let dataDirectory, let ownerID):
            ownerID == 0
                ? "\(dataDirectory) belongs to root, as whom PostgreSQL does not run; chown -R it to the server's user"
                : "\(dataDirectory) belongs to user id \(ownerID); run as that user, or choose another directory"
        case .dataMissing(let link, let target):
            "\(link) points to \(target), which is not there; bring it back, or remove the link to begin with an empty cluster"
        case .notACluster(let dataDirectory):
            "\(dataDirectory) exists but is not a PostgreSQL data directory; move it away or choose another directory"
        case .socketDirectoryUnsafe(let path):
            "\(path) exists and is not a directory of the server's user alone; remove it"
        case .heldByAnother(let dataDirectory, let processID):
            "a PostgreSQL server that Muster did not start (process \(processID)) runs on \(dataDirectory); stop it first"
        case .busy(let directory):
            "another process is still starting or stopping the cluster in \(directory)"
        case .commandFailed(let command, let status, let output):
            "\(command) ended with status \(status): \(output)"
        case .serverExited(let logFile, let output):
            "the PostgreSQL server ended while starting (log: \(logFile)): \(output)"
        case .notReady(let logFile, let limit):
            "the PostgreSQL server was not ready after \(limit); it is still starting (log: \(logFile))"
        case .notStopped(let processID, let limit):
            "the PostgreSQL server (process \(processID)) did not end within \(limit)"
        case .system(let operation, let path, let message):
            "cannot \(operation) \(path): \(message)"
        }
    }
}
