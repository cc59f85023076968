/// Reads the rows of one format from the text that is fed to it, chunk by chunk.
///
/// A row is one field for each of `columns`. A reader holds no more than the row it is at: what is larger, nested deeper
/// or otherwise out of bounds is a fault, and reading goes on behind it where the format lets it.
///
/// Call `next`, and when it wants more, `feed` or `finish`, and `next` again.
protocol RowReader {
    /// The names of the fields of every row; nil until the text has told them, which is before the first row.
    var columns: [String]? { get }
    /// The text that `fields` point into, until the next call of `next`, `feed` or `finish`.
    var bytes: [UInt8] { get }
    /// Where the fields of the row lie in `bytes`: as many as there are columns, in ascending order, and empty where
    /// nothing is known. A CSV row may have another number of fields, as it has in the file.
    var fields: [Range<Int>] { get }
    /// The line on which the row or fault begins, from 1.
    var line: Int { get }
    /// Whether something came behind the row, so that it cannot have been cut off in its last field.
    var isTerminated: Bool { get }
    /// Whether the fault is that the text ended in the middle of a row.
    var endsInsideRow: Bool { get }

    /// - Parameter chunk: the next bytes of the text, of any number.
    mutating func feed(_ chunk: [UInt8])
    /// No more text will come.
    mutating func finish()
    mutating func next() -> RowStep
}

/// What came next in a text of rows.
enum RowStep: Hashable, Sendable {
    /// A row is in `bytes` and `fields`.
    case row
    /// Something was skipped that is no row.
    case fault(RejectReason)
    /// The rest is the beginning of a row.
    case needsMore
    /// The text has ended, and was whole.
    case end
    /// The rest of the text cannot be read.
    case failure(FormFault)
}
