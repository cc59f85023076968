/// The rows of a CSV file, whose first line names the columns unless the mapping does.
struct CSVRows: RowReader {
    private(set) var columns: [String]?
    private var reader: CSVReader

    init(dialect: CSVDialect, columns: [String]?) {
        reader = CSVReader(dialect: dialect)
        self.columns = columns
    }

    var bytes: [UInt8] { reader.bytes }
    var fields: [Range<Int>] { reader.fields }
    var line: Int { reader.line }
    var isTerminated: Bool { reader.isTerminated }
    var endsInsideRow: Bool { reader.endsInsideQuotes }

    mutating func feed(_ chunk: [UInt8]) { reader.feed(chunk) }
    mutating func finish() { reader.finish() }

    mutating func next() -> RowStep {
        let step = reader.advance()
        switch step {
        case .row: break
        case .fault(let fault): return columns == nil ? .failure(.header) : .fault(fault.reason)
        case .needsMore: return .needsMore
        case .end: return columns == nil ? .failure(.header) : .end
        }
        guard columns == nil else { return .row }
        var names: [String] = []
        for field in reader.fields {
            guard let name = String(validating: reader.bytes[field], as: UTF8.self) else { return .failure(.header) }
            names.append(name)
        }
        columns = names
        return next()
    }
}

extension CSVFault {
    fileprivate var reason: RejectReason {
        switch self {
        case .unclosedQuote: .unclosedQuote
        case .textAfterQuote: .textAfterQuote
        case .tooLong, .tooManyFields: .tooLong
        }
    }
}
