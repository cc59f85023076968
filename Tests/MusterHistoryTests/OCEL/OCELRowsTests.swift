import CSQLite
import Foundation
import Testing

@testable import MusterHistory

/// The same small log in all encodings.
enum OCELSamples {
    static let json = #"""
        {
          "eventTypes": [], "events": [
            {"id": "e1", "type": "Order", "time": "2022-01-09T14:00:00Z",
             "attributes": [{"name": "by", "value": "Mike"}, {"name": "n", "value": 3}],
             "relationships": [{"objectId": "O1", "qualifier": "made"}, {"objectId": "P1", "qualifier": "of"}]},
            {"id": "e2", "type": "Join", "time": "2022-01-10T14:00:00Z", "attributes": [],
             "relationships": [{"objectId": "O1", "qualifier": "a"}, {"objectId": "O2", "qualifier": "b"}]},
            {"id": "e3", "type": "Rest", "time": "2022-01-11T14:00:00Z"}
          ],
          "objects": [
            {"id": "O1", "type": "order", "attributes": [
              {"name": "state", "time": "1970-01-01T00:00:00Z", "value": "new"},
              {"name": "state", "time": "2022-01-10T00:00:00Z", "value": "old"}]},
            {"id": "O2", "type": "order"}, {"id": "P1", "type": "product", "attributes": []}
          ]
        }
        """#

    static let xml = #"""
        <?xml version='1.0' encoding='UTF-8'?>
        <log>
          <object-types/><event-types/>
          <objects>
            <object id="O1" type="order"><attributes>
              <attribute name="state" time="1970-01-01T00:00:00Z">new</attribute>
              <attribute name="state" time="2022-01-10T00:00:00Z">old</attribute></attributes>
              <objects><object object-id="P1" qualifier="x"/></objects></object>
            <object id="O2" type="order"/><object id="P1" type="product"><attributes/></object>
          </objects>
          <events>
            <event id="e1" type="Order" time="2022-01-09T14:00:00Z">
              <attributes><attribute name="by">Mike</attribute><attribute name="n">3</attribute></attributes>
              <objects><relationship object-id="O1" qualifier="made"/><object object-id="P1" qualifier="of"/></objects>
            </event>
            <event id="e2" type="Join" time="2022-01-10T14:00:00Z"><attributes/>
              <objects><relationship object-id="O1" qualifier="a"/><relationship object-id="O2" qualifier="b"/></objects>
            </event>
            <event id="e3" type="Rest" time="2022-01-11T14:00:00Z"/>
          </events>
        </log>
        """#

    static let version1 = #"""
        {"ocel:global-log": {}, "ocel:objects": {"O1": {"ocel:type": "order", "ocel:ovmap": {"state": "new"}},
          "O2": {"ocel:type": "order"}},
         "ocel:events": {"e1": {"ocel:activity": "Order", "ocel:timestamp": "2022-01-09T14:00:00Z",
           "ocel:omap": ["O1"], "ocel:vmap": {"by": "Mike"}}}}
        """#

    static let sql = """
        CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);
        CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
        CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
        CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
        CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
        CREATE TABLE event_Order (ocel_id TEXT, ocel_time TEXT, "by" TEXT, n INTEGER);
        CREATE TABLE event_Join (ocel_id TEXT, ocel_time TEXT);
        CREATE TABLE event_Rest (ocel_id TEXT, ocel_time TEXT);
        CREATE TABLE object_order (ocel_id TEXT, ocel_time TEXT, state TEXT, ocel_changed_field TEXT);
        INSERT INTO event VALUES ('e1', 'Order'), ('e2', 'Join'), ('e3', 'Rest');
        INSERT INTO object VALUES ('O1', 'order'), ('O2', 'order'), ('P1', 'product');
        INSERT INTO event_map_type VALUES ('Order', 'Order'), ('Join', 'Join'), ('Rest', 'Rest');
        INSERT INTO object_map_type VALUES ('order', 'order');
        INSERT INTO event_object VALUES
            ('e1', 'O1', 'made'), ('e1', 'P1', 'of'), ('e2', 'O1', 'a'), ('e2', 'O2', 'b');
        INSERT INTO event_Order VALUES ('e1', '2022-01-09T14:00:00Z', 'Mike', 3);
        INSERT INTO event_Join VALUES ('e2', '2022-01-10T14:00:00Z');
        INSERT INTO event_Rest VALUES ('e3', '2022-01-11T14:00:00Z');
        INSERT INTO object_order VALUES ('O1', '1970-01-01T00:00:00Z', 'new', NULL),
            ('O1', '2022-01-10T00:00:00Z', 'old', 'state');
        """

    /// A database that the statements made.
    static func database(_ statements: String = sql) throws -> TemporaryFile {
        let file = try TemporaryFile("log.sqlite", text: "")
        var handle: OpaquePointer?
        try #require(sqlite3_open(file.path, &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        try #require(sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK)
        return file
    }

    static let format = Mapping.Format(type: .ocel, caseType: "order")

    /// What all encodings say of the case type.
    static let rows: [[String: String]] = [
        [
            "by": "Mike", "n": "3", "ocel:eid": "e1", "concept:name": "Order", "time:timestamp": "2022-01-09T14:00:00Z",
            "ocel:objects": "O1; P1", "ocel:type:order": "O1", "ocel:type:product": "P1", "case:concept:name": "O1",
            "case:ocel:type": "order", "ocel:qualifier": "made", "case:state": "new",
        ],
        [
            "ocel:eid": "e2", "concept:name": "Join", "time:timestamp": "2022-01-10T14:00:00Z",
            "ocel:objects": "O1; O2", "ocel:type:order": "O1; O2", "case:concept:name": "O1", "case:ocel:type": "order",
            "ocel:qualifier": "a", "case:state": "old",
        ],
        [
            "ocel:eid": "e2", "concept:name": "Join", "time:timestamp": "2022-01-10T14:00:00Z",
            "ocel:objects": "O1; O2", "ocel:type:order": "O1; O2", "case:concept:name": "O2", "case:ocel:type": "order",
            "ocel:qualifier": "b",
        ],
    ]
}

@Suite("Rows of OCEL")
struct OCELRowsTests {
    private func rows(_ file: TemporaryFile, _ format: Mapping.Format = OCELSamples.format) throws -> RowReading {
        try RowReading.file(file.path, format)
    }

    @Test("JSON, XML and SQLite give the same rows: one for each event and object of the case type")
    func encodings() throws {
        #expect(try rows(TemporaryFile("a.jsonocel", text: OCELSamples.json)).rows == OCELSamples.rows)
        #expect(try rows(TemporaryFile("a.xmlocel", text: OCELSamples.xml)).rows == OCELSamples.rows)
        #expect(try rows(OCELSamples.database()).rows == OCELSamples.rows)
    }

    @Test("packed with gzip they are the same")
    func packed() throws {
        for text in [OCELSamples.json, OCELSamples.xml] {
            #expect(try rows(TemporaryFile("a.gz", Gzip.pack(text.utf8))).rows == OCELSamples.rows)
        }
    }

    @Test("without a case type each event is one row")
    func allEvents() throws {
        let reading = try rows(TemporaryFile("a.json", text: OCELSamples.json), Mapping.Format(type: .ocel))
        #expect(reading.rows.map { $0["ocel:eid"] } == ["e1", "e2", "e3"])
    }

    @Test("version 1.0 in JSON is read like 2.0")
    func version1() throws {
        let reading = try rows(TemporaryFile("a.json", text: OCELSamples.version1))
        #expect(
            reading.rows == [
                [
                    "ocel:eid": "e1", "concept:name": "Order", "time:timestamp": "2022-01-09T14:00:00Z", "by": "Mike",
                    "ocel:objects": "O1", "ocel:type:order": "O1", "case:concept:name": "O1",
                    "case:ocel:type": "order", "case:state": "new",
                ]
            ]
        )
    }

    @Test("objects whose ids differ in their bytes alone are two, each with its own attributes")
    func exactIDs() throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let text = #"""
            {"objects": [
               {"id": "\#(composed)", "type": "order", "attributes": [
                 {"name": "state", "time": "1970-01-01T00:00:00Z", "value": "new"}]},
               {"id": "\#(decomposed)", "type": "order", "attributes": [
                 {"name": "state", "time": "1970-01-01T00:00:00Z", "value": "old"}]}],
             "events": [
               {"id": "e1", "type": "Join", "time": "2022-01-10T14:00:00Z", "relationships": [
                 {"objectId": "\#(composed)", "qualifier": "a"}, {"objectId": "\#(decomposed)", "qualifier": "b"}]}]}
            """#
        let rows = try rows(TemporaryFile("a.json", text: text)).rows
        let states = rows.map { row in
            ["case:concept:name", "case:state"].map { Array((row[$0] ?? "").utf8) }
        }
        #expect(
            Set(states) == [
                [Array(composed.utf8), Array("new".utf8)], [Array(decomposed.utf8), Array("old".utf8)],
            ]
        )
    }

    @Test("JSON that is no OCEL says what it lacks")
    func noEvents() throws {
        #expect(try rows(TemporaryFile("a.json", text: #"{"a": 1}"#)).faults == ["no-list"])
    }

    @Test("a database without the tables, or with views in their place, is refused")
    func wrongDatabases() throws {
        let view = OCELSamples.sql.replacing(
            "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);",
            with: ""
        ).replacing(
            "INSERT INTO event_map_type VALUES ('Order', 'Order'), ('Join', 'Join'), ('Rest', 'Rest');",
            with: """
                CREATE VIEW event_map_type AS
                WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x ocel_type, x ocel_type_map FROM n;
                """
        )
        for statements in ["CREATE TABLE a (b TEXT);", view] {
            let file = try OCELSamples.database(statements)
            #expect { try rows(file) } throws: { error in
                guard case ImportError.form(_, _, .sqlite) = error else { return false }
                return true
            }
        }
    }

    @Test("events that are in no table of their type are told")
    func lostEvents() throws {
        let file = try OCELSamples.database(OCELSamples.sql + "INSERT INTO event VALUES ('e9', 'Join');")
        let reading = try rows(file)
        #expect(reading.rows == OCELSamples.rows)
        #expect(reading.faults == ["sqlite"])
    }

    @Test("a damaged database never crashes the reader", arguments: 0..<60)
    func damagedDatabases(seed: Int) throws {
        let whole = try OCELSamples.database()
        var bytes = try withExtendedLifetime(whole) { Array(try Data(contentsOf: URL(fileURLWithPath: whole.path))) }
        var random = SeededRandom(seed: UInt64(seed))
        if seed % 3 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count - 100, using: &random)) }
        for _ in 0..<20 {
            let index = Int.random(in: 16..<bytes.count, using: &random)
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        let file = try TemporaryFile("log.sqlite", bytes)
        do {
            _ = try rows(file)
        } catch ImportError.form(_, _, let fault) {
            #expect(fault.code == "sqlite" || fault.code == "too-many-objects")
        }
    }
}
