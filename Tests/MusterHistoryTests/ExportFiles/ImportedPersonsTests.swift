import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

/// What a mapping calls personal leaves an imported log under pseudonyms, as people leave a log of Muster's own.
@Suite(.testDatabase)
struct ImportedPersonsTests {
    private static let rows = """
        Id,Case,What,When,Since,Agency,Who,Count,Due,Lat,Lon,Note,Position
        1,A-1,visit,2026-01-02 10:00:00,,street,Wang Xiaoming,37,,31.23041,121.47371,flat of Mrs Zhou,7
        2,A-1,call,2026-01-02 11:00:00,,street,Wang Xiaoming,37,,31.23041,121.47371,,7

        """

    private static func withRows(
        _ mapping: String,
        _ body: @escaping @Sendable (Log) async throws -> Void
    ) async throws {
        try await TestDatabase.current.withLog("i-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            try await ExportedLog.importRows(rows, into: log, mapping)
            try await body(log)
        }
    }

    private static func holds(_ bytes: Data, _ text: String) -> Bool { bytes.firstRange(of: Data(text.utf8)) != nil }

    private static let formats = ExportFormat.allCases.filter { $0 != .geojson }

    @Test(.timeLimit(.minutes(20)), arguments: formats)
    func `R16.1 whoever acts in an imported log stands under a pseudonym unless a purpose is named`(
        format: ExportFormat
    ) async throws {
        try await Self.withRows(ExportedLog.mapping) { log in
            let pseudonym = Pseudonyms(key: try await log.pseudonymKey()).pseudonym(of: "Wang Xiaoming")
            let bytes = try await ExportedLog.export(log, format)
            #expect(!Self.holds(bytes, "Wang Xiaoming"))
            #expect(Self.holds(bytes, pseudonym))
            #expect(Self.holds(bytes, "flat of Mrs Zhou"))
            let named = try await ExportedLog.export(log, format) { $0.purpose = "audit 2026-031" }
            #expect(Self.holds(named, "Wang Xiaoming"))
            #expect(!Self.holds(named, pseudonym))
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: formats)
    func `R16.1 what a mapping calls personal stands under pseudonyms, and nothing else`(
        format: ExportFormat
    ) async throws {
        try await Self.withRows(ExportedLog.mapping + "\npersonal: [note, count]\n") { log in
            let pseudonyms = Pseudonyms(key: try await log.pseudonymKey())
            let bytes = try await ExportedLog.export(log, format)
            #expect(!Self.holds(bytes, "flat of Mrs Zhou"))
            for text in ["flat of Mrs Zhou", "37"] { #expect(Self.holds(bytes, pseudonyms.pseudonym(of: text))) }
            #expect(Self.holds(bytes, "Wang Xiaoming"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The newest import by a mapping decides what is personal`() async throws {
        try await Self.withRows(ExportedLog.mapping) { log in
            let open = ExportedLog.mapping.replacing("version: 1", with: "version: 2") + "\npersonal: []\n"
            try await ExportedLog.importRows(Self.rows, into: log, open)
            #expect(Self.holds(try await ExportedLog.export(log, .csv), "Wang Xiaoming"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Of rows whose mapping cannot be read every attribute may be personal`() async throws {
        try await TestDatabase.current.withLog("unknown", mode: .history) { log in
            try await ExportedLog.append(
                to: log,
                "case-A-1",
                "RowImported",
                #"{"mapping":{"name":"gone","version":1},"key":"1","activity":"visit","attributes":{"who":"Wang"}}"#
            )
            let bytes = try await ExportedLog.export(log, .ndjson)
            #expect(!Self.holds(bytes, "Wang"))
        }
    }

    @Test
    func `Shipped mappings take clerks for people, and fire engines not`() throws {
        #expect(try Mapping.named("receipt-phase").personal == ["resource", "responsible"])
        #expect(try Mapping.named("sf-fire-calls").personal == [])
        #expect(try Mapping.named("servicenow-incidents").personal == ["assigned-to"])
        #expect(try Mapping.named("xes").personal == ["resource"])
        #expect(try Mapping.named("nyc-311").personal == [])
    }
}
