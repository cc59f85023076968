/// What bounds the tasks of an agency, or of one kind of an agency's.
package struct QueueLimit: Hashable, Sendable {
    /// So many may be with workers at a time; nil for any number.
    package var concurrency: Int32?
    /// So many may start in a time; nil for any number.
    package var rate: Rate?
    /// Nothing is handed out until somebody resumes it. What is with workers may be ended.
    package var isPaused = false

    package init(concurrency: Int32? = nil, rate: Rate? = nil, isPaused: Bool = false) {
        self.concurrency = concurrency
        self.rate = rate
        self.isPaused = isPaused
    }
}

/// All limits of a queue.
package struct QueueLimits: Hashable, Sendable {
    /// Which tasks a limit is for.
    package struct Scope: Hashable, Sendable {
        /// Nil for each agency that has no limit of its own.
        package let agency: String?
        /// Nil for all kinds together.
        package let kind: String?

        package init(agency: String?, kind: String?) {
            self.agency = agency
            self.kind = kind
        }
    }

    package private(set) var limits: [Scope: QueueLimit]

    package init(_ limits: [Scope: QueueLimit] = [:]) { self.limits = limits }

    package subscript(scope: Scope) -> QueueLimit? {
        get { limits[scope] }
        set { limits[scope] = newValue }
    }

    /// What bounds all kinds of an agency's tasks together.
    func limit(of agency: String) -> QueueLimit {
        limits[Scope(agency: agency, kind: nil)] ?? limits[Scope(agency: nil, kind: nil)] ?? QueueLimit()
    }

    /// What bounds one kind of an agency's tasks.
    func limit(of agency: String, _ kind: String) -> QueueLimit {
        limits[Scope(agency: agency, kind: kind)] ?? limits[Scope(agency: nil, kind: kind)] ?? QueueLimit()
    }
}
