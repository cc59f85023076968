/// What is wrong with the form of one row.
enum CSVFault: Hashable, Sendable {
    /// A quoted field has no closing quote within the largest row, or before the end of the file.
    case unclosedQuote
    /// Something other than a delimiter or a line end follows a closing quote.
    case textAfterQuote
    case tooLong
    case tooManyFields
}
