import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

/// Logs to be exported, and what comes of them.
enum ExportedLog {
    /// What must never leave the log without a purpose.
    static let secrets = [
        "ann.li", "bo-chen", "caller-77", "wang.grid", "Secret flat 302", "a woman lies on the stairs", "31.2304",
        "enc1", "c2VhbGVk",
    ]

    /// A small town: reports and matters with sealed and open personal members, a suspected case, an erasure.
    static func found(_ log: Log) async throws {
        let territory = #""territory":"fenglin-01""#
        try await append(
            to: log,
            "report-R-1",
            "ReportSubmitted",
            by: "ann.li",
            role: "resident",
            #"{"report":"R-1","channel":"web","kind":"blocked-passage",\#(territory),"place":{"enc1":"ann.li:1:c2VhbGVk"},"#
                + #""text":{"enc1":"ann.li:1:c2VhbGVk"},"latitude":{"enc1":"ann.li:1:c2VhbGVk"},"reporter":"ann.li","#
                + #""isUrgent":true,"answerBy":"2026-11-21T12:00:00Z"}"#
        )
        try await append(
            to: log,
            "matter-M-1",
            "MatterRaised",
            by: "bo-chen",
            role: "hotline-clerk",
            minutes: 1,
            #"{"matter":"M-1","kind":"blocked-passage","urgency":"urgent",\#(territory),"place":"Secret flat 302","#
                + #""title":"a woman lies on the stairs","text":"a woman lies on the stairs","reporter":"ann.li"}"#
        )
        try await append(
            to: log,
            "matter-M-1",
            "WhistleBlown",
            by: "bo-chen",
            role: "community-head",
            minutes: 5,
            #"{"matter":"M-1","round":1,"kind":"emergency","urgency":"urgent","duty":"passage.clear","#
                + #""departments":["fire","police"],"basis":"清单第三条，“消防通道” <&> ]]>","needsRatification":false,"#
                + #""acceptBy":"2026-11-21T13:00:00Z","limitSeconds":1800}"#
        )
        try await append(
            to: log,
            "case-flu/bo-chen/2026-11-21",
            "CaseRegistered",
            by: "ann.li",
            role: "community-head",
            minutes: 6,
            #"{"incident":"I-1","person":"bo-chen"}"#
        )
        try await append(
            to: log,
            "grid-g-1",
            "GridWorkerRelieved",
            by: "admin-1",
            role: "administrator",
            minutes: 7,
            #"{"grid":"g-1","person":"wang.grid","replacedBy":"bo-chen"}"#
        )
        try await append(
            to: log,
            "matter-M-2",
            "MatterRaised",
            by: "caller-77",
            role: "resident",
            minutes: 8,
            #"{"matter":"M-2","kind":"lighting","urgency":"normal",\#(territory),"place":{"enc1":"caller-77:1:c2VhbGVk"},"#
                + #""title":{"enc1":"caller-77:1:c2VhbGVk"},"text":{"enc1":"caller-77:1:c2VhbGVk"}}"#
        )
        try await append(
            to: log,
            "matter-M-1",
            "WhistleAccepted",
            by: "fire-1",
            role: "department-officer",
            minutes: 9,
            #"{"matter":"M-1","round":1,"department":"fire"}"#
        )
        try await append(
            to: log,
            "person-caller-77",
            "SubjectKeyErased",
            by: "admin-1",
            role: "administrator",
            minutes: 10,
            #"{"person":"caller-77","ground":"request"}"#
        )
    }

    /// Something more that happens afterwards.
    static func growTown(_ log: Log) async throws {
        try await append(
            to: log,
            "matter-M-1",
            "ActionCompleted",
            by: "fire-1",
            role: "department-officer",
            minutes: 30,
            #"{"matter":"M-1","round":1,"department":"fire","result":"done"}"#
        )
        try await append(
            to: log,
            "notice-N-9",
            "NoticeConfirmed",
            by: "fire-1",
            role: "inspector",
            minutes: 31,
            #"{"notice":"N-9"}"#
        )
    }

