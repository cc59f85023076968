import CSQLite

/// An OCEL log in SQLite, opened to be read and for nothing else.
///
/// The file may come from anybody: its views, triggers and own functions are not run, and no value is longer than a row.
final class OCELDatabase {
    private let handle: OpaquePointer

    init(path: String) throws(FormFault) {
        var handle: OpaquePointer?
        // An immutable file has no journal beside it to be played back, and none is made.
        let status = sqlite3_open_v2(
            "file:\(Self.escaped(path))?immutable=1",
            &handle,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
            nil
        )
        guard let handle else { throw .sqlite("no memory") }
        guard status == SQLITE_OK, sqlite_distrust(handle) != 0 else {
            let message = String(cString: sqlite3_errmsg(handle))
            sqlite3_close_v2(handle)
            throw .sqlite(message)
        }
        self.handle = handle
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(RowBuilder.maximumRowBytes))
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(RowBuilder.maximumRowBytes))
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        // A damaged page is an error and not a wrong value; temporary indices lie in memory.
        for pragma in ["PRAGMA cell_size_check = 1", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16384"] {
            let statement = try statement(pragma)
            while try statement.step() {}
        }
    }

    deinit { sqlite3_close_v2(handle) }

    func statement(_ sql: String) throws(FormFault) -> OCELStatement {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK, let prepared else {
            throw .sqlite(String(cString: sqlite3_errmsg(handle)))
        }
        return OCELStatement(prepared, of: self)
    }

    fileprivate var message: String { String(cString: sqlite3_errmsg(handle)) }

    /// The tables that hold the attributes of each type, by the type's name.
    func tables(_ kind: String) throws(FormFault) -> [(type: String, table: String)] {
        let statement = try statement("SELECT ocel_type, ocel_type_map FROM \(kind)_map_type")
        var tables: [(type: String, table: String)] = []
        while try statement.step() {
            tables.append((statement.text(0), Self.quoted("\(kind)_\(statement.text(1))")))
        }
        return tables
    }

    private static func quoted(_ name: String) -> String {
        "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }

    /// The path as a URI holds it.
    private static func escaped(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var text = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return text
    }
}

/// One statement of an OCEL database, and the row it stands at.
final class OCELStatement {
    private let handle: OpaquePointer
    private let database: OCELDatabase

    fileprivate init(_ handle: OpaquePointer, of database: OCELDatabase) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { column in
            sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
        }
    }

    /// Whether there is another row.
    func step() throws(FormFault) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw .sqlite(database.message)
        }
    }

    /// The value of a column as text; empty for none.
    func text(_ column: Int) -> String {
        guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}

extension OCELObjects {
    /// Reads the objects of a database.
    func add(from database: OCELDatabase) throws(FormFault) {
        let objects = try database.statement("SELECT ocel_id, ocel_type FROM object")
        while try objects.step() { try add(objects.text(0), type: objects.text(1)) }
        for (type, table) in try database.tables("object") where type == caseType {
            let values = try database.statement("SELECT * FROM \(table)")
            let columns = values.columns
            guard let id = columns.firstIndex(of: "ocel_id"), let time = columns.firstIndex(of: "ocel_time") else {
                throw .sqlite("\(table) has no columns ocel_id and ocel_time")
            }
            let changed = columns.firstIndex(of: "ocel_changed_field")
            while try values.step() {
                let changedName = changed.map { values.text($0) } ?? ""
                for (index, name) in columns.enumerated()
                where index != id && index != time && index != changed && (changedName.isEmpty || changedName == name) {
                    let value = values.text(index)
                    guard !value.isEmpty else { continue }
                    try addValue(of: values.text(id), name, Value(time: values.text(time), value: value))
                }
            }
        }
    }
}

/// The events of an OCEL 2.0 log in SQLite, type by type.
final class OCELDatabaseRows: RowReader {
    private static let maximumRelations = 20_000

    private let path: String
    private var maker: OCELRowMaker
    private var database: OCELDatabase?
    private var tables: [(type: String, table: String)] = []
    private var nextTable = 0
    private var events: Events?
    private var eventCount = 0
    private var isAtEnd = false

