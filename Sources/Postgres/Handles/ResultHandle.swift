import CLibPQ

/// The one owner of a `PGresult`, which is freed exactly once, when its owner goes.
///
/// A result is never changed after libpq has returned it.
@safe
struct ResultHandle: ~Copyable {
    enum Status: Sendable, Hashable {
        case command
        case tuples
        case emptyQuery
        case copyIn
        case copyOut
        case pipelineSync
        case pipelineAborted
        case error
        case unexpected
    }

    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQclear(pointer)
    }

    var status: Status {
        switch unsafe PQresultStatus(pointer) {
        case PGRES_COMMAND_OK: .command
        case PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: .tuples
        case PGRES_EMPTY_QUERY: .emptyQuery
        case PGRES_COPY_IN: .copyIn
        case PGRES_COPY_OUT: .copyOut
        case PGRES_PIPELINE_SYNC: .pipelineSync
        case PGRES_PIPELINE_ABORTED: .pipelineAborted
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: .error
        default: .unexpected
        }
    }

    var rowCount: Int { unsafe Int(PQntuples(pointer)) }

    var columnCount: Int { unsafe Int(PQnfields(pointer)) }

    /// Rows the command touched; 0 for commands that touch none.
    var affectedRows: Int {
        unsafe Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    /// `COMMIT`, `INSERT 0 1` and the like.
    var commandTag: String {
        unsafe String(cString: PQcmdStatus(pointer))
    }

    /// The type of a column; the invalid type 0 outside the result.
    func type(ofColumn column: Int) -> PostgresType {
        unsafe PostgresType(oid: PQftype(pointer, Int32(clamping: column)))
    }

    /// The name of a column, or nil outside the result.
    func name(ofColumn column: Int) -> String? {
        unsafe PQfname(pointer, Int32(clamping: column)).map { unsafe String(cString: $0) }
    }

    /// Lends the bytes of a value, or nil for null and outside the result.
    func withBytes<T, Failure: Error>(
        row: Int,
        column: Int,
        _ body: (UnsafeRawBufferPointer?) throws(Failure) -> T
    ) throws(Failure) -> T {
        let (row, column) = (Int32(clamping: row), Int32(clamping: column))
        let (rows, columns) = unsafe (PQntuples(pointer), PQnfields(pointer))
        guard 0..<rows ~= row, 0..<columns ~= column, unsafe PQgetisnull(pointer, row, column) == 0 else {
            return try body(nil)
        }
        return unsafe try body(
            UnsafeRawBufferPointer(
                start: PQgetvalue(pointer, row, column),
                count: Int(PQgetlength(pointer, row, column))
            )
        )
    }

    /// Every field of the error or notice; nil when the result carries none, as when libpq itself reports a lost
    /// connection.
    var diagnostics: ServerDiagnostics? {
        unsafe ServerDiagnostics(result: pointer)
    }

    /// The message of libpq for an error without fields.
    var message: String {
        unsafe String(cString: PQresultErrorMessage(pointer)).trimmingLineEnd()
    }
}

extension ServerDiagnostics {
    /// Copies the fields out of a result that somebody else owns.
    init?(result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let code = code.asciiValue, let text = unsafe PQresultErrorField(result, Int32(code)) else {
                return nil
            }
            return unsafe String(cString: text)
        }
        guard let code = field("C") else { return nil }
        self.init(
            severity: field("V") ?? field("S") ?? "ERROR",
            sqlState: SQLState(rawValue: code),
            message: field("M") ?? "",
            detail: field("D"),
            hint: field("H"),
            context: field("W"),
            position: field("P").flatMap { Int($0) },
            schema: field("s"),
            table: field("t"),
            column: field("c"),
            dataType: field("d"),
            constraint: field("n"),
            sourceFunction: field("R")
        )
    }
}

extension String {
    /// The text without the line end that libpq puts behind its messages.
    func trimmingLineEnd() -> String {
        var text = Substring(self)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
