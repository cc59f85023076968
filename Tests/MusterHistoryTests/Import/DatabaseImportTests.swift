import EventLog
import EventSourcing
import MusterTesting
import Testing

@testable import MusterHistory

/// Imports into a log on PostgreSQL, which commits the batches of one caller side by side.
@Suite("Imports into a database", .testDatabase, .timeLimit(.minutes(20)))
struct DatabaseImportTests {
    private static func run(_ text: String, into log: Log) async throws -> ImportSummary {
        let file = try TemporaryFile(text: text)
        return try await Importer(log: DatabaseLog(log: log)).run(input: file.path, mapping: Samples.mapping())
    }

    @Test("the rows of a case stand in the order of the file, and changed ones are revisions in it too")
    func order() async throws {
        let rows = (1...6_000).map { Samples.row($0, case: $0 % 7) }.joined()
        // Each of a thousand keys three times, further apart than a batch is long.
        let changed = (0..<3_000).map { Samples.row($0 % 1_000 + 1, case: 0, note: "change \($0 / 1_000)") }.joined()
        try await TestDatabase.current.withLog("history", mode: .history) { log in
            #expect(try await Self.run(Samples.header + rows, into: log).added == 6_000)
            let summary = try await Self.run(Samples.header + changed, into: log)
            #expect(summary.changed == 3_000)
            #expect(try await Self.run(Samples.header + changed, into: log).duplicates == 3_000)

            let stream = StreamName(category: "case", id: "3")
            let keys = try await log.events(of: stream, after: .none, limit: 1_000).compactMap { RowEventKey.of($0) }
            #expect(keys == stride(from: 3, through: 6_000, by: 7).map { String($0) })
            let revised = StreamName(category: "case", id: "0")
            let revisions = try await log.events(of: revised, after: .none, limit: 10_000)
                .filter { RowEventKey.of($0) == "1" }
                .map { try ImportedRow($0) }
            #expect(revisions.map(\.revision) == [2, 3, 4])
            #expect(revisions.map { $0.attributes["note"] } == ["change 0", "change 1", "change 2"])
        }
    }
}