    static func append(
        to log: Log,
        _ stream: String,
        _ type: String,
        by person: String = "ann.li",
        role: String = "resident",
        minutes: Int64 = 0,
        _ data: String
    ) async throws {
        let metadata =
            #"{"person":"\#(person)","party":"residents","role":"\#(role)","territory":"fenglin-01","#
            + #""correlation":"0193c0de-0000-7000-8000-000000000001"}"#
        let append = Append(
            command: MusterTesting.Samples.command(),
            occurredAt: Timestamp(microseconds: 1_763_722_800_000_000 + minutes * 60_000_000),
            metadata: Array(metadata.utf8),
            writes: [
                StreamWrite(
                    stream: StreamName(stored: stream),
                    expected: .any,
                    events: [NewEvent(type: EventType(type), data: Array(data.utf8))]
                )
            ]
        )
        #expect(try await log.append(append).receipt != nil)
    }

    // MARK: Imports

    static let mapping = """
        name: visits
        version: 1
        format: {type: csv}
        time: {zone: Asia/Shanghai, formats: [yyyy-MM-dd HH:mm:ss]}
        case: Case
        key: Id
        activity: What
        at: When
        started: Since
        attributes:
          agency: Agency
          who: {column: Who, type: choice}
          count: {column: Count, type: integer}
          due: {column: Due, type: time}
          lat: Lat
          lon: Lon
          note: Note
          position: Position
        agency: agency
        resource: who
        due: due
        """

    static let header = "Id,Case,What,When,Since,Agency,Who,Count,Due,Lat,Lon,Note,Position\n"

    /// Rows of three cases, out of order, with all that makes trouble.
    static let rows =
        header + #"""
            1,A-1,visit,2026-01-02 10:00:00,2026-01-02 09:00:00,street,x,3,2026-01-03 00:00:00,31.23041,121.47371,"plain",7
            2,A-1,call,2026-01-01 10:00:00,,street,y,,,31.23049,121.47372,"two
            lines, ""quoted""",
            3,B-1,visit,2026-01-03 10:00:00,,fire,x,0,,31.23043,121.47373,=SUM(A1),
            4,B-1,close,2026-01-04 10:00:00,,fire,x,-5,,31.23044,121.47374,枫林路七号，着火了,
            5,C-1,visit,2026-01-05 10:00:00,,street,z,1,,31.23045,121.47375,<a & b> ]]> -- '',
            6,C-1,close,2026-01-06 10:00:00,,street,z,2,,31.5,121.9,-12.5,

            """#

    static let correction = header + "4,B-1,close,2026-01-04 11:30:00,,police,x,6,,31.23044,121.47374,corrected,\n"

    static func importRows(_ text: String, into log: Log, _ yaml: String = mapping) async throws {
        try await importFile(try TemporaryFile("visits.csv", text: text), into: log, yaml)
    }

    /// - Parameter rejected: how many rows are to be refused.
    static func importFile(
        _ file: TemporaryFile,
        into log: Log,
        _ yaml: String,
        rejected: Int = 0
    ) async throws {
        let summary = try await Importer(log: DatabaseLog(log: log)).run(
            input: file.path,
            mapping: try Mapping(yaml: yaml)
        )
        #expect(summary.rejected == rejected, "\(summary.rejects)")
    }

    // MARK: Exports

    /// The bytes of an export.
    static func export(
        _ log: Log,
        _ format: ExportFormat,
        _ configure: (inout ExportOptions) -> Void = { _ in },
        clear: @escaping @Sendable ([RecordedEvent]) async throws -> [RecordedEvent] = { $0 }
    ) async throws -> Data {
        let directory = try ExportDirectoryForTests()
        var options = ExportOptions(format: format)
        configure(&options)
        let path = directory.file("export")
        _ = try await FileExport(log: log, options: options, clear: clear).run(to: path)
        #expect(directory.files == ["export"])
        return try Data(contentsOf: URL(filePath: path))
    }
}

/// A directory that is gone when this is.
final class ExportDirectoryForTests {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "muster-export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
