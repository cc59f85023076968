import EventSourcing

/// Reads one file and turns its rows into appends, batch by batch, on a thread of its own.
actor RowSource {
    /// The file as an import names it.
    struct Identity: Hashable, Sendable {
        let name: String
        let byteCount: Int
        let sha256: String
    }

    /// Some rows in the order of the file.
    struct Batch: Sendable {
        var appends: [Append] = []
        /// The line of each append.
        var lines: [Int] = []
        var rejects: [RejectedRow] = []
        var negativeIntervals = 0
        var eventBytes = 0
        /// Bytes of the file that are done with this batch.
        var bytesRead = 0

        var rows: Int { appends.count + rejects.count }
    }

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let executor: BlockingExecutor
    private let file: InputFile
    private let mapping: Mapping
    private var reader: CSVReader
    private var mapper: RowMapper?
    private var bytesRead = 0
    private var isAtEnd = false
    /// Whether the file ended in the middle of a row.
    private(set) var isTruncated = false
    /// Whether the last row, though whole, had no line end.
    private(set) var lacksLastLineEnd = false

    /// Opens the file.
    init(path: String, mapping: Mapping) throws(ImportError) {
        file = try InputFile(path: path)
        self.mapping = mapping
        reader = CSVReader(dialect: CSVDialect(delimiter: mapping.format.delimiter))
        executor = BlockingExecutor(label: "muster.import")
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    /// Reads the whole file once for its hash, and its header to see whether the mapping fits.
    func identify() throws(ImportError) -> Identity {
        let sha256 = try file.digest()
        let identity = Identity(name: file.name, byteCount: file.byteCount, sha256: sha256)
        let columns = if let named = mapping.format.columns { named } else { try header() }
        let missing = mapping.usedColumns.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            throw .missingColumns(path: file.path, mapping: mapping.name, missing: missing, found: columns)
        }
        for column in mapping.usedColumns where columns.count(where: { $0 == column }) > 1 {
            throw .repeatedColumn(path: file.path, column: column)
        }
        let start = ImportID.start(sha256: sha256, mapping: mapping)
        mapper = RowMapper(mapping: mapping, columns: columns, source: file.name, start: start)
        return identity
    }

    /// Events of this size together end a batch, so that large rows do not fill the memory.
    private static let batchBytes = 2 << 20

    /// The next rows, at most `limit`; nil at the end of the file. `identify` comes first.
    func next(limit: Int) throws(ImportError) -> Batch? {
        guard var mapper, !isAtEnd else { return nil }
        self.mapper = nil
        defer { self.mapper = mapper }
        var batch = Batch()
        batch.appends.reserveCapacity(limit)
        batch.lines.reserveCapacity(limit)
        while batch.rows < limit, batch.eventBytes < Self.batchBytes {
            switch try step() {
            case .row:
                take(into: &batch, by: &mapper)
            case .fault(let fault):
                isTruncated = isTruncated || reader.endsInsideQuotes
                batch.rejects.append(RejectedRow(line: reader.line, column: nil, reason: fault.reason))
            case .needsMore, .end:
                isAtEnd = true
                try file.checkUnchanged()
                batch.bytesRead = bytesRead
                return batch.rows == 0 ? nil : batch
            }
        }
        batch.bytesRead = bytesRead
        return batch
    }

    private func take(into batch: inout Batch, by mapper: inout RowMapper) {
        do throws(RowMapper.Fault) {
            let row = try mapper.map(reader.bytes, reader.fields, line: reader.line)
            batch.appends.append(row.append)
            batch.lines.append(reader.line)
            batch.eventBytes += row.eventBytes
            if row.hasNegativeInterval { batch.negativeIntervals += 1 }
            lacksLastLineEnd = !reader.isTerminated
        } catch {
            var reason = error.reason
            if !reader.isTerminated, case .fieldCount(let found, let expected) = reason, found < expected {
                isTruncated = true
                reason = .truncated
            }
            let column = error.column.flatMap { mapper.columns.indices.contains($0) ? mapper.columns[$0] : nil }
            batch.rejects.append(RejectedRow(line: reader.line, column: column, reason: reason))
        }
    }

    private func header() throws(ImportError) -> [String] {
        guard try step() == .row else { throw .unreadableHeader(path: file.path) }
        var columns: [String] = []
        for field in reader.fields {
            guard let name = String(validating: reader.bytes[field], as: UTF8.self) else {
                throw .unreadableHeader(path: file.path)
            }
            columns.append(name)
        }
        return columns
    }

    /// Advances to the next row, reading on when the text at hand is used up.
    private func step() throws(ImportError) -> CSVReader.Step {
        while true {
            let step = reader.advance()
            guard step == .needsMore else { return step }
            let chunk = try file.read()
            bytesRead += chunk.count
            if chunk.isEmpty { reader.finish() } else { reader.feed(chunk) }
        }
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
