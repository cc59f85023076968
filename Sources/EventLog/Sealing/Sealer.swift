import EventSourcing
package import Evidence
package import Logging
import Metrics
import Postgres
import ServiceLifecycle
import Synchronization

/// Seals a log: hashes each event into the log's Merkle tree and, about every second while events come, stores the tree
/// and a signed checkpoint over it. It reads committed events and costs the writers nothing.
///
/// Several may run on one log: one holds the lease, the others stand by. Tiles, edge and checkpoint are written in one
/// statement that also checks epoch and size, so whatever is killed at whatever instant, the stored tree is the one that
/// was signed last, and the next sealer goes on from there. A checkpoint leaves this process only after it was stored;
/// so two trees of one size are never both signed and shown.
package struct Sealer: Service {
    /// What may be set.
    package struct Configuration: Sendable {
        /// How often events are sealed while they come.
        package var interval = Duration.seconds(1)
        /// How long a sealer that fell silent keeps the others waiting.
        package var leaseTime = Duration.seconds(5)
        /// Full tiles, of 256 events each, that are stored at once when there is much to be made up for.
        package var tilesPerWrite = 64

        package init() {}
    }

    private let log: Log
    private let keys: SigningKeys
    private let origin: String
    private let table: SealTable
    private let witnesses: [Witness]
    private let configuration: Configuration
    private let logger: Logger
    private let position: Gauge
    private let lag: Gauge
    /// What this process has sealed itself.
    private let sealed = SealedHead()

    /// - Parameters:
    ///   - origin: what checkpoints shall call the log, if nothing was sealed yet: a URL without its scheme.
    ///   - holder: names this process among all, as host, process number and start time; never used twice.
    package init(
        log: Log,
        keys: SigningKeys,
        origin: String,
        holder: String,
        witnesses: [Witness] = [],
        logger: Logger,
        configuration: Configuration = Configuration()
    ) {
        self.log = log
        self.keys = keys
        self.origin = origin
        self.witnesses = witnesses
        self.configuration = configuration
        self.logger = logger
        table = SealTable(log: log.name, pool: log.pool, holder: holder, leaseTime: configuration.leaseTime)
        position = Gauge(label: "muster_seal_position", dimensions: [("log", log.name.rawValue)])
        lag = Gauge(label: "muster_seal_lag_events", dimensions: [("log", log.name.rawValue)])
    }

    /// Seals until graceful shutdown. What goes wrong with the database is logged and tried again. When log or tree are
    /// not what they must be, it raises the alarm and seals nothing any more.
    package func run() async {
        let isDamaged = await cancelWhenGracefulShutdown { await turns() }
        // Everything else goes on: people need the log, also to see what happened to it.
        if isDamaged { try? await gracefulShutdown() }
    }

    /// - Returns: true when there is nothing more to be sealed until a person has looked.
    private func turns() async -> Bool {
        while !Task.isCancelled {
            do {
                try await turn()
            } catch let error as SealError {
                logger.critical("the log is not sealed any more", metadata: ["seal.error": "\(error)"])
                return true
            } catch let error as LogError {
                logger.critical("the log is not sealed any more", metadata: ["log.error": "\(error)"])
                return true
            } catch {
                if Task.isCancelled { break }
                logger.warning("the log cannot be sealed, trying again", metadata: ["error": "\(error)"])
            }
            // Only cancellation ends it early, and then the loop ends by itself.
            try? await Task.sleep(for: configuration.leaseTime / 3 * Double.random(in: 0.5...1))
        }
        return false
    }

    /// Seals while the lease is ours; returns at once when it is another's.
    ///
    /// - Throws: `SealError`, `LogError`, and whatever goes wrong with the database.
    func turn() async throws {
        guard let lease = try await table.acquire(origin: origin) else { return }
        do {
            let signers = keys.signers(named: lease.origin)
            guard !signers.isEmpty else { throw SealError.invalidOrigin(lease.origin) }
            let edge = try await table.edge(under: lease)
            try await checkOwnPast(in: edge)
            logger.info(
                "sealing",
                metadata: [
                    "seal.epoch": "\(lease.epoch)", "seal.size": "\(lease.size)", "seal.origin": "\(lease.origin)",
                ]
            )
            try await witnessed { offer in
                try await seal(edge, signers: signers, under: lease, offer: offer)
            }
        } catch {
            // Shielded from the cancellation that may have brought us here, and awaited.
            try? await Task { [table] in
                try await withDeadline(.seconds(2)) { try await table.release(lease) }
            }.value
            throw error
        }
    }

    /// Compares the stored tree with what this process has signed before.
    private func checkOwnPast(in edge: TreeEdge) async throws {
        guard let own = sealed.head else { return }
        guard own.size <= edge.size else {
            throw SealError.regressed(log: log.name, sealed: own.size, found: edge.size)
        }
        guard own.size > 0 else { return }
        let stored = try await Seals(log: log).hashes(.root(ofTreeOf: own.size))
        guard stored == [own.root] else { throw SealError.treeDiffers(log: log.name, size: own.size) }
    }

    /// Seals until the lease is lost or the log ends.
    private func seal(
        _ start: TreeEdge,
        signers: [NoteSigner],
        under lease: SealTable.Lease,
        offer: (SignedCheckpoint) -> Void
    ) async throws {
        var edge = start
        var hasher = EntryHasher()
        var size = edge.size
        var lastWrite = ContinuousClock.now
        var events = log.subscribe(from: Position(Int64(size))).makeAsyncIterator()
        while true {
            try Task.checkCancellation()
            let tail = Int(log.lastKnownTail.rawValue)
            while edge.size < tail, edge.fullTileCount < configuration.tilesPerWrite {
                guard let batch = try await events.next() else { return }
                for event in batch { edge.append(hasher.leafHash(of: event)) }
            }
            if edge.size > size {
                let head = TreeHead(size: edge.size, root: edge.root)
                let checkpoint = try SignedCheckpoint(Checkpoint(origin: lease.origin, head: head), signers: signers)
                let isOurs = try await table.write(
                    checkpoint,
                    tiles: edge.takeFullTiles(),
                    edge: edge.levels,
                    keys: signers.map(\.key),
                    after: size,
                    under: lease
                )
                guard isOurs else { return lost(lease) }
                size = edge.size
                lastWrite = .now
                sealed.set(head)
                position.record(size)
                offer(checkpoint)
            } else if ContinuousClock.now - lastWrite >= configuration.leaseTime / 3 {
                guard try await table.renew(lease) else { return lost(lease) }
                lastWrite = .now
            }
            let behind = Int(log.lastKnownTail.rawValue) - size
            lag.record(max(0, behind))
            if behind < Tile.fullWidth { try await Task.sleep(for: configuration.interval) }
        }
    }

    private func lost(_ lease: SealTable.Lease) {
        logger.warning("sealing was taken over", metadata: ["seal.epoch": "\(lease.epoch)"])
    }

    /// Hands the checkpoints that the body offers to the witnesses, while it runs.
    private func witnessed(_ body: ((SignedCheckpoint) -> Void) async throws -> Void) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var offers: [AsyncStream<SignedCheckpoint>.Continuation] = []
            for witness in witnesses {
                let rounds = WitnessRounds(witness: witness, seals: Seals(log: log), pool: log.pool, logger: logger)
                let (checkpoints, offer) = AsyncStream.makeStream(
                    of: SignedCheckpoint.self,
                    bufferingPolicy: .bufferingNewest(1)
                )
                offers.append(offer)
                group.addTask { await rounds.run(checkpoints) }
            }
            defer { group.cancelAll() }
            try await body { checkpoint in
                for offer in offers { offer.yield(checkpoint) }
            }
        }
    }
}

/// What a process has signed last.
private final class SealedHead: Sendable {
    private let state = Mutex<TreeHead?>(nil)

    var head: TreeHead? { state.withLock { $0 } }

    func set(_ head: TreeHead) { state.withLock { $0 = head } }
}
