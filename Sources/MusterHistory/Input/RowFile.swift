/// A file and the reader of its rows. Its calls block.
struct RowFile: ~Copyable {
    private var file: InputFile
    private let format: Mapping.Format
    private var reader: any RowReader
    private var decoder: TextDecoder?
    /// The objects of an OCEL log, which its events refer to from anywhere in the file.
    private var objects: OCELObjects?

    init(path: String, format: Mapping.Format) throws(ImportError) {
        file = try InputFile(path: path)
        self.format = format
        reader = CSVRows(dialect: CSVDialect(), columns: [])
    }

    var path: String { file.path }
    var name: String { file.name }
    var byteCount: Int { file.byteCount }
    /// Bytes of the file that were read since it was opened.
    var bytesRead: Int { file.bytesRead }

    // MARK: - The row at hand

    var columns: [String]? { reader.columns }
    var bytes: [UInt8] { reader.bytes }
    var fields: [Range<Int>] { reader.fields }
    var line: Int { reader.line }
    var offset: Int? { reader.offset }
    var isTerminated: Bool { reader.isTerminated }
    var endsInsideRow: Bool { reader.endsInsideRow }

    // MARK: - Reading

    /// Begins at the first row.
    ///
    /// - Parameter columns: those to read, where rows have no fixed ones; nil for all there are, which then grow while
    ///   rows are read.
    mutating func open(columns: [String]?) throws(ImportError) {
        let source = try RowReaders.source(of: file, type: format.type)
        if format.type == .ocel {
            try rewind(source)
            try readObjects(source, columns)
        }
        try rewind(source)
        reader = RowReaders.make(format, source, columns: columns, objects: objects)
    }

    /// Advances to the next row, reading on when the text at hand is used up. Never `needsMore` or `failure`.
    ///
    /// - Throws: what the file cannot be read further for.
    mutating func step() throws(ImportError) -> RowStep {
        while true {
            let step = reader.next()
            switch step {
            case .row, .fault, .end: return step
            case .needsMore: try feed()
            case .failure(let fault): throw failure(fault)
            }
        }
    }

    /// Reads until the columns are known, and no further than before the first row.
    mutating func readColumns() throws(ImportError) -> [String] {
        while true {
            if let columns = reader.columns { return columns }
            switch reader.readColumns() {
            case .needsMore: try feed()
            case .failure(let fault): throw failure(fault)
            case .row, .fault, .end: return reader.columns ?? []
            }
        }
    }

    mutating func digest() throws(ImportError) -> String { try file.digest() }
    func checkUnchanged() throws(ImportError) { try file.checkUnchanged() }

    private mutating func rewind(_ source: RowReaders.Source) throws(ImportError) {
        try file.rewind()
        decoder = try TextDecoder.make(source.isText ? format.encoding : .utf8, path: file.path)
    }

    private func failure(_ fault: FormFault) -> ImportError {
        fault == .header ? .unreadableHeader(path: path) : .form(path: path, line: reader.line, fault)
    }

    private mutating func feed() throws(ImportError) {
        let chunk = try file.read()
        let text =
            if let decoder { chunk.isEmpty ? decoder.finish() : decoder.decode(chunk) } else { chunk }
        if !text.isEmpty { reader.feed(text) }
        if chunk.isEmpty { reader.finish() }
    }

    private mutating func readObjects(_ source: RowReaders.Source, _ columns: [String]?) throws(ImportError) {
        let objects = OCELObjects(caseType: format.caseType, columns: columns)
        self.objects = objects
        if case .database = source { return }
        if source == .xml {
            reader = XMLRows(OCELXMLObjects(objects: objects))
        } else {
            reader = OCELJSONObjects(objects: objects)
        }
        while try step() != .end {}
    }
}
