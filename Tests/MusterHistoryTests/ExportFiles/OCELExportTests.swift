import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

@Suite(.testDatabase)
struct OCELExportTests {
    /// What an object-centric log says, whichever encoding it is in.
    private struct Content: Equatable {
        var objects: [String: String] = [:]
        var events: [String: [String]] = [:]
        var relations: Set<[String]> = []
    }

    private static func with(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("o-\(UInt64.random(in: 0 ... .max))") { log in
            try await ExportedLog.found(log)
            try await body(log)
        }
        try await TestDatabase.current.withLog("h-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            try await ExportedLog.importRows(ExportedLog.rows, into: log)
            try await ExportedLog.importRows(ExportedLog.correction, into: log)
            try await body(log)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The three encodings say the same`() async throws {
        try await Self.with { log in
            let json = try Self.json(try await ExportedLog.export(log, .ocelJSON))
            let xml = try Self.xml(try await ExportedLog.export(log, .ocelXML))
            let database = try Self.database(try await ExportedLog.export(log, .ocelSQLite))
            #expect(json == xml)
            #expect(json == database)
            #expect(json.events.count == (log.mode == .history ? 6 : 8))
            // Every relation leads to an object that is there.
            #expect(json.relations.allSatisfy { json.objects[$0[1]] != nil })
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Things whose names differ in their bytes alone are two objects`() async throws {
        let names = ["caf\u{E9}", "cafe\u{301}"]
        let rows = names.enumerated().map { number, name in
            "\(number),A-1,visit,2026-01-02 1\(number):00:00,,\(name),x,,,,,,\n"
        }
        try await TestDatabase.current.withLog("names", mode: .history) { log in
            try await ExportedLog.importRows(ExportedLog.header + rows.joined(), into: log)
            let document = try JSONSerialization.jsonObject(with: try await ExportedLog.export(log, .ocelJSON))
            let objects = try #require((document as? [String: Any])?["objects"] as? [[String: Any]])
            let agencies = objects.filter { $0["type"] as? String == "agency" }.compactMap { $0["id"] as? String }
            // In the order of their bytes, so that the file is the same each time.
            #expect(agencies.map { Array($0.utf8) } == names.reversed().map { Array("agency:\($0)".utf8) })
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Events have to do with matters, people, parties and territories`() async throws {
        try await TestDatabase.current.withLog("relations") { log in
            try await ExportedLog.found(log)
            let content = try Self.json(try await ExportedLog.export(log, .ocelJSON))
            let whistle = try #require(content.events.first { $0.value[0] == "WhistleBlown" }?.key)
            let relations = Set(content.relations.filter { $0[0] == whistle }.map { "\($0[2]) \($0[1])" })
            let person = Pseudonyms(key: try await log.pseudonymKey()).pseudonym(of: "bo-chen")
            #expect(
                relations == [
                    "of matter:M-1", "by person:\(person)", "for party:residents", "in territory:fenglin-01",
                    "duty duty:passage.clear", "departments party:fire", "departments party:police",
                ]
            )
            #expect(content.objects["matter:M-1"] == "matter")
            #expect(content.objects["incident:I-1"] == "incident")
        }
    }

    @Test(.timeLimit(.minutes(20)), .needs("ocel/schema_ocel2.json"))
    func `The JSON is valid by the published schema`() async throws {
        let schema = JSONSchema(text: Data(try SharedData.bytes("ocel/schema_ocel2.json")))
        let example = Data(try SharedData.bytes("ocel/ocel20_example.jsonocel"))
        #expect(try schema.faults(of: example) == [])
        let broken = Data(#"{"events":[{"id":1,"time":"x","type":"a"}],"objects":{}}"#.utf8)
        #expect(try schema.faults(of: broken).count == 5)
        try await Self.with { log in
            let bytes = try await ExportedLog.export(log, .ocelJSON)
            #expect(try schema.faults(of: bytes) == [])
        }
    }

    @Test(.timeLimit(.minutes(20)), .needs("ocel/ocel2-validation.xsd"))
    func `The XML is valid by the published XSD`() async throws {
        let schema = XMLSchema(text: Data(try SharedData.bytes("ocel/ocel2-validation.xsd")))
        try await Self.with { log in
            let bytes = try await ExportedLog.export(log, .ocelXML)
            #expect(schema.faults(of: bytes) == "")
            let broken = String(decoding: bytes, as: UTF8.self).replacing("object-id=\"", with: "object-id=\"x")
            #expect(schema.faults(of: Data(broken.utf8)).contains("eventObjectRef"))
        }
    }

    /// The published XSD, rule by rule: its elements and their order, its keys and references.
    @Test(.timeLimit(.minutes(20)))
    func `The XML is as the published XSD has it`() async throws {
        try await Self.with { log in
            let log = try XMLTree(try await ExportedLog.export(log, .ocelXML)).root
            #expect(log.children.map(\.name) == ["object-types", "event-types", "objects", "events"])
            var attributeNames: [String: String] = [:]
            for type in log.children[1].all("event-type") {
                #expect(type.children.map(\.name) == ["attributes"])
                for attribute in type.children[0].all("attribute") {
                    let name = try #require(attribute.attributes["name"])
                    #expect(attributeNames.updateValue(type.attributes["name"] ?? "", forKey: name) == nil, "\(name)")
                    let kinds = ["string", "time", "integer", "float", "boolean"]
                    #expect(kinds.contains(attribute.attributes["type"] ?? ""))
                }
            }
            let objectTypes = Set(log.children[0].all("object-type").compactMap { $0.attributes["name"] })
            let objects = log.children[2].all("object")
            #expect(Set(objects.compactMap { $0.attributes["id"] }).count == objects.count)
            #expect(objects.allSatisfy { objectTypes.contains($0.attributes["type"] ?? "") })
            let ids = Set(objects.compactMap { $0.attributes["id"] })
            let eventTypes = Set(log.children[1].all("event-type").compactMap { $0.attributes["name"] })
            var eventIDs: Set<String> = []
            for event in log.children[3].all("event") {
                #expect(eventIDs.insert(event.attributes["id"] ?? "").inserted)
                #expect(eventTypes.contains(event.attributes["type"] ?? ""))
                #expect(Timestamp(rfc3339: event.attributes["time"] ?? "") != nil)
                #expect(event.children.map(\.name) == ["attributes", "objects"])
                for attribute in event.children[0].all("attribute") {
                    #expect(attributeNames[attribute.attributes["name"] ?? ""] == event.attributes["type"])
                }
                for object in event.children[1].children {
                    #expect(object.name == "object" && object.attributes["type"] != nil)
                    #expect(ids.contains(object.attributes["object-id"] ?? ""))
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Tables are called so that any tool can name them, and types that look alike stay apart`() async throws {
        try await TestDatabase.current.withLog("tables", mode: .history) { log in
            let rows =
                ExportedLog.header + """
                    1,A,Close case!,2026-01-02 10:00:00,,,,,,,,a,
                    2,A,close Case,2026-01-02 11:00:00,,,,,,,,b,
                    3,A,结案,2026-01-02 12:00:00,,,,,,,,c,
                    4,A,'); drop table event; --,2026-01-02 13:00:00,,,,,,,,d,
                    5,A,!,2026-01-02 14:00:00,,,,,,,,e,

                    """
            try await ExportedLog.importRows(rows, into: log)
            let database = try SQLiteFile(try await ExportedLog.export(log, .ocelSQLite))
            let names = try database.rows("select ocel_type, ocel_type_map from event_map_type order by rowid")
            #expect(Set(names.compactMap { $0[0] }).count == 5)
            #expect(Set(names.compactMap { $0[1]?.lowercased() }).count == 5)
            for type in names {
                let table = "event_" + (type.last.flatMap { $0 } ?? "")
                let events = try database.rows("select note, ocel_time from \(table)")
                #expect(events.count == 1, "\(table)")
            }
            let integrity = try database.rows("pragma integrity_check")
            #expect(integrity == [["ok"]])
        }
    }

    // MARK: Readers

    private static func json(_ bytes: Data) throws -> Content {
        let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        var content = Content()
        for object in document["objects"] as? [[String: Any]] ?? [] {
            content.objects[object["id"] as? String ?? ""] = object["type"] as? String
        }
        for event in document["events"] as? [[String: Any]] ?? [] {
            let id = event["id"] as? String ?? ""
            let attributes = event["attributes"] as? [[String: String]] ?? []
            content.events[id] =
                [event["type"] as? String ?? "", time(event["time"] as? String ?? "")]
                + attributes.map { "\($0["name"] ?? "")=\($0["value"] ?? "")" }.sorted()
            for relation in event["relationships"] as? [[String: String]] ?? [] {
                content.relations.insert([id, relation["objectId"] ?? "", relation["qualifier"] ?? ""])
            }
        }
        return content
    }

    private static func xml(_ bytes: Data) throws -> Content {
        let log = try XMLTree(bytes).root
        var content = Content()
        for object in log.all("objects")[0].children {
            content.objects[object.attributes["id"] ?? ""] = object.attributes["type"]
        }
        for event in log.all("events")[0].children {
            let (id, type) = (event.attributes["id"] ?? "", event.attributes["type"] ?? "")
            content.events[id] =
                [type, time(event.attributes["time"] ?? "")]
                + event.all("attributes")[0].children.map { attribute in
                    let name = attribute.attributes["name"] ?? ""
                    return
                        "\(name.hasPrefix("\(type).") ? String(name.dropFirst(type.count + 1)) : name)=\(attribute.text)"
                }.sorted()
            for object in event.all("objects")[0].children {
                content.relations.insert([
                    id, object.attributes["object-id"] ?? "", object.attributes["qualifier"] ?? "",
                ])
            }
        }
        return content
    }

    private static func database(_ bytes: Data) throws -> Content {
        let file = try SQLiteFile(bytes)
        var content = Content()
        for row in try file.rows("select ocel_id, ocel_type from object") { content.objects[row[0] ?? ""] = row[1] }
        for row in try file.rows("select * from event_object") { content.relations.insert(row.map { $0 ?? "" }) }
        for type in try file.rows("select ocel_type, ocel_type_map from event_map_type") {
            let table = "event_\(type[1] ?? "")"
            let columns = try file.rows("select name, type from pragma_table_info('\(table)')")
            for row in try file.rows("select * from \(table)") {
                var attributes: [String] = []
                for (column, value) in zip(columns, row).dropFirst(2) {
                    guard var text = value else { continue }
                    if column[1] == "boolean" { text = text == "1" ? "true" : "false" }
                    if column[1] == "timestamp" { text = text.replacing(" ", with: "T") + "Z" }
                    attributes.append("\(column[0] ?? "")=\(text)")
                }
                content.events[row[0] ?? ""] = [type[0] ?? "", time(row[1] ?? "")] + attributes.sorted()
            }
        }
        return content
    }

    private static func time(_ text: String) -> String {
        text.replacing("T", with: " ").replacing("Z", with: "")
    }
}
