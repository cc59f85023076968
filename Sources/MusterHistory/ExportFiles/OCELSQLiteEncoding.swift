import CSQLite

/// OCEL 2.0 as an SQLite database: a table for each type beside those of events, objects and relations.
final class OCELSQLiteEncoding: OCELEncoding {
    private struct EventTable {
        let insert: SQLiteStatement
        /// The place of each attribute among the values.
        let places: [String: Int32]
    }

    private let database: SQLiteDatabase
    private let head: ExportHead
    private var insertEvent: SQLiteStatement?
    private var insertObject: SQLiteStatement?
    private var insertRelation: SQLiteStatement?
    private var objectTables: [String: SQLiteStatement] = [:]
    private var eventTables: [String: EventTable] = [:]

    init(_ output: ExportOutput, _ head: ExportHead) throws {
        // Until it has its name the file is nobody's: what a crash leaves is thrown away, so no journal is kept.
        database = try SQLiteDatabase(path: output.temporary, shown: output.path)
        self.head = head
        for setting in ["journal_mode = off", "synchronous = off", "locking_mode = exclusive", "page_size = 4096"] {
            try database.run("pragma \(setting)")
        }
        try database.run("begin")
    }

    func begin(objectTypes: [String], eventTypes: [OCELEventType]) throws {
        try database.run(
            """
            create table event_map_type (ocel_type text primary key, ocel_type_map text);
            create table object_map_type (ocel_type text primary key, ocel_type_map text);
            create table event (
                ocel_id text primary key,
                ocel_type text references event_map_type (ocel_type)
            );
            create table object (
                ocel_id text primary key,
                ocel_type text references object_map_type (ocel_type)
            );
            create table event_object (
                ocel_event_id text references event (ocel_id),
                ocel_object_id text references object (ocel_id),
                ocel_qualifier text,
                primary key (ocel_event_id, ocel_object_id, ocel_qualifier)
            );
            create table object_object (
                ocel_source_id text references object (ocel_id),
                ocel_target_id text references object (ocel_id),
                ocel_qualifier text,
                primary key (ocel_source_id, ocel_target_id, ocel_qualifier)
            );
            create table muster_export (name text primary key, value text);
            """
        )
        let insertHead = try database.prepare("insert into muster_export values (?, ?)")
        for member in head.members { try insertHead.run([member.name, member.value.text]) }
        insertEvent = try database.prepare("insert into event values (?, ?)")
        insertObject = try database.prepare("insert into object values (?, ?)")
        insertRelation = try database.prepare("insert or ignore into event_object values (?, ?, ?)")
        try makeObjectTables(objectTypes)
        try makeEventTables(eventTypes)
    }

    private func makeObjectTables(_ types: [String]) throws {
        let insertType = try database.prepare("insert into object_map_type values (?, ?)")
        var names = SQLiteNames(reserved: ["object", "object_object", "object_map_type"], prefix: "object_")
        for type in types {
            let table = names.name(for: type)
            try insertType.run([type, String(table.dropFirst("object_".count))])
            try database.run(
                """
                create table \(SQLiteNames.quoted(table)) (
                    ocel_id text references object (ocel_id), ocel_time timestamp, ocel_changed_field text
                )
                """
            )
            objectTables[type] = try database.prepare(
                "insert into \(SQLiteNames.quoted(table)) (ocel_id, ocel_time) values (?, '1970-01-01 00:00:00.000000')"
            )
        }
    }

    private func makeEventTables(_ types: [OCELEventType]) throws {
        let insertType = try database.prepare("insert into event_map_type values (?, ?)")
        var names = SQLiteNames(reserved: ["event", "event_object", "event_map_type"], prefix: "event_")
        for type in types {
            let table = names.name(for: type.name)
            try insertType.run([type.name, String(table.dropFirst("event_".count))])
            var columnNames = SQLiteNames(reserved: ["ocel_id", "ocel_time"], prefix: "")
            var columns = "ocel_id text primary key references event (ocel_id), ocel_time timestamp"
            var places: [String: Int32] = [:]
            // A table has two thousand columns at most; no event comes near.
            for (index, attribute) in type.attributes.prefix(1_900).enumerated() {
                let column = columnNames.column(for: attribute.name)
                columns += ", \(SQLiteNames.quoted(column)) \(Self.type(of: attribute.kind))"
                places[attribute.name] = Int32(index) + 3
            }
            try database.run("create table \(SQLiteNames.quoted(table)) (\(columns))")
            let marks = Array(repeating: "?", count: places.count + 2).joined(separator: ", ")
            eventTables[type.name] = EventTable(
                insert: try database.prepare("insert into \(SQLiteNames.quoted(table)) values (\(marks))"),
                places: places
            )
        }
    }

    private static func type(of kind: ExportKind) -> String {
        switch kind {
        case .text: "text"
        case .integer: "integer"
        case .number: "real"
        case .boolean: "boolean"
        case .time: "timestamp"
        }
    }

    func object(_ id: String, type: String) throws {
        try insertObject?.run([id, type])
        try objectTables[type]?.run([id])
    }

    func beginEvents() throws {}

    func event(_ item: ExportItem, _ attributes: [ExportAttribute]) throws {
        try insertEvent?.run([item.id, item.activity])
        if let table = eventTables[item.activity] {
            try table.insert.bind(item.id, at: 1)
            try table.insert.bind(Self.time(item.at.exported), at: 2)
            for attribute in attributes {
                guard let place = table.places[attribute.name] else { continue }
                try table.insert.bind(attribute.value, at: place)
            }
            try table.insert.step()
        }
        for reference in item.references {
            try insertRelation?.run([item.id, reference.object, reference.qualifier])
        }
    }

    func end() throws {
        try database.run("commit")
        (insertEvent, insertObject, insertRelation) = (nil, nil, nil)
        (objectTables, eventTables) = ([:], [:])
        try database.close()
    }

    /// As the published example writes times: in UTC, without a letter.
    static func time(_ text: String) -> String {
        text.replacing("T", with: " ").replacing("Z", with: "")
    }
}

/// Names of tables and columns, which SQLite does not tell apart by their case.
private struct SQLiteNames {
    private var taken: Set<String>
    private let prefix: String

    init(reserved: Set<String>, prefix: String) {
        taken = reserved
        self.prefix = prefix
    }

    /// The name of a type's table: letters and digits of the type's name alone, since tools put it into statements as it is.
    mutating func name(for type: String) -> String {
        let kept = type.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        var letters = String(String.UnicodeScalarView(kept))
        if letters.isEmpty { letters = "type" }
        return free(prefix + letters)
    }

    mutating func column(for attribute: String) -> String { free(attribute) }

    private mutating func free(_ name: String) -> String {
        var (candidate, number) = (name, 1)
        while !taken.insert(candidate.lowercased()).inserted {
            number += 1
            candidate = "\(name)_\(number)"
        }
        return candidate
    }

    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
