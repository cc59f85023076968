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
        if columns == nil {
            let step = readColumns()
            guard step == .end else { return step }
        }
        return switch reader.advance() {
        case .row: .row
        case .fault(let fault): .fault(fault.reason)
        case .needsMore: .needsMore
        case .end: .end
        }
    }

    mutating func readColumns() -> RowStep {
        switch reader.advance() {
        case .row: break
        case .needsMore: return .needsMore
        case .fault, .end: return .failure(.header)
        }
        var names: [String] = []
        for field in reader.fields {
            guard let name = String(validating: reader.bytes[field], as: UTF8.self) else { return .failure(.header) }
            names.append(name)
        }
        columns = names
        return .end
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
