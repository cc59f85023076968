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
    private var file: RowFile
    private let mapping: Mapping
    private var mapper: RowMapper?
    private var isAtEnd = false
    /// What the file cannot be read further for. The rows before it come first.
    private var failure: ImportError?
    /// Whether the file ended in the middle of a row.
    private(set) var isTruncated = false
    /// Whether the last row, though whole, had no line end.
    private(set) var lacksLastLineEnd = false

    /// Opens the file.
    init(path: String, mapping: Mapping) throws(ImportError) {
        file = try RowFile(path: path, format: mapping.format)
        self.mapping = mapping
        executor = BlockingExecutor(label: "muster.import")
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    /// Reads the whole file once for its hash, and its beginning to see whether the mapping fits.
    func identify() throws(ImportError) -> Identity {
        let sha256 = try file.digest()
        let identity = Identity(name: file.name, byteCount: file.byteCount, sha256: sha256)
        let columns =
            if mapping.format.type.hasFixedColumns { try fixedColumns() } else { try wantedColumns() }
        let start = ImportID.start(sha256: sha256, mapping: mapping)
        mapper = RowMapper(mapping: mapping, columns: columns, source: file.name, start: start)
        return identity
    }

    /// The columns of a file that names them, or whose mapping does.
    private func fixedColumns() throws(ImportError) -> [String] {
        try file.open(columns: nil)
        let columns = try file.readColumns()
        let missing = mapping.usedColumns.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            throw .missingColumns(path: file.path, mapping: mapping.name, missing: missing, found: columns)
        }
        for column in mapping.usedColumns where columns.count(where: { $0 == column }) > 1 {
            throw .repeatedColumn(path: file.path, column: column)
        }
        return columns
    }

    /// Rows that are looked at for their columns, and bytes of the file that are read for it.
    private static let sampleRows = 1_000
    private static let sampleBytes = 4 << 20

    /// The columns of the mapping, once the beginning of the file has those that say what it is a log of.
    private func wantedColumns() throws(ImportError) -> [String] {
        try file.open(columns: nil)
        var rows = 0
        reading: while rows < Self.sampleRows, file.bytesRead < Self.sampleBytes {
            let step: RowStep
            do throws(ImportError) { step = try file.step() } catch {
                // What is behind the first rows is told when they have been imported.
                guard rows > 0 else { throw error }
                break reading
            }
            switch step {
            case .row: rows += 1
            case .fault: break
            case .end, .needsMore, .failure: break reading
            }
        }
        let found = file.columns ?? []
        let missing = mapping.neededColumns.filter { !found.contains($0) }
        guard missing.isEmpty || rows == 0 || found.count >= CSVDialect.maximumFields else {
            throw .missingColumns(path: file.path, mapping: mapping.name, missing: missing, found: found)
        }
        try file.open(columns: mapping.usedColumns)
        return mapping.usedColumns
    }

    /// Events of this size together end a batch, so that large rows do not fill the memory.
    private static let batchBytes = 2 << 20

    /// The next rows, at most `limit`; nil at the end of the file. `identify` comes first.
    ///
    /// - Throws: what the file cannot be read further for, after the rows before it.
    func next(limit: Int) throws(ImportError) -> Batch? {
        if let failure { throw failure }
        guard var mapper, !isAtEnd else { return nil }
        self.mapper = nil
        defer { self.mapper = mapper }
        mapper.beginBatch()
        var batch = Batch()
        batch.appends.reserveCapacity(limit)
        batch.lines.reserveCapacity(limit)
        do throws(ImportError) {
            try fill(&batch, limit: limit, by: &mapper)
        } catch {
            failure = error
            if batch.rows == 0 { throw error }
        }
        batch.bytesRead = file.bytesRead
        return batch.rows == 0 ? nil : batch
    }

    private func fill(_ batch: inout Batch, limit: Int, by mapper: inout RowMapper) throws(ImportError) {
        while batch.rows < limit, batch.eventBytes < Self.batchBytes {
            switch try file.step() {
            case .row:
                take(into: &batch, by: &mapper)
            case .fault(let reason):
                isTruncated = isTruncated || file.endsInsideRow || reason == .truncated
                batch.rejects.append(RejectedRow(line: file.line, byte: file.offset, column: nil, reason: reason))
            case .end, .needsMore, .failure:
                isAtEnd = true
                try file.checkUnchanged()
                return
            }
        }
    }

    private func take(into batch: inout Batch, by mapper: inout RowMapper) {
        do throws(RowMapper.Fault) {
            let row = try mapper.map(file.bytes, file.fields, line: file.line)
            batch.appends.append(row.append)
            batch.lines.append(file.line)
            batch.eventBytes += row.eventBytes
            if row.hasNegativeInterval { batch.negativeIntervals += 1 }
            lacksLastLineEnd = !file.isTerminated
        } catch {
            var reason = error.reason
            if !file.isTerminated, case .fieldCount(let found, let expected) = reason, found < expected {
                isTruncated = true
                reason = .truncated
            }
            let column = error.column.flatMap { mapper.columns.indices.contains($0) ? mapper.columns[$0] : nil }
            batch.rejects.append(RejectedRow(line: file.line, byte: file.offset, column: column, reason: reason))
        }
    }
}

extension Mapping {
    /// Columns without which a file is of another kind. What else rows must have is told of each row that lacks it.
    fileprivate var neededColumns: [String] { caseColumns + [activityColumn, atColumn].compactMap { $0 } }
}
