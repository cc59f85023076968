import EventSourcing
import Records
import Synchronization
import Testing

@testable import MusterHistory

@Suite("Importer", .timeLimit(.minutes(20)))
struct ImporterTests {
    /// What an import did: its summary and the rows it rejected.
    struct Run {
        var summary: ImportSummary
        var rejects: [RejectedRow] = []
    }

    private func run(_ path: String, into log: MemoryLog, mapping: Mapping? = nil) async throws -> Run {
        var rejects: [RejectedRow] = []
        let importer = Importer(
            log: log,
            retries: AppendRetries(maximumTries: 3, sleep: { _ in }),
            now: { Timestamp(microseconds: 1_000_000) }
        )
        let mapping = try mapping ?? Samples.mapping()
        let summary = try await importer.run(input: path, mapping: mapping, rejected: { rejects.append($0) })
        return Run(summary: summary, rejects: rejects)
    }

    private func run(text: String, into log: MemoryLog, mapping: Mapping? = nil) async throws -> Run {
        let file = try TemporaryFile(text: text)
        return try await run(file.path, into: log, mapping: mapping)
    }

    private func failure(_ path: String, mapping: Mapping? = nil) async throws -> ImportError? {
        let log = try MemoryLog()
        do {
            _ = try await run(path, into: log, mapping: mapping)
            return nil
        } catch {
            #expect(log.events.isEmpty)
            return error as? ImportError
        }
    }

    // MARK: - Rows

