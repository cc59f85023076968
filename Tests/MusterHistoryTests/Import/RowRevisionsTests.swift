import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Rows that come again with other content.
@Suite("Revisions of rows", .timeLimit(.minutes(20)))
struct RowRevisionsTests {
    private func run(_ text: String, into log: MemoryLog) async throws -> ImportSummary {
        let file = try TemporaryFile(text: text)
        return try await Importer(log: log).run(
            input: file.path,
            mapping: Samples.mapping(),
            rejected: { Issue.record("line \($0.line): \($0.reason.words.en)") }
        )
    }

    /// The JSON of the rows of a key, in the order of the log.
    private func rows(of key: String, in log: MemoryLog) -> [String] {
        log.events.filter { $0.type == ImportEventType.row && RowEventKey.of($0) == key }
            .map { String(decoding: $0.data, as: UTF8.self) }
    }

    private func noted(_ note: String, id: Int = 3) -> String { Samples.row(id, case: 1, note: note) }

    @Test("a row with a known key and other content is a later event with its revision")
    func changedRow() async throws {
        let log = try MemoryLog()
        _ = try await run(Samples.header + Samples.row(2, case: 1) + noted("first"), into: log)
        let summary = try await run(Samples.header + Samples.row(2, case: 1) + noted("corrected"), into: log)
        #expect(summary.changed == 1)
        #expect(summary.duplicates == 1)
        #expect(summary.added == 0)
        #expect(summary.isComplete)
        let rows = rows(of: "3", in: log)
        #expect(rows.map { $0.contains("\"revision\"") } == [false, true])
        #expect(try #require(rows.last).contains(#""version":3},"revision":2,"key":"3","stages""#))
        #expect(try #require(rows.last).contains("corrected"))
    }

    @Test("an old file again adds nothing, whichever came last")
    func oldFileAgain() async throws {
        let log = try MemoryLog()
        let texts = ["first", "second", "third"].map { Samples.header + noted($0) }
        for text in texts { _ = try await run(text, into: log) }
        let count = log.events.count
        for text in texts + texts.reversed() {
            let summary = try await run(text, into: log)
            #expect(summary.added == 0)
            #expect(summary.changed == 0)
            #expect(summary.duplicates == 1)
        }
        #expect(log.events.count == count)
        #expect(rows(of: "3", in: log).count == 3)
    }

    @Test("revisions within one file are numbered in its order")
    func withinOneFile() async throws {
        let log = try MemoryLog()
        let notes = (1...2_500).map { "note \($0 % 5)" }
        let summary = try await run(Samples.header + notes.map { noted($0) }.joined(), into: log)
        #expect(summary.added == 1)
        #expect(summary.changed == 4)
        #expect(summary.duplicates == 2_495)
        let rows = rows(of: "3", in: log)
        for (index, note) in ["note 1", "note 2", "note 3", "note 4", "note 0"].enumerated() {
            #expect(rows[index].contains(note))
            #expect(rows[index].contains("\"revision\":\(index + 1),") == (index > 0))
        }
    }

    @Test("an import that was interrupted among its revisions is completed by running it again", arguments: 1...8)
    func resumes(calls: Int) async throws {
        let log = try MemoryLog()
        let before = try TemporaryFile(text: Samples.rows(1...2_500))
        let changed = (1...2_500).map { noted("changed", id: $0) }
        let after = try TemporaryFile(text: Samples.header + changed.joined())
        let importer = Importer(
            log: log,
            retries: AppendRetries(maximumTries: 1, sleep: { _ in }),
            now: { Timestamp(microseconds: 1_000_000) }
        )
        _ = try await importer.run(input: before.path, mapping: Samples.mapping())
        log.fail(afterCalls: calls)
        _ = try? await importer.run(input: after.path, mapping: Samples.mapping())
        log.heal()
        _ = try await importer.run(input: after.path, mapping: Samples.mapping())
        let rows = log.events.filter { $0.type == ImportEventType.row }
        #expect(rows.count == 5_000)
        #expect(Set(rows.map(\.id)).count == 5_000)
        #expect(rows.count(where: { String(decoding: $0.data, as: UTF8.self).contains("\"revision\":2,") }) == 2_500)
    }

    @Test("a key that names no single rows is told as such, with what there was")
    func wrongKey() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Samples.header + (1...1_003).map { noted("note \($0)") }.joined())
        var rejects: [RejectedRow] = []
        let summary = try await Importer(log: log).run(
            input: file.path,
            mapping: Samples.mapping(),
            rejected: { rejects.append($0) }
        )
        #expect(summary.added + summary.changed == RowRevisions.maximum)
        #expect(summary.duplicates == 0)
        #expect(rejects.map(\.line) == [1_002, 1_003, 1_004])
        #expect(summary.rejects == ["revisions": 3])
    }

    @Test("the id of a revision follows from the row and its number alone, and never changes")
    func ids() {
        let row = ImportID.row(mapping: "calls", key: Array("1".utf8))
        #expect(ImportID.revision(2, of: row) == ImportID.revision(2, of: row))
        #expect(Set([row, ImportID.revision(2, of: row), ImportID.revision(3, of: row)]).count == 3)
    }

    @Test("the rows of a case stand in the log in the order of the file")
    func orderOfFile() async throws {
        let log = try MemoryLog()
        _ = try await run(Samples.header + (1...5_000).map { Samples.row($0, case: $0 % 3) }.joined(), into: log)
        let keys = log.events.filter { $0.type == ImportEventType.row && $0.stream.rawValue == "case-1" }
            .compactMap { RowEventKey.of($0) }
        #expect(keys == stride(from: 1, through: 5_000, by: 3).map { String($0) })
    }
}