    /// The events of one type, each with the objects it refers to.
    private struct Events {
        let type: String
        let statement: OCELStatement
        let columns: [String]
        let id: Int
        let time: Int
        /// The last two columns are the relation.
        let relation: Int
        /// The event of the row that the statement stands at.
        var pending: OCELEvent?
        /// A statement that has come to its end would begin anew.
        var isAtEnd = false
    }

    init(path: String, maker: OCELRowMaker) {
        self.path = path
        self.maker = maker
    }

    var columns: [String]? { maker.builder.columns }
    var bytes: [UInt8] { maker.builder.bytes }
    var fields: [Range<Int>] { maker.builder.fields }
    /// The number of the event, since a database has no lines.
    var line: Int { max(1, eventCount) }
    var isTerminated: Bool { true }
    var endsInsideRow: Bool { false }

    func feed(_ chunk: [UInt8]) {}
    func finish() {}

    func next() -> RowStep {
        do throws(FormFault) {
            while true {
                if let step = maker.next() { return step }
                if isAtEnd { return .end }
                guard let event = try nextEvent() else { return try ending() }
                eventCount += 1
                maker.take(event)
            }
        } catch {
            return .failure(error)
        }
    }

    private func ending() throws(FormFault) -> RowStep {
        isAtEnd = true
        guard let count = try database?.statement("SELECT count(*) FROM event") else { return .end }
        guard try count.step(), let total = Int(count.text(0)), total > eventCount else { return .end }
        return .fault(.form(.sqlite("\(total - eventCount) events are not in the table of their type")))
    }

    private func nextEvent() throws(FormFault) -> OCELEvent? {
        if database == nil {
            let opened = try OCELDatabase(path: path)
            try maker.objects.add(from: opened)
            tables = try opened.tables("event")
            database = opened
        }
        while true {
            if let event = try nextOfType() { return event }
            guard let database, nextTable < tables.count else { return nil }
            events = try Self.events(tables[nextTable], in: database)
            nextTable += 1
        }
    }

    private static func events(
        _ table: (type: String, table: String),
        in database: OCELDatabase
    ) throws(FormFault) -> Events {
        // The rows of one event stand together: the left table is the outer loop.
        let statement = try database.statement(
            """
            SELECT e.*, r.ocel_object_id, r.ocel_qualifier
            FROM \(table.table) e LEFT JOIN event_object r ON r.ocel_event_id = e.ocel_id
            """
        )
        let columns = statement.columns
        guard let id = columns.firstIndex(of: "ocel_id"), let time = columns.firstIndex(of: "ocel_time") else {
            throw .sqlite("\(table.table) has no columns ocel_id and ocel_time")
        }
        return Events(
            type: table.type,
            statement: statement,
            columns: columns,
            id: id,
            time: time,
            relation: columns.count - 2
        )
    }

    private func nextOfType() throws(FormFault) -> OCELEvent? {
        guard var events else { return nil }
        defer { self.events = events }
        while !events.isAtEnd {
            guard try events.statement.step() else {
                events.isAtEnd = true
                break
            }
            let id = events.statement.text(events.id)
            if let before = events.pending, before.id != id {
                events.pending = Self.event(events)
                return before
            }
            if events.pending == nil { events.pending = Self.event(events) } else { try Self.addRelation(&events) }
        }
        guard let last = events.pending else { return nil }
        events.pending = nil
        return last
    }

    private static func event(_ events: Events) -> OCELEvent {
        var event = OCELEvent()
        event.id = events.statement.text(events.id)
        event.type = events.type
        event.time = events.statement.text(events.time)
        for index in 0..<events.relation where index != events.id && index != events.time {
            let value = events.statement.text(index)
            if !value.isEmpty { event.attributes.append((events.columns[index], value)) }
        }
        let object = events.statement.text(events.relation)
        if !object.isEmpty {
            event.relations = [
                OCELEvent.Relation(object: object, qualifier: events.statement.text(events.relation + 1))
            ]
        }
        return event
    }

    private static func addRelation(_ events: inout Events) throws(FormFault) {
        guard let count = events.pending?.relations.count, count < maximumRelations else {
            throw .sqlite("an event refers to more than \(maximumRelations) objects")
        }
        events.pending?.relations.append(
            OCELEvent.Relation(
                object: events.statement.text(events.relation),
                qualifier: events.statement.text(events.relation + 1)
            )
        )
    }
}