    @Test("R16.5 a row becomes one event that names its file, line, mapping and version")
    func rowBecomesEvent() async throws {
        let log = try MemoryLog()
        let text =
            Samples.header
            + "7,42,2020-03-01 10:00:00,03/01/2020 10:01:05 AM,fire,3,2020-03-01 11:00:00,\"say \"\"火\"\"\"\n"
        _ = try await run(text: text, into: log)
        let event = try #require(log.events.first { $0.type == EventType("RowImported") })
        #expect(event.stream.rawValue == "case-42")
        #expect(event.occurredAt.rfc3339 == "2020-03-01T15:00:00Z")
        #expect(
            String(decoding: event.data, as: UTF8.self)
                == #"{"source":"rows.csv","row":2,"mapping":{"name":"calls","version":3},"key":"7","#
                + #""stages":{"taken":"2020-03-01T15:00:00Z","done":"2020-03-01T15:01:05Z"},"#
                + #""attributes":{"kind":"fire","hands":3,"due":"2020-03-01T16:00:00Z","note":"say \"火\""}}"#
        )
    }

    @Test("the metadata of a row says who imported it, and has the import's start as its first command")
    func metadata() async throws {
        let log = try MemoryLog()
        _ = try await run(text: Samples.rows(1...1), into: log)
        let start = try #require(log.events.first)
        let row = try #require(log.events.dropFirst().first)
        #expect(
            String(decoding: row.metadata, as: UTF8.self)
                == #"{"person":"importer","party":"muster","role":"system","territory":"all","#
                + #""correlation":"\#(start.id.command)"}"#
        )
    }

    @Test("an import is framed by its start, with the whole mapping, and its end, with the counts")
    func frame() async throws {
        let log = try MemoryLog()
        let outcome = try await run(text: Samples.rows(1...5), into: log)
        #expect(
            log.events.map(\.type.name) == ["ImportStarted"] + Array(repeating: "RowImported", count: 5) + [
                "ImportFinished"
            ]
        )
        let first = try #require(log.events.first)
        let last = try #require(log.events.last)
        let started = try ImportStarted.record.decode(first.data)
        let finished = try ImportFinished.record.decode(last.data)
        #expect(started.mappingText == Samples.yaml)
        #expect(started.sha256 == outcome.summary.sha256)
        #expect(finished.rows == 5)
        #expect(finished.added == 5)
        #expect(first.stream.rawValue == "import-\(outcome.summary.sha256)")
        #expect(last.stream == first.stream)
    }

    @Test("null words and empty fields are left out")
    func nullWords() async throws {
        let log = try MemoryLog()
        _ = try await run(text: Samples.header + "1,1,2020-03-01 10:00:00, ? ,N/A,,,\n", into: log)
        let row = try RowEvent(try #require(log.events.dropFirst().first))
        #expect(row.stages.keys.sorted() == ["taken"])
        #expect(row.attributes.isEmpty)
    }

    @Test(
        "a row that cannot be read is rejected with line, column and reason, and its neighbours are imported",
        arguments: [
            ("x,1,soon,,,,,", "Taken", "time"),
            ("x,1,,,,,,", "Taken", "missing"),
            ("x,,2020-03-01 10:00:00,,,,,", "Call", "missing"),
            (",1,2020-03-01 10:00:00,,,,,", "Id", "missing"),
            ("x,1,2020-03-01 10:00:00,,flood,,,", "Kind", "choice"),
            ("x,1,2020-03-01 10:00:00,,,many,,", "Hands", "integer"),
            ("x,1,2020-03-01 10:00:00,,,99999999999999999999,,", "Hands", "integer"),
            ("x,1,2020-03-01 10:00:00,,,,later,", "Due", "time"),
            ("x,1,2020-03-01 10:00:00,,,,,\u{1}", "Note", "control-character"),
            ("x,1\u{0},2020-03-01 10:00:00,,,,,", "Call", "control-character"),
            ("x\u{0},1,2020-03-01 10:00:00,,,,,", "Id", "control-character"),
            ("x,1,2020-03-01 10:00:00,,,,", nil, "field-count"),
            ("x,1,2020-03-01 10:00:00,,,,,,", nil, "field-count"),
            ("\"x\"y,1,2020-03-01 10:00:00,,,,,", nil, "text-after-quote"),
        ] as [(String, String?, String)]
    )
    func rejects(row: String, column: String?, code: String) async throws {
        let log = try MemoryLog()
        let outcome = try await run(text: Samples.header + Samples.row(1) + row + "\n" + Samples.row(2), into: log)
        #expect(outcome.rejects.map(\.line) == [3])
        #expect(outcome.rejects.first?.column == column)
        #expect(outcome.rejects.first?.reason.code == code)
        #expect(outcome.summary.rejects == [code: 1])
        #expect(outcome.summary.added == 2)
        #expect(!outcome.summary.isTruncated)
    }

    @Test("a row that is not UTF-8 is rejected with its column")
    func notUTF8() async throws {
        let log = try MemoryLog()
        let gbk: [UInt8] = Array((Samples.header + "1,1,2020-03-01 10:00:00,,,,,").utf8) + [0xBB, 0xF0, 0x0A]
        let file = try TemporaryFile("rows.csv", gbk + Array(Samples.row(2).utf8))
        let outcome = try await run(file.path, into: log)
        #expect(outcome.rejects == [RejectedRow(line: 2, column: "Note", reason: .encoding)])
        #expect(outcome.summary.added == 1)
    }

    @Test("a case id longer than a stream's name may be is rejected")
    func longCase() async throws {
        let log = try MemoryLog()
        let long = String(repeating: "c", count: 300)
        let outcome = try await run(text: Samples.header + "1,\(long),2020-03-01 10:00:00,,,,,\n", into: log)
        #expect(outcome.rejects == [RejectedRow(line: 2, column: "Call", reason: .tooLong)])
    }

    @Test("an event larger than the log takes is rejected")
    func largeRow() async throws {
        let log = try MemoryLog()
        let long = String(repeating: "n", count: 300_000)
        let outcome = try await run(text: Samples.header + Samples.row(1, note: long) + Samples.row(2), into: log)
        #expect(outcome.rejects == [RejectedRow(line: 2, column: nil, reason: .tooLong)])
        #expect(outcome.summary.added == 1)
    }

    @Test("a row that ends before it began is imported and counted")
    func negativeInterval() async throws {
        let log = try MemoryLog()
        let row = "1,1,2020-03-01 10:00:00,2020-03-01 09:00:00,,,,\n"
        let outcome = try await run(text: Samples.header + row + Samples.row(2), into: log)
        #expect(outcome.summary.negativeIntervals == 1)
        #expect(outcome.summary.added == 2)
        #expect(outcome.rejects.isEmpty)
    }

    // MARK: - Again, overlapping, interrupted

    @Test("R16.5 the same file twice adds nothing")
    func sameFileTwice() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Samples.rows(1...2_500))
        _ = try await run(file.path, into: log)
        let before = log.events.count
        let outcome = try await run(file.path, into: log)
        #expect(log.events.count == before)
        #expect(outcome.summary.added == 0)
        #expect(outcome.summary.duplicates == 2_500)
        #expect(outcome.summary.changed == 0)
        #expect(outcome.summary.isComplete)
    }

    @Test("an overlapping feed adds only its new rows")
    func overlap() async throws {
        let log = try MemoryLog()
        _ = try await run(text: Samples.rows(1...100), into: log)
        let outcome = try await run(text: Samples.rows(51...150), into: log)
        #expect(outcome.summary.added == 50)
        #expect(outcome.summary.duplicates == 50)
        #expect(outcome.summary.changed == 0)
        #expect(log.events.count(where: { $0.type.name == "RowImported" }) == 150)
    }

    @Test("an import that was interrupted anywhere is completed by running it again", arguments: [1, 2, 3, 5, 6])
    func resumes(calls: Int) async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Samples.rows(1...4_500))
        log.fail(afterCalls: calls)
        await #expect(throws: ImportError.self) { try await run(file.path, into: log) }
        log.heal()
        let added = log.events.count(where: { $0.type.name == "RowImported" })
        let outcome = try await run(file.path, into: log)
        #expect(outcome.summary.duplicates == added)
        #expect(outcome.summary.added == 4_500 - added)
        #expect(Set(log.events.map(\.id)).count == 4_502)
        #expect(log.events.count == 4_502)
    }

    @Test("a log that fails for a while is asked again")
    func retries() async throws {
        let log = try MemoryLog()
        log.fail(with: .overloaded(retryAfter: .seconds(1)), .unavailable(reason: "restart"))
        #expect(try await run(text: Samples.rows(1...3), into: log).summary.added == 3)
    }

    @Test("a log that refuses for good is not asked again")
    func refused() async throws {
        let log = try MemoryLog()
        log.fail(with: .regressed(acknowledged: Position(9), found: Position(4)))
        await #expect(throws: ImportError.log(.regressed(acknowledged: Position(9), found: Position(4)))) {
            try await run(text: Samples.rows(1...3), into: log)
        }
    }

    @Test("R16.5 imports go into history logs only", arguments: [LogMode.live, .exercise])
    func liveLogsAreRefused(mode: LogMode) async throws {
        let log = try MemoryLog(mode: mode)
        await #expect(throws: ImportError.notHistory(log: log.name, mode: mode)) {
            try await run(text: Samples.rows(1...3), into: log)
        }
        #expect(log.events.isEmpty)
    }

    @Test("a file without a header is read by the columns of its mapping")
    func headerless() async throws {
        let log = try MemoryLog()
        let yaml = Samples.yaml.replacing(
            "{type: csv}",
            with: "{type: csv, header: false, columns: [Id, Call, Taken, Done, Kind, Hands, Due, Note]}"
        )
        let outcome = try await run(text: Samples.row(1) + Samples.row(2), into: log, mapping: Samples.mapping(yaml))
        #expect(outcome.summary.added == 2)
    }

    @Test("progress comes to the whole file and every row")
    func progress() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Samples.rows(1...3_500))
        var seen: [ImportProgress] = []
        let summary = try await Importer(log: log).run(
            input: file.path,
            mapping: Samples.mapping(),
            progress: { seen.append($0) }
        )
        #expect(seen.count == 4)
        #expect(seen.last?.rows == 3_500)
        #expect(seen.last?.bytes == summary.byteCount)
        #expect(seen.last?.totalBytes == summary.byteCount)
        #expect(seen.map(\.rows) == seen.map(\.rows).sorted())
    }

    @Test("an error of the one who takes the rejects ends the import")
    func rejectsCannotBeTaken() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Samples.header + "bad\n" + Samples.row(1))
        await #expect(throws: ImportError.self) {
            try await Importer(log: log).run(
                input: file.path,
                mapping: Samples.mapping(),
                rejected: { _ in throw ImportError.rejectsFile(path: "x", reason: "disk full") }
            )
        }
    }

    // MARK: - Files that are no such files

    @Test("a file that was cut off imports its whole rows, and says that it was cut off", arguments: [1, 10, 30, 40])
    func truncated(bytes: Int) async throws {
        let log = try MemoryLog()
        let text = Samples.rows(1...3)
        let outcome = try await run(text: String(text.prefix(text.count - bytes)), into: log)
        #expect(outcome.summary.isTruncated || outcome.summary.lacksLastLineEnd)
        #expect(outcome.summary.isTruncated == !outcome.rejects.isEmpty)
        #expect(outcome.summary.added + outcome.summary.rejected == 3)
    }

    @Test("a file cut off inside quotes says so with the line")
    func truncatedInQuotes() async throws {
        let log = try MemoryLog()
        let outcome = try await run(text: Samples.rows(1...3) + "4,1,2020-03-01 10:00:00,,,,,\"half a no", into: log)
        #expect(outcome.summary.isTruncated)
        #expect(outcome.rejects == [RejectedRow(line: 5, column: nil, reason: .unclosedQuote)])
        #expect(outcome.summary.added == 3)
    }

    @Test("a mapping for other files names the missing columns and those that are there")
    func wrongMapping() async throws {
        let file = try TemporaryFile(text: "Id,Call,Opened\n1,1,2020-03-01 10:00:00\n")
        let error = try #require(try await failure(file.path))
        #expect(error.description.contains("“Taken” or “Done”"))
        #expect(error.description.contains("“Id”, “Call”, “Opened”"))
    }

    @Test("a used column that is there twice is refused")
    func repeatedColumn() async throws {
        let file = try TemporaryFile(text: "Id,Call,Taken,Done,Kind,Hands,Due,Note,Call\n")
        #expect(try await failure(file.path) == .repeatedColumn(path: file.path, column: "Call"))
    }

    @Test("a directory is refused")
    func directory() async throws {
        let file = try TemporaryFile(text: "x")
        #expect(try await failure(file.directory) == .directory(path: file.directory))
    }

    @Test("an empty file is refused")
    func emptyFile() async throws {
        let file = try TemporaryFile(text: "")
        #expect(try await failure(file.path) == .empty(path: file.path))
    }

    @Test("a file that is not there is refused")
    func missingFile() async throws {
        let error = try #require(try await failure("/nowhere/rows.csv"))
        #expect(error.description.contains("/nowhere/rows.csv cannot be read"))
    }

    @Test("a device is refused")
    func device() async throws {
        #expect(try await failure("/dev/null") == .notAFile(path: "/dev/null"))
    }

    @Test(
        "compressed files and other encodings are refused by name",
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04], .zip),
            ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
            ([0xFF, 0xFE, 0x49, 0x00], .utf16),
        ] as [([UInt8], ForeignForm)]
    )
    func foreignForms(bytes: [UInt8], form: ForeignForm) async throws {
        let file = try TemporaryFile("rows.csv", bytes)
        #expect(try await failure(file.path) == .foreignForm(path: file.path, form))
    }

    @Test("a file of the header alone imports no rows")
    func headerAlone() async throws {
        let log = try MemoryLog()
        let outcome = try await run(text: Samples.header, into: log)
        #expect(outcome.summary.rows == 0)
        #expect(outcome.summary.isComplete)
    }

    @Test("a header that is not UTF-8 is refused")
    func unreadableHeader() async throws {
        let file = try TemporaryFile("rows.csv", [0xBB, 0xF0, 0x2C, 0x61, 0x0A])
        #expect(try await failure(file.path) == .unreadableHeader(path: file.path))
    }
}

/// The key of a row in the log.
enum RowEventKey {
    static func of(_ event: RecordedEvent) -> String? {
        var reader = JSONReader(event.data)
        guard let member = try? reader.members().first(where: { $0.name == "key" }) else { return nil }
        var value = reader.at(member.start)
        return try? value.string()
    }
}
