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

    // MARK: Cases that are people

    private static let patients = """
        name: patients
        version: 1
        format: {type: csv}
        time: {zone: UTC, formats: [yyyy-MM-dd HH:mm:ss]}
        case: Patient
        key: [Patient, Visit]
        activity: What
        at: When
        attributes:
          patient: Patient
          from: From
          ward: Ward
          lat: Lat
          lon: Lon
        personal: [case, from]

        """

    /// `wang-li` is a case, and where another case got it from.
    private static let visits = """
        Patient,Visit,What,When,From,Ward,Lat,Lon
        zhou-mei,1,admitted,2026-01-02 10:00:00,wang-li,north,31.23041,121.47371
        zhou-mei,2,discharged,2026-01-09 10:00:00,,north,31.23041,121.47371
        wang-li,1,admitted,2026-01-01 10:00:00,,south,31.23041,121.47371
        he-ping,1,admitted,2026-01-03 10:00:00,wang-li,south,31.23041,121.47371
        liu-yan,1,admitted,2026-01-04 10:00:00,wang-li,south,31.23041,121.47371
        chen-bo,1,admitted,2026-01-05 10:00:00,liu-yan,south,31.23041,121.47371

        """

    private static let correction = """
        Patient,Visit,What,When,From,Ward,Lat,Lon
        zhou-mei,2,discharged,2026-01-08 10:00:00,,north,31.23041,121.47371

        """

    private static let people = ["zhou-mei", "wang-li", "he-ping", "liu-yan", "chen-bo"]

    private static func withPatients(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("p-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            try await ExportedLog.importRows(visits, into: log, patients)
            try await ExportedLog.importRows(correction, into: log, patients)
            try await body(log)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: ExportFormat.allCases)
    func `R16.1 cases that are people stand under pseudonyms, as do keys and ids that are made of them`(
        format: ExportFormat
    ) async throws {
        try await Self.withPatients { log in
            let pseudonyms = Pseudonyms(key: try await log.pseudonymKey())
            let rows = try await log.events(after: .origin, limit: 100).filter { $0.type == ImportEventType.row }
            #expect(rows.count == 7)
            let bytes = try await ExportedLog.export(log, format)
            for person in Self.people { #expect(!Self.holds(bytes, person), "\(person)") }
            for row in rows { #expect(!Self.holds(bytes, row.id.command.description)) }
            // Places are counted where nobody may be named.
            if format != .geojson { #expect(Self.holds(bytes, pseudonyms.pseudonym(of: "zhou-mei"))) }
            let named = try await ExportedLog.export(log, format) { $0.purpose = "audit 2026-031" }
            for person in Self.people { #expect(Self.holds(named, person), "\(person)") }
            #expect(!Self.holds(named, pseudonyms.pseudonym(of: "zhou-mei")))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A person has one pseudonym as a case and as an attribute, and replaced rows are left out`() async throws {
        try await Self.withPatients { log in
            let pseudonyms = Pseudonyms(key: try await log.pseudonymKey())
            let rows = try ExportFormatTests.csv(try await ExportedLog.export(log, .csv))
            let header = try #require(rows.first)
            let texts = rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
            #expect(texts.count == 6)
            let wang = pseudonyms.pseudonym(of: "wang-li")
            #expect(texts.count { $0["case"] == wang && $0["patient"] == wang } == 1)
            #expect(texts.count { $0["from"] == wang } == 3)
            let key = pseudonyms.pseudonym(of: "zhou-mei/2")
            #expect(texts.filter { $0["key"] == key }.map { $0["time"] } == ["2026-01-08T10:00:00.000000Z"])
            #expect(Set(texts.map { $0["event"] }).count == 6)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Things of an object-centric export are named in it once each, under their pseudonyms`() async throws {
        try await Self.withPatients { log in
            let bytes = try await ExportedLog.export(log, .ocelJSON)
            let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
            let objects = try #require(document["objects"] as? [[String: Any]]).compactMap { $0["id"] as? String }
            let events = try #require(document["events"] as? [[String: Any]])
            let related = events.flatMap { $0["relationships"] as? [[String: Any]] ?? [] }
                .compactMap { $0["objectId"] as? String }
            #expect(objects.count == 5)
            #expect(Set(objects) == Set(related))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `R16.6 where cases are people a place with fewer than five of them is left out`() async throws {
        try await TestDatabase.current.withLog("places", mode: .history) { log in
            let home = (1...6).map { "wu-jie,\($0),seen,2026-01-0\($0) 10:00:00,,north,30.5,120.5\n" }
            try await ExportedLog.importRows(Self.visits + home.joined(), into: log, Self.patients)
            let text = String(decoding: try await ExportedLog.export(log, .geojson), as: UTF8.self)
            #expect(text.components(separatedBy: "\"Feature\"").count == 2)
            #expect(text.contains("\"events\":6") && text.contains("121.47"))
            #expect(!text.contains("120.5"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `What one mapping says of cases holds for all of their log`() async throws {
        try await Self.withPatients { log in
            let open = Self.patients.replacing("name: patients", with: "name: wards")
                .replacing("personal: [case, from]", with: "personal: []")
                .replacing("  from: From\n", with: "")
            try await ExportedLog.importRows(Self.visits, into: log, open)
            let bytes = try await ExportedLog.export(log, .csv)
            for person in Self.people { #expect(!Self.holds(bytes, person), "\(person)") }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Receipts that would name a person are there for a purpose alone`() async throws {
        try await Self.withPatients { log in
            let tail = try await log.tail()
            try await SealWatch().seal(log, to: Int(tail.rawValue))
            let directory = try ExportDirectoryForTests()
            var options = ExportOptions(format: .csv)
            options.withReceipts = true
            options.position = tail.rawValue
            let path = directory.file("a.receipts.ndjson")
            let masked = try await FileExport(log: log, options: options).run(to: directory.file("a"))
            // The beginnings and ends of both imports remain.
            #expect(masked.receipts == ReceiptSummary(path: path, written: 4, leftOut: 7))
            let bytes = try Data(contentsOf: URL(filePath: path))
            for person in Self.people { #expect(!Self.holds(bytes, person), "\(person)") }
            options.purpose = "audit 2026-031"
            options.replaces = true
            let named = try await FileExport(log: log, options: options).run(to: directory.file("a"))
            #expect(named.receipts == ReceiptSummary(path: path, written: 11, leftOut: 0))
        }
    }

    private static let outbreak = ["cases", "contacts", "followups", "relationships", "events", "lab-results"]

    @Test(.timeLimit(.minutes(20)), .needs("outbreak/godata_contacts.csv"), arguments: formats)
    func `R16.1 nobody of a real outbreak can be told from its export`(format: ExportFormat) async throws {
        try await TestDatabase.current.withLog("o-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            for name in Self.outbreak {
                _ = try await Importer(log: DatabaseLog(log: log)).run(
                    input: SharedData.path("outbreak/godata_\(name.replacing("-", with: "_")).csv"),
                    mapping: Mapping.named("godata-\(name)")
                )
            }
            var people: Set<String> = []
            var position = Position.origin
            while true {
                let page = try await log.events(after: position, limit: 1_000)
                guard let last = page.last else { break }
                position = last.position
                for event in page where event.type == ImportEventType.row {
                    let row = try RowContents(event.data)
                    people.insert(String(event.stream.id))
                    for (name, value) in row.attributes
                    where ["number", "source", "source-number", "contact"].contains(name) {
                        people.insert(value.text)
                    }
                }
            }
            #expect(people.count > 200)
            let bytes = try await ExportedLog.export(log, format)
            #expect(people.filter { Self.holds(bytes, $0) } == [])
        }
    }

    @Test
    func `Names that differ in their bytes alone have pseudonyms of their own`() {
        let pseudonyms = Pseudonyms(key: Array(repeating: 7, count: 32))
        let (composed, apart) = ("Jos\u{E9}", "Jose\u{301}")
        #expect(pseudonyms.pseudonym(of: composed) != pseudonyms.pseudonym(of: apart))
        #expect(
            pseudonyms.pseudonym(of: composed)
                == Pseudonyms(key: Array(repeating: 7, count: 32)).pseudonym(of: composed)
        )
    }

    @Test
    func `Shipped mappings take clerks for people, and fire engines not`() throws {
        #expect(try Mapping.named("receipt-phase").personal == ["resource", "responsible"])
        #expect(try Mapping.named("sf-fire-calls").personal == [])
        #expect(try Mapping.named("servicenow-incidents").personal == ["assigned-to", "key"])
        #expect(try Mapping.named("xes").personal == ["resource"])
        #expect(try Mapping.named("nyc-311").personal == [])
        for name in ["cases", "contacts", "followups", "relationships", "lab-results"] {
            #expect(try Mapping.named("godata-\(name)").personal.contains("case"), "\(name)")
        }
        for name in ["cases", "contacts"] { #expect(try Mapping.named("godata-\(name)").personal.contains("key")) }
    }
}
