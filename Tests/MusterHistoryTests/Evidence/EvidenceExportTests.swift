import EventLog
import EventSourcing
import Evidence
import Foundation
import MusterHistory
import MusterTesting
import Postgres
import Testing

@Suite(.testDatabase)
struct EvidenceExportTests {
    /// An export of a log of 700 events, in a directory of its own.
    private struct Exported: Sendable {
        let log: Log
        let directory: String

        func export() async throws -> SignedCheckpoint {
            try await EvidenceExport(log: log, directory: directory).run()
        }

        func findings(trusting ring: KeyRing? = nil) async throws -> [Finding] {
            let ring = try ring ?? SealWatch.ring(SealWatch.seed)
            return try await Audit(try ExportAudit(directory: directory), ring: ring).run().findings
        }

        /// Changes the bytes of a file.
        func change(_ name: String, _ change: (inout [UInt8]) -> Void) throws {
            let file = URL(filePath: directory).appending(path: name)
            var bytes = Array(try Data(contentsOf: file))
            let before = bytes
            change(&bytes)
            #expect(bytes != before)
            try Data(bytes).write(to: file)
        }

        func remove(_ name: String) throws {
            try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
    }

    private static func with(_ body: @escaping @Sendable (Exported) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("e-\(UInt64.random(in: 0 ... .max))") { log in
            try await log.appendSamples(300)
            try await SealWatch().seal(log, to: 300)
            try await log.appendSamples(400)
            try await SealWatch().seal(log, to: 700)
            let directory = NSTemporaryDirectory() + "muster-export-\(UUID().uuidString.prefix(8))"
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let exported = Exported(log: log, directory: directory)
            #expect(try await exported.export().head.size == 700)
            try await body(exported)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An export is proven from itself`() async throws {
        try await Self.with { exported in
            let export = try ExportAudit(directory: exported.directory)
            #expect(try export.keys() == SealWatch.ring(SealWatch.seed).keys)
            var last: AuditProgress?
            let report = try await Audit(export, ring: KeyRing(try export.keys())).run { last = $0 }
            #expect(report.findings == [])
            #expect(report.size == 700)
            #expect(report.checkpointCount >= 2)
            #expect(last?.events == 700)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An export grows with its log, and what cannot have changed is not written again`() async throws {
        try await Self.with { exported in
            let file = "\(exported.directory)/tile/entries/000"
            func written() throws -> Date? {
                try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
            }
            let before = try written()
            try await exported.log.appendSamples(100)
            try await SealWatch().seal(exported.log, to: 800)
            #expect(try await exported.export().head.size == 800)
            #expect(try written() == before)
            #expect(try await exported.findings() == [])
            // Somebody took a file away: it comes back.
            try exported.remove("tile/0/001")
            try exported.remove("contents/001")
            #expect(try await exported.export().head.size == 800)
            #expect(try await exported.findings() == [])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `One changed byte of a payload is named`() async throws {
        try await Self.with { exported in
            try exported.change("contents/001") { bytes in bytes[bytes.count - 2] ^= 1 }
            #expect(
                try await exported.findings() == [
                    .unreadable(position: 512, reason: "its payload is not the one that was sealed")
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `One changed byte of an entry is named`() async throws {
        try await Self.with { exported in
            // The second entry's version in its stream.
            try exported.change("tile/entries/000") { bytes in
                let second = 2 + (Int(bytes[0]) << 8 | Int(bytes[1]))
                bytes[second + 2 + 1 + 8 + 1 + Int(bytes[second + 2 + 9]) + 3] ^= 1
            }
            #expect(try await exported.findings() == [.differs(position: 2)])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A swapped pair of entries is named`() async throws {
        try await Self.with { exported in
            try exported.change("tile/entries/000") { bytes in
                guard var entries = try? EntryBundle.decode(bytes) else { return }
                entries.swapAt(3, 9)
                bytes = EntryBundle.encode(entries)
            }
            #expect(try await exported.findings() == [.differs(position: 4), .differs(position: 10)])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A cut export is named where it is cut`() async throws {
        try await Self.with { exported in
            try exported.change("tile/entries/002.p/188") { $0.removeLast(10) }
            #expect(try await exported.findings() == [.missing(positions: 700...700)])
            try exported.remove("tile/entries/002.p/188")
            #expect(try await exported.findings() == [.missing(positions: 513...700)])
            try exported.remove("tile/0/002.p/188")
            let tile = try #require(Tile(pathBelowTile: "0/002.p/188"))
            #expect(try await exported.findings().prefix(2) == [.tileMissing(tile), .missing(positions: 513...700)])
            try exported.remove("checkpoint")
            #expect(throws: ExportError.unfinished(directory: exported.directory)) {
                try ExportAudit(directory: exported.directory)
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A forged checkpoint is named`() async throws {
        try await Self.with { exported in
            try exported.change("checkpoint") { bytes in
                bytes = Array(String(decoding: bytes, as: UTF8.self).replacing("\n700\n", with: "\n699\n").utf8)
            }
            let findings = try await exported.findings()
            #expect(findings.count == 1)
            guard case .checkpointForged(size: 699, _)? = findings.first else {
                Issue.record("\(findings)")
                return
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A cut list of checkpoints is found, also at the end of a line`() async throws {
        try await Self.with { exported in
            try exported.change(ExportLayout.checkpoints) { $0.removeLast(20) }
            let findings = try await exported.findings()
            #expect(findings.count == 1)
            guard case .checkpointUnreadable? = findings.first else {
                Issue.record("\(findings)")
                return
            }
            // The newest one is in a file of its own.
            try exported.change(ExportLayout.checkpoints) { $0 = [] }
            #expect(try await exported.findings() == [])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Who trusts another key takes nothing for proven`() async throws {
        try await Self.with { exported in
            let ring = try SealWatch.ring(SealWatch.otherSeed)
            #expect(try await exported.findings(trusting: ring).last == .nothingSealed)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A damaged log is not exported as if it were whole`() async throws {
        try await Self.with { exported in
            try await exported.log.pool.withConnection {
                try await $0.script("delete from events where position = 650")
            }
            let other = Exported(log: exported.log, directory: exported.directory + "/other")
            await #expect(throws: LogError.self) { try await other.export() }
            #expect(throws: ExportError.unfinished(directory: other.directory)) {
                try ExportAudit(directory: other.directory)
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A log that is not sealed has nothing to export`() async throws {
        try await TestDatabase.current.withLog("unsealed") { log in
            let export = EvidenceExport(log: log, directory: NSTemporaryDirectory() + "muster-export-none")
            await #expect(throws: ExportError.nothingSealed) { try await export.run() }
        }
    }
}
