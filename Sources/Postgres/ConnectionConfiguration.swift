/// How to open a session and what limits it lives under.
package struct ConnectionConfiguration: Sendable {
    /// What happens to a call that meets its deadline or whose task is cancelled.
    package enum Interruption: Sendable, Hashable {
        /// Ask the server to cancel, take what it answers and keep the connection; close it when the answer does not
        /// come within `drainTimeout`.
        case cancelAndDrain
        /// Close the connection; the outcome of the call is unknown. For appends: PostgreSQL answers a commit that is
        /// cancelled while it waits for a standby with success.
        case close
    }

    /// A libpq connection string (`host=… dbname=…`) or URL (`postgresql://…`). May hold a password: never log it.
    package var conninfo: String
    /// Shown in `pg_stat_activity`.
    package var applicationName: String
    /// The schemas names are looked up in; nil leaves the role's setting.
    package var searchPath: String?
    /// How long opening a session may take, host names and all hosts of a list included.
    package var connectTimeout: Duration = .seconds(10)
    /// How long a call may take when its caller has set no earlier deadline.
    package var callTimeout: Duration = .seconds(30)
    /// How long the server works on one statement.
    package var statementTimeout: Duration = .seconds(30)
    /// How long the server waits for one lock.
    package var lockTimeout: Duration = .seconds(10)
    /// How long the server keeps a transaction open in which nothing happens.
    package var idleInTransactionTimeout: Duration = .seconds(10)
    /// How long an interrupted call may take to come to rest before its connection is closed.
    package var drainTimeout: Duration = .seconds(2)
    /// Plans prepared statements once for all parameters. Large arrays are otherwise copied and planned on each call.
    package var forceGenericPlans: Bool = false
    /// Plans sequential scans only where there is no index: a plan made while a table was empty stays in use when it fills.
    package var avoidsSequentialScans: Bool = false
    package var interruption: Interruption = .cancelAndDrain

    package init(conninfo: String, applicationName: String = "swift") {
        self.conninfo = conninfo
        self.applicationName = applicationName
    }
}

extension ConnectionConfiguration: CustomStringConvertible, CustomReflectable {
    /// Without the connection string, which may hold a password.
    package var description: String { "connection of \(applicationName)" }

    package var customMirror: Mirror { Mirror(self, children: ["applicationName": applicationName]) }
}
