/// The rows a statement returned, held in memory as the server sent them.
///
/// Values are decoded when they are asked for. Copies share one result, which is freed with the last of them.
package struct Rows: Sendable, RandomAccessCollection {
    let result: ResultBox
    let statement: Statement?

    package var startIndex: Int { 0 }
    package var endIndex: Int { result.handle.rowCount }

    package subscript(position: Int) -> Row {
        Row(result: result, statement: statement, index: position)
    }

    /// Rows the statement touched (inserted, updated, deleted, selected); 0 for commands that touch none.
    package var affectedRows: Int { result.handle.affectedRows }

    /// `INSERT`, `COMMIT` and the like, with counts, as the server names what it did.
    package var commandTag: String { result.handle.commandTag }

    /// The number of columns.
    package var columnCount: Int { result.handle.columnCount }

    /// The names of the columns, in order.
    package var columnNames: [String] {
        (0..<columnCount).map { result.handle.name(ofColumn: $0) ?? "" }
    }
}

/// Lets rows on several tasks share one result.
///
/// Unchecked, but true: the handle is never changed and frees the result once, with this object, and libpq allows
/// reading one `PGresult` from many threads (https://www.postgresql.org/docs/15/libpq-threading.html).
final class ResultBox: @unchecked Sendable {
    let handle: ResultHandle

    init(_ handle: consuming ResultHandle) {
        self.handle = handle
    }
}
