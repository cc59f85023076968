import EventLog
import EventSourcing
import Evidence
import MusterTesting
import Postgres
import Testing

/// What an audit says of a database that somebody has changed behind our back.
@Suite(.testDatabase)
struct LogAuditTests {
    /// A log of 300 events, all sealed, after somebody has run some SQL.
    private static func report(
        after changes: String,
        trusting ring: KeyRing? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> AuditReport {
        try await TestDatabase.current.withLog("a-\(UInt64.random(in: 0 ... .max))") { log in
            try await log.appendSamples(300)
            try await SealWatch().seal(log, to: 300)
            if !changes.isEmpty { try await log.pool.withConnection { try await $0.script(changes) } }
            let audit = Audit(LogAudit(log: log), ring: try ring ?? SealWatch.ring(SealWatch.seed))
            return try await audit.run()
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An untouched log is proven`() async throws {
        let report = try await Self.report(after: "")
        #expect(report.findings == [])
        #expect(report.size == 300)
        #expect(report.origin == SealWatch.origin)
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            "update events set data = overlay(data placing '8' from length(data) - 1 for 1) where position = 211",
            "update events set data = data || ' ' where position = 211",
            "update events set metadata = replace(metadata, 'tester', 'tesler') where position = 211",
            "update events set occurred_at = occurred_at + interval '1 microsecond' where position = 211",
            "update events set recorded_at = recorded_at - interval '1 hour' where position = 211",
            "update events set ordinal = ordinal + 1 where position = 211",
            "update events set command_id = gen_random_uuid() where position = 211",
            "update events set stream_version = stream_version + 10000 where position = 211",
            """
            insert into event_types (name, version) values ('Other', 1);
            update events set type_id = (select id from event_types where name = 'Other') where position = 211
            """,
        ]
    )
    func `A change to one row is found, and its position named`(change: String) async throws {
        #expect(try await Self.report(after: change).findings == [.differs(position: 211)])
    }

    @Test(.timeLimit(.minutes(20)))
    func `A row that reads as no event is named`() async throws {
        let report = try await Self.report(after: "update events set type_id = 31000 where position = 7")
        guard case .unreadable(position: 7, let reason)? = report.findings.first else {
            Issue.record("\(report.findings)")
            return
        }
        #expect(reason.contains("event type 31000"))
        #expect(report.findingCount == 1)
    }

    @Test(.timeLimit(.minutes(20)))
    func `Deleted rows are missing, in the middle and at the end`() async throws {
        let report = try await Self.report(
            after: "delete from events where position in (5, 6, 100) or position between 255 and 260 or position > 298"
        )
        let findings: [Finding] = [
            .missing(positions: 5...6), .missing(positions: 100...100), .missing(positions: 255...260),
            .missing(positions: 299...300),
        ]
        #expect(report.findings == findings)
    }

    @Test(.timeLimit(.minutes(20)))
    func `A detached partition is away, not missing, until it is attached again`() async throws {
        let database = try TestDatabase.current
        var configuration = LogConfiguration()
        configuration.partitionEvents = 50
        configuration.appendEventLimit = 40
        configuration.batchEventLimit = 40
        try await database.withLog("archived", configuration: configuration) { log in
            for _ in 0..<10 { try await log.appendSamples(30) }
            try await SealWatch().seal(log, to: 300)
            let logs = LogDatabase(conninfo: database.conninfo, logger: database.logger)
            let ring = try SealWatch.ring(SealWatch.seed)
            let partitions = try await logs.partitions(of: log.name)
            for partition in [partitions[0], partitions[1], partitions[3]] {
                try await logs.detachPartition(from: partition.first, of: log.name)
            }
            func away(_ partitions: [LogPartition]) throws -> Finding {
                let first = try #require(partitions.first).first.rawValue
                return .away(positions: Int(first)...Int(try #require(partitions.last).last.rawValue))
            }
            let report = try await Audit(LogAudit(log: log), ring: ring).run()
            #expect(report.findings == [try away([partitions[0], partitions[1]]), try away([partitions[3]])])
            for partition in [partitions[0], partitions[1], partitions[3]] {
                try await logs.attachPartition(from: partition.first, of: log.name)
            }
            #expect(try await Audit(LogAudit(log: log), ring: ring).run().findings == [])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Two events that changed places are both named`() async throws {
        let swap = """
            update events set position = 1000000 where position = 20;
            update events set position = 20 where position = 280;
            update events set position = 280 where position = 1000000;
            """
        #expect(try await Self.report(after: swap).findings == [.differs(position: 20), .differs(position: 280)])
    }

    @Test(.timeLimit(.minutes(20)))
    func `A stream that was renamed differs at each of its events`() async throws {
        let report = try await Self.report(after: "update streams set name = 'sample-other' where name = 'sample-s-3'")
        #expect(report.findingCount > 10)
        #expect(report.findings.allSatisfy { if case .differs = $0 { true } else { false } })
    }

    @Test(.timeLimit(.minutes(20)))
    func `A changed tile is told from changed events`() async throws {
        let full = try #require(Tile(pathBelowTile: "0/000"))
        let partial = try #require(Tile(pathBelowTile: "0/001.p/44"))
        let above = try #require(Tile(pathBelowTile: "1/000.p/1"))
        func flip(_ table: String, _ level: Int) -> String {
            "update \(table) set hashes = set_byte(hashes, 9, 255 - get_byte(hashes, 9)) where level = \(level)"
        }
        #expect(try await Self.report(after: flip("seal_tiles", 0)).findings == [.tileDiffers(full)])
        #expect(try await Self.report(after: flip("seal_edge", 0)).findings == [.tileDiffers(partial)])
        #expect(try await Self.report(after: flip("seal_edge", 1)).findings == [.tileDiffers(above)])
        #expect(try await Self.report(after: "delete from seal_tiles").findings == [.tileMissing(full)])
    }

    @Test(.timeLimit(.minutes(20)))
    func `A forged checkpoint is named`() async throws {
        let resized = """
            update seal_checkpoints set note = replace(note, E'\\n300\\n', E'\\n299\\n'), size = 299 where size = 300
            """
        let report = try await Self.report(after: resized)
        guard case .checkpointForged(size: 299, _)? = report.findings.first else {
            Issue.record("\(report.findings)")
            return
        }
        #expect(report.findings.last == .nothingSealed)
    }

    @Test(.timeLimit(.minutes(20)))
    func `A log whose evidence is gone is not proven`() async throws {
        let report = try await Self.report(
            after: "truncate seals, seal_tiles, seal_edge, seal_cosignatures, seal_checkpoints, seal_keys"
        )
        #expect(report.findings == [.nothingSealed])
    }

    @Test(.timeLimit(.minutes(20)))
    func `Who trusts another key takes nothing for proven`() async throws {
        let report = try await Self.report(after: "", trusting: try SealWatch.ring(SealWatch.otherSeed))
        #expect(report.findings.last == .nothingSealed)
    }
}
