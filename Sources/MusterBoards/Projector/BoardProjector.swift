import EventSourcing
package import Logging
import Metrics
package import Postgres
import ServiceLifecycle

/// Writes the live boards of a process into PostgreSQL, where several such processes may run: each board has one writer,
/// the others stand by and take over when its lease ends.
///
/// The fold lives in memory, the tables hold its outcome. A new writer compares the stored rows with its own fold and
/// writes what differs; from then on it writes what changes. Rows, events that could not be read and the position go in
/// one statement that also checks the epoch, so at any instant, whatever was killed, the stored rows are the fold of the
/// events up to the stored position.
package struct BoardProjector: Sendable {
    /// What may be set.
    package struct Configuration: Sendable {
        /// How long a writer that fell silent keeps the others waiting.
        package var leaseTime: Duration = .seconds(5)
        /// How many changes are gathered into one write at most.
        package var changesPerWrite = 256
        /// What follows a write sooner than this is gathered with what comes until then, by a writer that keeps up: a row
        /// that changes again and again is then written twice a second, and read where it is, in memory.
        package var writeInterval: Duration = .milliseconds(500)

        package init() {}
    }

    private let boards: LiveBoards
    private let pool: ConnectionPool
    private let holder: String
    private let configuration: Configuration
    private let logger: Logger

    /// - Parameters:
    ///   - pool: connections bound to the schema of the boards' log.
    ///   - holder: names this process among all, as host, process number and start time; never used twice.
    package init(
        boards: LiveBoards,
        pool: ConnectionPool,
        holder: String,
        logger: Logger,
        configuration: Configuration = Configuration()
    ) {
        self.boards = boards
        self.pool = pool
        self.holder = holder
        self.configuration = configuration
        self.logger = logger
    }

    /// Writes until graceful shutdown or until the boards stop. What goes wrong with the database is logged and tried
    /// again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for feed in boards.all {
                    group.addTask { await writer(of: feed).run() }
                }
            }
        }
    }

    private func writer(of feed: any BoardFeed) -> BoardWriter {
        var logger = logger
        logger[metadataKey: "board"] = "\(feed.name)"
        return BoardWriter(
            feed: feed,
            boards: boards,
            table: BoardRowsTable(
                pool: pool,
                board: feed.name,
                version: Int32(clamping: feed.version),
                holder: holder,
                leaseTime: configuration.leaseTime
            ),
            configuration: configuration,
            logger: logger
        )
    }
}

/// Writes one board.
private struct BoardWriter: Sendable {
    /// Why a writer stopped writing; none of them harms the stored rows.
    private enum End {
        case leaseTaken
        case stopped
    }

    let feed: any BoardFeed
    let boards: LiveBoards
    let table: BoardRowsTable
    let configuration: BoardProjector.Configuration
    let logger: Logger

    private var renewInterval: Duration { table.leaseTime / 3 }
    private var isStopped: Bool { Task.isCancelled || boards.isStopped }

    func run() async {
        var failures = 0
        while !isStopped {
            let start = ContinuousClock.now
            do {
                // Fenced out by a rebuild it may write the new rows at once; by another writer it gets no turn.
                if try await standBy() { _ = try await standBy() }
                failures = 0
            } catch is CancellationError {
                return
            } catch {
                if isStopped { return }
                // Who wrote for a while before it failed is not failing again and again.
                failures = ContinuousClock.now - start > table.leaseTime ? 1 : failures + 1
                logger.warning("board cannot be written, trying again", metadata: ["error": "\(error)"])
            }
            await pause(failures: failures)
        }
    }

    /// Waits for its turn, then writes until the lease is lost or everything stops.
    ///
    /// - Returns: whether it wrote, and somebody else took the board.
    private func standBy() async throws -> Bool {
        // Nobody may write rows of an earlier position than those that are stored.
        guard await boards.wait(until: try await table.position(), timeout: renewInterval), !isStopped,
            let lease = try await table.acquire()
        else { return false }
        logger.info(
            "writing board",
            metadata: ["board.epoch": "\(lease.epoch)", "event.position": "\(lease.position)"]
        )
        do {
            switch try await write(under: lease) {
            case .leaseTaken:
                logger.warning("board was taken over", metadata: ["board.epoch": "\(lease.epoch)"])
                return true
            case .stopped:
                try await giveBack(lease)
            }
        } catch  where isStopped {
            try await giveBack(lease)
        }
        return false
    }

    private func write(under lease: BoardRowsTable.Lease) async throws -> End {
        guard await boards.wait(until: lease.position, timeout: renewInterval) else {
            return isStopped ? .stopped : .leaseTaken
        }
        let (start, rows) = feed.encodedRows()
        var parked = feed.parked.through(start)
        let correction = try await table.difference(to: rows, parked, under: lease)
        guard try await table.write(correction, parked: parked.count, at: start, under: lease) else {
            return .leaseTaken
        }
        // Rows to go back to that were made before an erasure would bring back what was erased.
        if feed.erasedThrough > .origin {
            try await BoardGenerations(table: table).forgetKept(before: feed.erasedThrough)
        }
        var changes = feed.changes(after: start).makeAsyncIterator()
        var lastWrite = ContinuousClock.now
        var isBehind = false
        let positionGauge = Gauge(label: "muster_board_stored_position", dimensions: [("board", feed.name)])
        while !isStopped {
            _ = await boards.wait(until: changes.position.advanced(by: 1), timeout: renewInterval)
            let next = lastWrite + configuration.writeInterval
            // Cancelled: what there is, is written at once.
            if !isBehind, ContinuousClock.now < next { try? await Task.sleep(until: next) }
            var difference = BoardRowsTable.Difference()
            var count = 0
            // What is folded from here on belongs to the next write: making a change of it now would make two of one.
            let goal = feed.position
            while changes.position < goal, count < configuration.changesPerWrite,
                let update = changes.nextIfAvailable()
            {
                switch update {
                case .change(let change): difference.merge(change)
                // Too far behind to go on row by row, or somebody was erased: begin again from a comparison.
                case .reset: return .leaseTaken
                }
                count += 1
            }
            isBehind = count == configuration.changesPerWrite
            let nowParked = feed.parked.through(changes.position)
            difference.parked = Array(nowParked.first.dropFirst(parked.first.count))
            guard !difference.isEmpty || ContinuousClock.now - lastWrite >= renewInterval else { continue }
            guard
                try await table.write(difference, parked: nowParked.count, at: changes.position, under: lease)
            else { return .leaseTaken }
            parked = nowParked
            lastWrite = .now
            positionGauge.record(changes.position.rawValue)
        }
        return .stopped
    }

    /// Lets another writer begin at once.
    private func giveBack(_ lease: BoardRowsTable.Lease) async throws {
        // Shielded from the cancellation that brought us here, and awaited.
        try await Task { [table] in
            try await withDeadline(.seconds(2)) { try await table.release(lease) }
        }.value
    }

    /// Between two turns: a third of a lease, longer after failures, never more than ten seconds.
    private func pause(failures: Int) async {
        let longest = Duration.seconds(10)
        var time = renewInterval
        for _ in 0..<min(failures, 6) { time = min(time * 2, longest) }
        // Only cancellation ends it early, and then the loop ends by itself.
        try? await Task.sleep(for: time * Double.random(in: 0.5...1))
    }
}
