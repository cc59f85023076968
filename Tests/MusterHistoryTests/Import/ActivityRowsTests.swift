import EventSourcing
import Testing

@testable import MusterHistory

/// Rows that are one activity each, and rows without a key of their own.
@Suite("Rows of activities", .timeLimit(.minutes(20)))
struct ActivityRowsTests {
    private static let yaml = """
        name: moves
        version: 1
        format: {type: csv}
        case: case
        activity: what
        at: when
        started: begun
        attributes: {who: who}
        resource: who
        """
    private static let header = "case,what,when,begun,who\n"

    private func rows(of text: String, into log: MemoryLog) async throws -> (ImportSummary, [RejectedRow]) {
        let file = try TemporaryFile(text: text)
        var rejects: [RejectedRow] = []
        let summary = try await Importer(log: log).run(
            input: file.path,
            mapping: Mapping(yaml: Self.yaml),
            rejected: { rejects.append($0) }
        )
        return (summary, rejects)
    }

    private func texts(_ log: MemoryLog) -> [String] {
        log.events.filter { $0.type == ImportEventType.row }.map { String(decoding: $0.data, as: UTF8.self) }
    }

    @Test("an activity is an event at its time, with its name and beginning")
    func activity() async throws {
        let log = try MemoryLog()
        let row = #"7,"check ""ticket""",2020-03-01T10:00:00.5+01:00,2020-03-01T09:30:00+01:00,Pete"#
        _ = try await rows(of: Self.header + row + "\n", into: log)
        let event = try #require(log.events.first { $0.type == ImportEventType.row })
        #expect(event.stream.rawValue == "case-7")
        #expect(event.occurredAt.rfc3339 == "2020-03-01T09:00:00.500000Z")
        #expect(
            try #require(texts(log).first).hasSuffix(
                #","activity":"check \"ticket\"","started":"2020-03-01T08:30:00Z","stages":{},"#
                    + #""attributes":{"who":"Pete"}}"#
            )
        )
    }

    @Test("an activity without a name or a time is rejected with its column; one without a beginning is not")
    func missingParts() async throws {
        let log = try MemoryLog()
        let (summary, rejects) = try await rows(
            of: Self.header + "7,,2020-03-01T10:00:00Z,,\n7,a,,,\n7,a,soon,,\n7,a,2020-03-01T10:00:00Z,,\n",
            into: log
        )
        #expect(rejects.map(\.line) == [2, 3, 4])
        #expect(rejects.map(\.column) == ["what", "when", "when"])
        #expect(rejects.map(\.reason.code) == ["missing", "missing", "time"])
        #expect(summary.added == 1)
        #expect(try !#require(texts(log).first).contains("started"))
    }

    @Test("an activity that ends before it begins is kept and counted")
    func endsBeforeBeginning() async throws {
        let log = try MemoryLog()
        let (summary, rejects) = try await rows(
            of: Self.header + "7,a,2020-03-01T10:00:00Z,2020-03-01T10:00:01Z,\n",
            into: log
        )
        #expect(summary.negativeIntervals == 1)
        #expect(summary.added == 1)
        #expect(rejects.isEmpty)
    }

    @Test("equal rows without a key are as many as the file has, and the same file again adds none")
    func equalRows() async throws {
        let log = try MemoryLog()
        let row = "7,a,2020-03-01T10:00:00Z,,\n"
        let other = "8,a,2020-03-01T10:00:00Z,,\n"
        let text = Self.header + row + other + row + row
        #expect(try await rows(of: text, into: log).0.added == 4)
        #expect(Set(log.events.compactMap { RowEventKey.of($0) }).count == 4)
        let again = try await rows(of: text, into: log).0
        #expect(again.added == 0)
        #expect(again.duplicates == 4)
        let overlapping = try await rows(of: Self.header + row + row + other + other, into: log).0
        #expect(overlapping.added == 1)
        #expect(overlapping.duplicates == 3)
    }

    @Test("an attribute may be the part of a field before or behind a text")
    func parts() async throws {
        let log = try MemoryLog()
        let yaml = """
            name: calls
            version: 1
            format: {type: csv, header: false, columns: [type, when]}
            stages: {received: when}
            attributes:
              category: {column: type, before: ": ", type: choice}
              detail: {column: type, after: ": "}
            """
        let file = try TemporaryFile(
            text: "EMS: FALL: VICTIM,2020-03-01T10:00:00Z\nTraffic,2020-03-01T10:00:00Z\nFire: ,2020-03-01T10:00:00Z\n"
        )
        _ = try await Importer(log: log).run(input: file.path, mapping: Mapping(yaml: yaml))
        let attributes = try log.events.filter { $0.type == ImportEventType.row }.map { try RowEvent($0).attributes }
        #expect(
            attributes == [
                ["category": "EMS", "detail": "FALL: VICTIM"], ["category": "Traffic"], ["category": "Fire:"],
            ]
        )
    }

    @Test("without a case each row is one")
    func noCase() async throws {
        let log = try MemoryLog()
        let yaml = Self.yaml.replacing("case: case\n", with: "")
        let row = "7,a,2020-03-01T10:00:00Z,,\n"
        let file = try TemporaryFile(text: Self.header + row + row + "8,a,2020-03-01T10:00:00Z,,\n")
        let summary = try await Importer(log: log).run(input: file.path, mapping: Mapping(yaml: yaml))
        #expect(summary.added == 3)
        #expect(Set(log.events.filter { $0.type == ImportEventType.row }.map(\.stream)).count == 3)
    }
}
