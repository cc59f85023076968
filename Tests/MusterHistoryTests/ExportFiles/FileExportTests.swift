import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

@Suite(.testDatabase)
struct FileExportTests {
    private static func withTown(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("t-\(UInt64.random(in: 0 ... .max))") { log in
            try await ExportedLog.found(log)
            try await body(log)
        }
    }

    private static func withVisits(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("v-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            try await ExportedLog.importRows(ExportedLog.rows, into: log)
            try await body(log)
        }
    }

    // MARK: R16.4

    @Test(.timeLimit(.minutes(20)), arguments: ExportFormat.allCases)
    func `A position gives the same bytes whatever comes after it`(format: ExportFormat) async throws {
        try await Self.withTown { log in
            let position = try await log.tail().rawValue
            let first = try await ExportedLog.export(log, format)
            #expect(try await ExportedLog.export(log, format) == first)
            try await ExportedLog.growTown(log)
            #expect(try await ExportedLog.export(log, format) { $0.position = position } == first)
            // Of a place that nobody asked for there is nothing new.
            if format != .geojson { #expect(try await ExportedLog.export(log, format) != first) }
        }
        try await Self.withVisits { log in
            let position = try await log.tail().rawValue
            let first = try await ExportedLog.export(log, format)
            try await ExportedLog.importRows(ExportedLog.correction, into: log)
            #expect(try await ExportedLog.export(log, format) { $0.position = position } == first)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: ExportFormat.allCases)
    func `The file says which position it holds, where its format has a place`(format: ExportFormat) async throws {
        try await Self.withTown { log in
            let text = String(decoding: try await ExportedLog.export(log, format), as: UTF8.self)
            let said: String? =
                switch format {
                case .xes: #"<int key="muster:position" value="8"/>"#
                case .ocelJSON, .geojson: #""position":8"#
                case .ocelXML: "<!-- position: 8 -->"
                case .ocelSQLite: "position8"
                case .csv, .ndjson: nil
                }
            if let said { #expect(text.contains(said)) }
        }
    }

    // MARK: R16.1

    @Test(.timeLimit(.minutes(20)), arguments: ExportFormat.allCases)
    func `Without a purpose nothing of a person leaves the log`(format: ExportFormat) async throws {
        try await Self.withTown { log in
            let bytes = try await ExportedLog.export(log, format) { $0.category = format == .xes ? "*" : nil }
            for secret in ExportedLog.secrets { #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret)") }
            #expect(bytes.firstRange(of: Data("p-".utf8)) != nil || format == .geojson)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: [ExportFormat.xes, .ocelJSON, .ocelXML, .csv, .ndjson])
    func `With a purpose people are named, and what was erased reads so`(format: ExportFormat) async throws {
        try await Self.withTown { log in
            let clear: @Sendable ([RecordedEvent]) async throws -> [RecordedEvent] = { events in
                events.map { event in
                    var text = String(decoding: event.data, as: UTF8.self)
                    text = text.replacing(#"{"enc1":"ann.li:1:c2VhbGVk"}"#, with: #""at the east gate""#)
                    if event.position.rawValue == 6 {
                        text = text.replacing(
                            #"{"enc1":"caller-77:1:c2VhbGVk"}"#,
                            with: #""[erased]""#,
                            maxReplacements: 2
                        )
                    }
                    return event.with(data: Array(text.utf8))
                }
            }
            func configure(_ options: inout ExportOptions) {
                options.purpose = "audit 2026-031"
                options.category = format == .xes ? "*" : nil
            }
            let bytes = try await ExportedLog.export(log, format, configure, clear: clear)
            let text = String(decoding: bytes, as: UTF8.self)
            for word in ["ann.li", "bo-chen", "at the east gate", "[erased]", "Secret flat 302"] {
                #expect(text.contains(word), "\(word)")
            }
            // What cannot be read though nobody erased it is not shown as it is stored.
            #expect(text.contains("[sealed]"))
            #expect(!text.contains("enc1"))
            if format != .csv, format != .ndjson { #expect(text.contains("audit 2026-031")) }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A person has one pseudonym in a log, and another in another log`() async throws {
        try await Self.withTown { log in
            let key = try await log.pseudonymKey()
            let pseudonym = Pseudonyms(key: key).pseudonym(of: "ann.li")
            let csv = String(decoding: try await ExportedLog.export(log, .csv), as: UTF8.self)
            let xml = String(decoding: try await ExportedLog.export(log, .ocelXML), as: UTF8.self)
            #expect(csv.split(separator: pseudonym).count > 3)
            #expect(xml.contains("person:\(pseudonym)"))
            try await Self.withTown { other in
                let otherKey = try await other.pseudonymKey()
                #expect(Pseudonyms(key: otherKey).pseudonym(of: "ann.li") != pseudonym)
            }
        }
    }

    // MARK: Files

    @Test(.timeLimit(.minutes(20)), arguments: ExportFormat.allCases)
    func `An empty log gives a whole file`(format: ExportFormat) async throws {
        try await TestDatabase.current.withLog("empty-\(format.rawValue)") { log in
            let bytes = try await ExportedLog.export(log, format)
            switch format {
            case .ndjson: #expect(bytes.isEmpty)
            case .csv: #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("case,activity,time,"))
            case .xes, .ocelXML:
                let root = try XMLTree(bytes).root
                #expect(root.name == "log")
            case .ocelJSON, .geojson: _ = try JSONSerialization.jsonObject(with: bytes)
            case .ocelSQLite:
                let rows = try SQLiteFile(bytes).rows("select count(*) from event")
                #expect(rows == [["0"]])
            }
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: [ExportFormat.csv, .ocelSQLite, .xes])
    func `An export that is cancelled leaves nothing under the file's name`(format: ExportFormat) async throws {
        try await Self.withTown { log in
            for _ in 0..<30 { try await ExportedLog.growTown(log) }
            let directory = try ExportDirectoryForTests()
            let path = directory.file("export")
            let started = AsyncStream.makeStream(of: Void.self)
            let export = Task {
                try await FileExport(log: log, options: ExportOptions(format: format)).run(to: path) { _ in
                    started.continuation.yield()
                    // Whoever is told holds the export up: it cannot end before it is cancelled.
                    while !Task.isCancelled { usleep(1_000) }
                }
            }
            for await _ in started.stream { break }
            export.cancel()
            await #expect(throws: CancellationError.self) { try await export.value }
            #expect(directory.files == [])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `What stands in the way is named, and nothing is changed`() async throws {
        try await Self.withTown { log in
            let directory = try ExportDirectoryForTests()
            let taken = directory.file("taken")
            try "mine".write(toFile: taken, atomically: true, encoding: .utf8)
            func export(_ path: String, _ configure: (inout ExportOptions) -> Void = { _ in }) async throws {
                var options = ExportOptions(format: .xes)
                configure(&options)
                _ = try await FileExport(log: log, options: options).run(to: path)
            }
            await #expect(throws: ExportFileError.exists(path: taken)) { try await export(taken) }
            #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
            await #expect(throws: ExportFileError.directory(path: directory.path)) { try await export(directory.path) }
            let nowhere = directory.file("none/export")
            await #expect(throws: ExportFileError.unwritable(path: nowhere, reason: "No such file or directory")) {
                try await export(nowhere)
            }
            await #expect(throws: ExportFileError.beyondTail(position: 9, tail: 8)) {
                try await export(directory.file("beyond")) { $0.position = 9 }
            }
            await #expect(throws: ExportFileError.noSuchCategory("ship")) {
                try await export(directory.file("ship")) { $0.category = "ship" }
            }
            await #expect(throws: ExportFileError.notSealed(position: 8)) {
                try await export(directory.file("unsealed")) { $0.withReceipts = true }
            }
            #expect(directory.files == ["taken"])
            try await export(taken) { $0.replaces = true }
            #expect(try String(contentsOfFile: taken, encoding: .utf8).hasPrefix("<?xml"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A name that ends in gz is compressed, with equal bytes each time`() async throws {
        try await Self.withVisits { log in
            let directory = try ExportDirectoryForTests()
            for name in ["a.csv.gz", "b.csv.gz"] {
                _ = try await FileExport(log: log, options: ExportOptions(format: .csv)).run(to: directory.file(name))
            }
            let packed = try Data(contentsOf: URL(filePath: directory.file("a.csv.gz")))
            #expect(try Data(contentsOf: URL(filePath: directory.file("b.csv.gz"))) == packed)
            #expect(packed.prefix(2) == Data([0x1F, 0x8B]))
            let gzip = Process()
            gzip.executableURL = URL(filePath: "/usr/bin/env")
            gzip.arguments = ["gzip", "-d", directory.file("a.csv.gz")]
            try gzip.run()
            gzip.waitUntilExit()
            let plain = try await ExportedLog.export(log, .csv)
            #expect(try Data(contentsOf: URL(filePath: directory.file("a.csv"))) == plain)
            await #expect(throws: ExportFileError.notCompressed(path: "x.gz")) {
                _ = try await FileExport(log: log, options: ExportOptions(format: .ocelSQLite)).run(to: "x.gz")
            }
        }
    }
}

extension RecordedEvent {
    func with(data: [UInt8]) -> RecordedEvent {
        RecordedEvent(
            position: position,
            stream: stream,
            version: version,
            id: id,
            type: type,
            occurredAt: occurredAt,
            recordedAt: recordedAt,
            metadata: metadata,
            data: data
        )
    }
}
