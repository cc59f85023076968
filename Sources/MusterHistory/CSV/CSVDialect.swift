/// How a CSV file is written, and how large a row of it may be.
struct CSVDialect: Sendable {
    static let maximumFields = 1_000

    /// The byte between two fields.
    var delimiter = UInt8(ascii: ",")
    /// Bytes of one row, its line breaks included. A quote that is never closed ends here instead of eating the file.
    var maximumRowBytes = 1 << 20
}
