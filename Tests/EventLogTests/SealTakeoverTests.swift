import EventLog
import EventSourcing
import Evidence
import MusterTesting
import Postgres
import Synchronization
import Testing

@Suite(.testDatabase)
struct SealTakeoverTests {
    private static let seeds = (0..<2).map { _ in UInt64.random(in: 0 ... .max) }

    /// Two sealers whose leases end all the time, stopped at any instant, their sessions ended by the server: what is
    /// stored is one tree, and every checkpoint is a beginning of it.
    @Test(.timeLimit(.minutes(20)), arguments: seeds)
    func `Sealers that are stopped at random build one tree`(seed: UInt64) async throws {
        let total = 4_000
        let database = try TestDatabase.current
        let name = "s-\(String(seed, radix: 36))"
        try await database.withLog(name) { log in
            let shown = Shown()
            let seals = Seals(log: log)
            let slowness = Slowness()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    for _ in 0..<total / 20 { try await log.appendSamples(20) }
                }
                for number in 0..<2 {
                    group.addTask {
                        // Each in a handle of its own, as another process would be.
                        try await database.withLog(name) { log in
                            var generator = SeededGenerator(seed: seed &+ UInt64(number))
                            while !shown.isDone, !Task.isCancelled {
                                let watch = SealWatch()
                                let witness = Witness(
                                    key: try #require(
                                        NoteKey(name: "seen", algorithm: .cosignature, publicKey: SealWatch.seed)
                                    )
                                ) { request in
                                    shown.add(request.checkpoint)
                                    return .cosigned([])
                                }
                                let sealer = try watch.sealer(
                                    of: log,
                                    holder: "\(number)/\(generator.next())",
                                    // Over before the next write: both believe to be the one.
                                    leaseTime: .milliseconds(1),
                                    witnesses: [witness]
                                )
                                let longest = 200 * slowness.factor
                                let life = Duration.milliseconds(Int.random(in: 0..<longest, using: &generator))
                                let before = try await seals.latest()?.size ?? 0
                                await withTaskGroup(of: Void.self) { group in
                                    group.addTask { await sealer.run() }
                                    try? await Task.sleep(for: life)
                                    group.cancelAll()
                                }
                                let hasSealed = try await seals.latest()?.size ?? 0 > before
                                slowness.noteLife(hasSealed: hasSealed)
                            }
                        }
                    }
                }
                group.addTask {
                    let connection = try await Connection.connect(
                        ConnectionConfiguration(conninfo: database.conninfo, applicationName: "killer"),
                        logger: database.logger
                    )
                    while try await seals.latest()?.size ?? 0 < total {
                        try await connection.execute(
                            Statement(
                                "kill_sealers",
                                """
                                select pg_terminate_backend(pid)
                                from pg_stat_activity
                                where datname = current_database() and query like 'with fence%' and random() < 0.2
                                """
                            )
                        )
                        try await Task.sleep(for: .milliseconds(5 * slowness.factor))
                    }
                    shown.end()
                    await connection.close()
                }
                try await group.waitForAll()
            }
            try await Self.check(log, total: total)
            // What any witness was shown is what is stored, under each size one tree.
            let stored = Set(try await seals.checkpoints(after: 0, limit: 100_000).map(\.note))
            #expect(shown.notes.values.allSatisfy { $0.count == 1 && $0.isSubset(of: stored) })
        }
    }

    private static func check(_ log: Log, total: Int) async throws {
        let seals = Seals(log: log)
        let ring = try SealWatch.ring(SealWatch.seed)
        let checkpoints = try await seals.checkpoints(after: 0, limit: 100_000)
        #expect(checkpoints.last?.size == total)
        var rest = checkpoints[...]
        var edge = TreeEdge()
        for leaf in try await log.leafHashes() {
            edge.append(leaf)
            guard let next = rest.first, next.size == edge.size else { continue }
            let signed = try next.signed()
            try signed.check(with: ring)
            #expect(signed.head == TreeHead(size: edge.size, root: edge.root))
            rest.removeFirst()
        }
        #expect(rest.isEmpty)
        for tile in edge.takeFullTiles() {
            let stored = try await seals.hashes(of: Tile(level: tile.level, slot: TileSlot(index: tile.index)))
            #expect(stored == tile.hashes)
        }
        for tile in Tile.partial(ofTreeOf: total) {
            #expect(try await seals.hashes(of: tile) == edge.levels[tile.level])
        }
    }
}

/// How many times as long sealers live and the killer waits: on a slow machine nothing would ever be sealed otherwise.
private final class Slowness: Sendable {
    private let state = Mutex(1)

    var factor: Int { state.withLock { $0 } }

    /// Doubles while nothing is sealed.
    func noteLife(hasSealed: Bool) { state.withLock { $0 = hasSealed ? 1 : min(2 * $0, 128) } }
}

/// What the witnesses were shown, by size.
private final class Shown: Sendable {
    private let state = Mutex<(notes: [Int: Set<String>], isDone: Bool)>(([:], false))

    var notes: [Int: Set<String>] { state.withLock { $0.notes } }
    var isDone: Bool { state.withLock { $0.isDone } }

    func add(_ checkpoint: SignedCheckpoint) {
        state.withLock { _ = $0.notes[checkpoint.head.size, default: []].insert(checkpoint.encoded) }
    }

    func end() { state.withLock { $0.isDone = true } }
}
