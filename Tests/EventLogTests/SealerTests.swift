import EventLog
import EventSourcing
import Evidence
import MusterTesting
import Postgres
import Testing

@testable import EventLog

@Suite(.testDatabase)
struct SealerTests {
    @Test(.timeLimit(.minutes(20)))
    func `What was appended is sealed under a signed checkpoint`() async throws {
        try await TestDatabase.current.withLog("sealed") { log in
            let seals = Seals(log: log)
            #expect(try await seals.latest() == nil)
            #expect(try await seals.origin() == nil)
            try await log.appendSamples(700)
            try await SealWatch().seal(log, to: 700)

            let signed = try #require(try await seals.latest()).signed()
            try signed.check(with: try SealWatch.ring(SealWatch.seed))
            let leaves = try await log.leafHashes()
            var edge = TreeEdge()
            for leaf in leaves { edge.append(leaf) }
            #expect(signed.head == TreeHead(size: 700, root: edge.root))
            #expect(try await seals.origin() == SealWatch.origin)
            #expect(try await seals.keys() == (try SealWatch.ring(SealWatch.seed)).keys.map(\.text))

            func hashes(_ path: String) async throws -> [TreeHash]? {
                try await seals.hashes(of: try #require(Tile(pathBelowTile: path)))
            }
            #expect(try await hashes("0/000") == Array(leaves[..<256]))
            #expect(try await hashes("0/001.p/3") == Array(leaves[256..<259]))
            #expect(try await hashes("0/002.p/188") == Array(leaves[512...]))
            #expect(try await hashes("1/000.p/2") == edge.levels[1])
            #expect(try await hashes("0/002.p/189") == nil)
            #expect(try await hashes("0/003") == nil)
            #expect(try await hashes("5/000.p/1") == nil)
            let entries = try #require(try await seals.entries(of: TileSlot(index: 2, width: 188)))
            #expect(entries.map { TreeHash.leaf($0) } == Array(leaves[512...]))
            #expect(try await seals.entries(of: TileSlot(index: 2, width: 189)) == nil)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A command's receipt proves all its events, once they are sealed`() async throws {
        try await TestDatabase.current.withLog("receipts") { log in
            let seals = Seals(log: log)
            try await log.appendSamples(300)
            let append = Samples.append(
                Samples.write(Samples.stream("a"), count: 2),
                Samples.write(Samples.stream("b"), count: 1)
            )
            _ = try await log.append(append)
            #expect(try await seals.receipt(of: append.command) == .notSealedYet)
            let watch = SealWatch()
            try await watch.seal(log, to: 303)
            let late = Samples.append(Samples.write(Samples.stream("a")))
            _ = try await log.append(late)

            guard case .receipt(let receipt) = try await seals.receipt(of: append.command) else {
                Issue.record("no receipt")
                return
            }
            #expect(receipt.items.map(\.entry.position.rawValue) == [301, 302, 303])
            let ring = try SealWatch.ring(SealWatch.seed)
            #expect(try receipt.check(with: ring) == ring.keys)
            #expect(throws: Receipt.Fault.checkpoint(.noTrustedSignature)) {
                try receipt.check(with: try SealWatch.ring(SealWatch.otherSeed))
            }
            #expect(try await seals.receipt(of: Samples.command()) == .unknown)
            #expect(try await seals.receipt(of: late.command) == .notSealedYet)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `No receipt is given for an event that was changed since`() async throws {
        try await TestDatabase.current.withLog("changed") { log in
            let append = Samples.append(Samples.write(Samples.stream("a"), count: 3))
            _ = try await log.append(append)
            try await SealWatch().seal(log, to: 3)
            try await log.pool.execute(
                Statement("test_change", "update events set data = replace(data, '1', '7') where position = 2")
            )
            await #expect(throws: SealError.eventDiffers(log: log.name, position: Position(2))) {
                try await Seals(log: log).receipt(of: append.command)
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `While the key changes, checkpoints bear both signatures`() async throws {
        try await TestDatabase.current.withLog("rotation") { log in
            let seals = Seals(log: log)
            let old = SealWatch.seed
            let new = SealWatch.otherSeed
            var signers: [[NoteKey]] = []
            let ring = try SealWatch.ring(old, new)
            for (count, seeds) in [(1, [old]), (2, [old, new]), (3, [new])] {
                try await log.appendSamples(1)
                try await SealWatch().seal(log, to: count, seeds: seeds)
                signers.append(try #require(try await seals.latest()).signed().check(with: ring))
            }
            #expect(signers == [[ring.keys[0]], ring.keys, [ring.keys[1]]])
            #expect(try await seals.keys() == ring.keys.map(\.text))
            #expect(try await seals.checkpoints(after: 0, limit: 10).map(\.size) == [1, 2, 3])
            #expect(try await seals.checkpoints(after: 1, limit: 1).map(\.size) == [2])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A witness's cosignature is kept with the checkpoint`() async throws {
        try await TestDatabase.current.withLog("witness") { log in
            let witness = try #require(TestWitness())
            witness.trust(try SealWatch.ring(SealWatch.seed))
            for count in [3, 300] {
                try await log.appendSamples(count == 3 ? 3 : 297)
                let (signed, sign) = AsyncStream.makeStream(of: Int.self)
                let asked = Witness(key: witness.key) { request in
                    defer { sign.yield(request.checkpoint.head.size) }
                    return try witness.answer(request, atSecond: 1_700_000_000)
                }
                let sealer = try SealWatch().sealer(of: log, witnesses: [asked])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await sealer.run() }
                    for await size in signed where size >= count { break }
                    // The answer is stored after it was given.
                    while try await log.pool.query(SealSQL.cosigned, witness.key.label)[0].value(0, as: Int64.self)
                        < count
                    {
                        await Task.yield()
                    }
                    group.cancelAll()
                }
                let stored = try #require(try await Seals(log: log).latest())
                #expect(try stored.signed().witnesses(in: KeyRing([witness.key])) == [witness.key])
            }
            #expect(witness.size == 300)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A witness that has seen more than the log remembers is told from there`() async throws {
        try await TestDatabase.current.withLog("ahead") { log in
            let witness = try #require(TestWitness())
            witness.trust(try SealWatch.ring(SealWatch.seed))
            let asked = Witness(key: witness.key) { try witness.answer($0, atSecond: 1_700_000_000) }
            try await log.appendSamples(5)
            let watch = SealWatch()
            try await watch.seal(log, to: 5)
            // Shown to the witness by another process, which did not live to store what it signed.
            let first = try #require(try await Seals(log: log).latest()).signed()
            _ = try witness.answer(
                WitnessRequest(oldSize: 0, proof: ConsistencyProof(hashes: []), checkpoint: first),
                atSecond: 1_700_000_000
            )
            try await log.appendSamples(5)
            let sealer = try SealWatch().sealer(of: log, witnesses: [asked])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await sealer.run() }
                while try await log.pool.query(SealSQL.cosigned, witness.key.label)[0].value(0, as: Int64.self) < 10 {
                    await Task.yield()
                }
                group.cancelAll()
            }
            #expect(witness.size == 10)
        }
    }

    // MARK: Who may seal

    private static func table(_ log: Log, _ holder: String, leaseTime: Duration) -> SealTable {
        SealTable(log: log.name, pool: log.pool, holder: holder, leaseTime: leaseTime)
    }

    @Test(.timeLimit(.minutes(20)))
    func `A sealer that was paused past its lease writes nothing`() async throws {
        try await TestDatabase.current.withLog("fence") { log in
            let paused = Self.table(log, "paused", leaseTime: .zero)
            let other = Self.table(log, "other", leaseTime: .seconds(60))
            let lease = try #require(try await paused.acquire(origin: SealWatch.origin))
            let taken = try #require(try await other.acquire(origin: "somebody.else/log"))
            #expect(taken.origin == SealWatch.origin)
            #expect(taken.epoch > lease.epoch)
            #expect(try await paused.acquire(origin: SealWatch.origin) == nil)

            var edge = TreeEdge()
            edge.append(.leaf([1]))
            let signers = try #require(SigningKeys(seeds: [SealWatch.seed])).signers(named: SealWatch.origin)
            let checkpoint = try SignedCheckpoint(
                Checkpoint(origin: SealWatch.origin, head: TreeHead(size: 1, root: edge.root)),
                signers: signers
            )
            func write(_ table: SealTable, _ lease: SealTable.Lease, after size: Int = 0) async throws -> Bool {
                try await table.write(checkpoint, tiles: [], edge: edge.levels, keys: [], after: size, under: lease)
            }
            #expect(try await write(paused, lease) == false)
            #expect(try await paused.renew(lease) == false)
            #expect(try await Seals(log: log).latest() == nil)
            #expect(try await write(other, taken))
            // Its own epoch, and yet not the size it believes in: an answer that was lost on the way.
            #expect(try await write(other, taken) == false)
            #expect(
                try await other.edge(under: SealTable.Lease(origin: SealWatch.origin, epoch: taken.epoch, size: 1))
                    == edge
            )
            try await other.release(taken)
            #expect(try await paused.acquire(origin: SealWatch.origin)?.size == 1)
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            "update seal_edge set hashes = set_byte(hashes, 5, 255 - get_byte(hashes, 5)) where level = 0",
            "update seal_edge set hashes = substr(hashes, 33) where level = 0",
            "delete from seal_edge where level = 1", "delete from seal_checkpoints where size = 300",
            "update seal_checkpoints set note = replace(note, 'muster', 'mister')",
            "update seals set size = 299",
        ]
    )
    func `A tree that is not the one that was signed is not built on`(change: String) async throws {
        try await TestDatabase.current.withLog("d\(UInt32.random(in: 0 ... .max))") { log in
            try await log.appendSamples(300)
            try await SealWatch().seal(log, to: 300)
            try await log.pool.withConnection { try await $0.script(change) }
            try await log.appendSamples(1)
            let sealer = try SealWatch().sealer(of: log)
            await #expect {
                try await sealer.turn()
            } throws: { error in
                if case SealError.treeDiffers = error { true } else { false }
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A log that went back behind what this process has sealed is not sealed again`() async throws {
        try await TestDatabase.current.withLog("back") { log in
            let watch = SealWatch()
            let sealer = try watch.sealer(of: log)
            func seal(to count: Int) async {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await sealer.run() }
                    await watch.sealed(count)
                    group.cancelAll()
                }
            }
            try await log.appendSamples(10)
            await seal(to: 10)
            try await log.pool.withConnection { connection in
                try await connection.script(
                    "create table saved as select * from seal_edge; create table saved_notes as select * from seal_checkpoints;"
                )
            }
            try await log.appendSamples(10)
            await seal(to: 20)
            try await log.pool.withConnection { connection in
                try await connection.script(
                    """
                    delete from seal_edge; insert into seal_edge select * from saved;
                    delete from seal_checkpoints; insert into seal_checkpoints select * from saved_notes;
                    update seals set size = 10;
                    """
                )
            }
            await #expect(throws: SealError.regressed(log: log.name, sealed: 20, found: 10)) { try await sealer.turn() }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An origin that cannot name a key is refused`() async throws {
        try await TestDatabase.current.withLog("named") { log in
            let sealer = Sealer(
                log: log,
                keys: try #require(SigningKeys(seeds: [SealWatch.seed])),
                origin: "two words",
                holder: "test",
                logger: try TestDatabase.current.logger
            )
            await #expect(throws: SealError.invalidOrigin("two words")) { try await sealer.turn() }
        }
    }
}
