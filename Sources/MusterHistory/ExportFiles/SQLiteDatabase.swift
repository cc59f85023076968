import CSQLite

/// An SQLite database that is being written. Used from one thread.
final class SQLiteDatabase {
    private var handle: OpaquePointer?
    /// What errors call the file.
    private let shown: String

    init(path: String, shown: String) throws(ExportFileError) {
        self.shown = shown
        let result = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard result == SQLITE_OK else {
            let error = failure()
            sqlite3_close_v2(handle)
            handle = nil
            throw error
        }
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws(ExportFileError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    func prepare(_ sql: String) throws(ExportFileError) -> SQLiteStatement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        return SQLiteStatement(statement, of: self)
    }

    /// Statements that are left keep it open.
    func close() throws(ExportFileError) {
        guard sqlite3_close_v2(handle) == SQLITE_OK else { throw failure() }
        handle = nil
    }

    func failure() -> ExportFileError {
        .unwritable(path: shown, reason: String(cString: sqlite3_errmsg(handle)))
    }
}

/// A statement that is run many times.
final class SQLiteStatement {
    /// SQLite copies a text that is bound with this.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private let handle: OpaquePointer
    private let database: SQLiteDatabase

    init(_ handle: OpaquePointer, of database: SQLiteDatabase) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    func run(_ texts: [String]) throws(ExportFileError) {
        for (index, text) in texts.enumerated() { try bind(text, at: Int32(index) + 1) }
        try step()
    }

    func bind(_ text: String, at place: Int32) throws(ExportFileError) {
        let result = sqlite3_bind_text(handle, place, text, Int32(text.utf8.count), Self.transient)
        guard result == SQLITE_OK else { throw database.failure() }
    }

    func bind(_ value: ExportValue, at place: Int32) throws(ExportFileError) {
        let result: Int32
        switch value {
        case .integer(let number): result = sqlite3_bind_int64(handle, place, number)
        case .boolean(let truth): result = sqlite3_bind_int(handle, place, truth ? 1 : 0)
        case .number(let text): result = sqlite3_bind_double(handle, place, Double(text) ?? 0)
        case .time: return try bind(OCELSQLiteEncoding.time(value.text), at: place)
        case .text, .json: return try bind(value.text, at: place)
        }
        guard result == SQLITE_OK else { throw database.failure() }
    }

    /// Runs it, and forgets what was bound.
    func step() throws(ExportFileError) {
        let result = sqlite3_step(handle)
        let error = result == SQLITE_DONE ? nil : database.failure()
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        if let error { throw error }
    }
}
