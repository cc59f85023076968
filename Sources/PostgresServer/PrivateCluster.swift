import Glibc
package import Logging
import Synchronization

/// A PostgreSQL cluster of our own under one directory, reached by a unix socket alone, with durable settings.
///
/// `muster up`, the verbs with `--data` and the tests run on it. The server is made from the installed binaries and
/// outlives the process that started it: after a kill the next ``start()`` finds it and takes it over, or starts it
/// again and PostgreSQL recovers. Several processes may use one cluster; the last one to ``leave()`` stops the server.
///
/// Below the directory are `postgres` (the data), `socket`, `postgres.log`, and lock files. Started as root, the
/// server runs as the user `postgres`; if that user may not pass through the directories above (root's home, say), the
/// data is made under `/var/lib/muster-private` and `postgres` is a link to it.
///
/// Operations wait for each other, also across processes. All may throw ``ClusterError``, and `CancellationError` where
/// they say so. Waiting never blocks a thread.
package final class PrivateCluster: Sendable {
    /// How a server is made to stop.
    package enum StopMode: Sendable {
        /// Open transactions are rolled back, sessions closed, everything written: the next start is quick.
        case fast
        /// As in a crash: nothing acknowledged is lost, the next start recovers.
        case immediate
    }

    let directory: String
    private let settings: [String: String]
    private let logger: Logger
    private let startLimit: Duration
    private let stopLimit: Duration
    /// Held while this process uses the server.
    private let use = Mutex<FileLock?>(nil)

    /// - Parameters:
    ///   - directory: may be relative, and need not exist yet.
    ///   - settings: beside or instead of the defaults, as in `postgresql.conf`; not those of the socket.
    ///   - startLimit: how long a start may take; recovery after a crash can need minutes.
    ///   - stopLimit: how long a fast stop may take before it becomes an immediate one.
    package init(
        directory: String,
        settings: [String: String] = [:],
        logger: Logger,
        startLimit: Duration = .seconds(300),
        stopLimit: Duration = .seconds(60)
    ) {
        self.directory = FileSystem.absolutePath(directory)
        self.settings = settings
        self.logger = logger
        self.startLimit = startLimit
        self.stopLimit = stopLimit
    }

    // MARK: State, always read from the files and processes themselves

    /// How libpq reaches the server, as its superuser. Final once ``prepare()`` or ``start()`` has returned.
    package var conninfo: String { conninfo(database: "postgres") }

    /// The same for another database of the cluster.
    package func conninfo(database: String) -> String {
        "host=\(Self.quoted(socketDirectory)) port=\(SocketDirectory.port) user=postgres dbname=\(Self.quoted(database))"
    }

    /// The file that takes what the server prints.
    package var logFile: String { directory + "/postgres.log" }

    /// Whether the server's process exists; it may still be starting.
    package var isRunning: Bool { serverProcessID != nil }

    /// The process id of the server, nil while none runs.
    package var serverProcessID: Int32? {
        guard let file = try? PostmasterFile.read(in: dataDirectory),
            (try? file.holder(dataDirectory: dataDirectory)) == .ours
        else { return nil }
        return file.processID
    }

    private var dataLink: String { directory + "/postgres" }
    private var dataDirectory: String { FileSystem.realPath(dataLink) ?? dataLink }
    private var socketDirectory: String { SocketDirectory.path(dataDirectory: dataDirectory) }

    // MARK: Operations

    /// Makes the cluster if there is none, and checks that it can be run if there is. ``start()`` does this by itself.
    ///
    /// On cancellation throws `CancellationError`; a half-made cluster is thrown away by the next call.
    package func prepare() async throws {
        try await alone { _ = try await makeReady() }
    }

    /// Starts the server, or takes over the one that runs, and returns once it accepts connections.
    ///
    /// On cancellation throws `CancellationError`; a server that was starting goes on, so ``stop(_:)`` or ``leave()``
    /// still have to be called.
    package func start() async throws {
        try await alone {
            let installation = try await makeReady()
            try beginUse()
            try await startServer(installation)
        }
    }

    /// Stops the server, whoever uses it, and returns once its process is gone. Does nothing if none runs.
    ///
    /// Also works in a cancelled task.
    package func stop(_ mode: StopMode) async throws {
        try await shielded {
            try await self.alone {
                try await self.stopServer(mode)
                self.endUse()
            }
        }
    }

    /// Ends this process's use of the server, and stops it (fast) unless another process uses it too.
    ///
    /// Also works in a cancelled task.
    package func leave() async throws {
        guard FileSystem.exists(directory) else { return }
        try await shielded {
            try await self.alone {
                self.endUse()
                guard try FileLock(self.useLockPath, .exclusive) != nil else {
                    self.logger.info("PostgreSQL server left running: another process uses it")
                    return
                }
                try await self.stopServer(.fast)
            }
        }
    }

    /// Stops the server and starts it again.
    package func restart(_ mode: StopMode = .fast) async throws {
        try await alone {
            let installation = try await makeReady()
            try beginUse()
            try await stopServer(mode)
            try await startServer(installation)
        }
    }

    // MARK: One at a time

    private var useLockPath: String { directory + "/use.lock" }

    /// Runs `body` while no other process, and no other task, prepares, starts or stops this cluster.
    private func alone(_ body: () async throws -> Void) async throws {
        // The server's user must be able to pass through; the data below is its own alone.
        try FileSystem.makeDirectory(directory, mode: geteuid() == 0 ? 0o711 : 0o700)
        let deadline = ContinuousClock.now + startLimit + stopLimit
        while true {
            if let lock = try FileLock(directory + "/change.lock", .exclusive) {
                defer { withExtendedLifetime(lock) {} }
                return try await body()
            }
            guard ContinuousClock.now < deadline else { throw ClusterError.busy(directory: directory) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Runs clean-up to its end although the calling task may be cancelled, which would end every wait in it.
    private func shielded(_ cleanUp: @escaping @Sendable () async throws -> Void) async throws {
        try await Task(operation: cleanUp).value
    }

    private func beginUse() throws {
        // The only one to hold it exclusively does so inside `alone`, as we are.
        let lock = try FileLock(useLockPath, .shared)
        use.withLock { $0 = lock }
    }

    private func endUse() {
        use.withLock { $0 = nil }
    }

    // MARK: The data

    private func makeReady() async throws -> ServerInstallation {
        let data = ClusterData(directory: directory, link: dataLink, logger: logger)
        return try await data.makeReady()
    }

    // MARK: The server

    /// The server and all its processes inherit a lock on this file. While it is held something of a server lives: one
    /// that starts and has written nothing yet, or sessions that have not noticed that their server was killed. A second
    /// server beside either would take the first one's files away.
    private var serverLockPath: String { directory + "/server.lock" }

    private func startServer(_ installation: ServerInstallation) async throws {
        let dataDirectory = installation.dataDirectory
        let deadline = ContinuousClock.now + startLimit
        var hasWaited = false
        while true {
            let file = try PostmasterFile.read(in: dataDirectory)
            switch try file?.holder(dataDirectory: dataDirectory) {
            case .ours?:
                if let file, try await takeOver(file, dataDirectory: dataDirectory) { return }
            case .unknownServer?:
                throw ClusterError.heldByAnother(dataDirectory: dataDirectory, processID: file?.processID ?? 0)
            case .none?, nil:
                if let lock = try FileLock(serverLockPath, .exclusive) {
                    if file != nil {
                        // PostgreSQL would take the number's new owner for a server if it has the same user.
                        logger.notice("PostgreSQL server had not stopped in order; it recovers")
                        try FileSystem.remove(PostmasterFile.path(in: dataDirectory))
                    }
                    return try await launch(installation, holding: lock)
                }
            }
            guard ContinuousClock.now < deadline else { throw ClusterError.busy(directory: directory) }
            if !hasWaited { logger.notice("waiting for the previous PostgreSQL server to be ready or gone") }
            hasWaited = true
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits for a server that runs already; false if it ends instead of becoming ready.
    private func takeOver(_ file: PostmasterFile, dataDirectory: String) async throws -> Bool {
        let isReady = try await isReady(file.processID, dataDirectory: dataDirectory) {
            try file.holder(dataDirectory: dataDirectory) != .ours
        }
        if isReady {
            logger.notice("PostgreSQL server already running", metadata: ["process.id": "\(file.processID)"])
        }
        return isReady
    }

    private func launch(_ installation: ServerInstallation, holding lock: FileLock) async throws {
        let dataDirectory = installation.dataDirectory
        let socketDirectory = SocketDirectory.path(dataDirectory: dataDirectory)
        try SocketDirectory.make(socketDirectory, account: installation.account)
        // Left by a killed server; while we hold the lock nobody uses it, whoever has the number in it now.
        try FileSystem.remove("\(socketDirectory)/.s.PGSQL.\(SocketDirectory.port).lock")
        let values = ServerSettings.defaults()
            .merging(settings) { $1 }
            .merging(ServerSettings.required(socketDirectory: socketDirectory)) { $1 }
        let options = values.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let log = try ServerLog(logFile)
        let child = try ChildProcess(
            installation.account.command([installation.binaries.postgres, "-D", dataDirectory] + options),
            output: log.descriptor,
            inherited: lock.descriptor
        )
        guard
            try await isReady(child.processID, dataDirectory: dataDirectory, orHasEnded: { child.exitStatus() != nil })
        else {
            let output = try ServerLog.text(of: logFile, from: log.start)
            throw ClusterError.serverExited(logFile: logFile, output: ChildProcess.lastLines(output))
        }
        logger.info(
            "PostgreSQL server started",
            metadata: ["process.id": "\(child.processID)", "version": "\(installation.binaries.major)"]
        )
    }

    /// Waits until the server's own file says that it accepts connections; false if it ended instead.
    private func isReady(
        _ processID: Int32,
        dataDirectory: String,
        orHasEnded hasEnded: () throws -> Bool
    ) async throws -> Bool {
        let deadline = ContinuousClock.now + startLimit
        while try !hasEnded() {
            let file = try PostmasterFile.read(in: dataDirectory)
            if file?.processID == processID {
                if file?.isReady == true { return true }
                // Not before its file is there: without it nobody could find the server to stop it.
                try Task.checkCancellation()
            }
            guard ContinuousClock.now < deadline else {
                throw ClusterError.notReady(logFile: logFile, limit: startLimit)
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private func stopServer(_ mode: StopMode) async throws {
        guard let processID = serverProcessID else { return }
        switch mode {
        case .fast:
            if try await end(processID, by: .fast) { break }
            logger.warning(
                "PostgreSQL server did not stop in time; it is stopped at once and recovers at its next start"
            )
            fallthrough
        case .immediate:
            guard try await end(processID, by: .immediate) else {
                throw ClusterError.notStopped(processID: processID, limit: stopLimit)
            }
        }
        // Succeeds only if it is empty; the next start makes it anew.
        rmdir(socketDirectory)
        logger.info("PostgreSQL server stopped", metadata: ["process.id": "\(processID)"])
    }

    /// Signals the server and waits for its end; false if it did not end in time.
    private func end(_ processID: Int32, by mode: StopMode) async throws -> Bool {
        // The signals are PostgreSQL's own ("Shutting Down the Server" in its manual).
        guard kill(processID, mode == .fast ? SIGINT : SIGQUIT) == 0 || errno == ESRCH else {
            throw ClusterError.last("stop", "process \(processID)")
        }
        let deadline = ContinuousClock.now + stopLimit
        // A server that ends removes its file last, so the process is what counts.
        let file = PostmasterFile(processID: processID)
        while try file.holder(dataDirectory: dataDirectory) == .ours {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    /// A value of a conninfo string.
    private static func quoted(_ value: String) -> String {
        "'" + value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "'"
    }
}
