/// Makes the readers of all formats.
enum RowReaders {
    /// What a file is made of.
    enum Source: Hashable, Sendable {
        case csv, json, xml
        /// An SQLite database, which its reader opens by itself.
        case database(path: String)

        /// Whether the mapping says how the text is encoded; XML says it itself.
        var isText: Bool { self == .csv || self == .json }
    }

    /// What the file is made of, by the format it is said to have and, where that leaves a choice, its first bytes.
    static func source(of file: borrowing InputFile, type: Mapping.FileType) throws(ImportError) -> Source {
        switch type {
        case .csv: return .csv
        case .json, .ndjson, .cloudevents: return .json
        case .xes, .atom, .cap: return .xml
        case .ocel: break
        }
        if file.beginning.starts(with: Array("SQLite format 3\0".utf8)) { return .database(path: file.path) }
        let beginning = file.isCompressed ? try InputFile(path: file.path).firstText() : file.beginning
        let first = beginning.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        return first == UInt8(ascii: "<") ? .xml : .json
    }

    static func make(
        _ format: Mapping.Format,
        _ source: Source,
        columns: [String]?,
        objects: OCELObjects?
    ) -> any RowReader {
        let builder = RowBuilder(columns: columns)
        switch format.type {
        case .csv: return CSVRows(dialect: CSVDialect(delimiter: format.delimiter), columns: format.columns)
        case .json: return JSONRows(.document, rows: format.rows, builder: builder)
        case .ndjson: return JSONRows(.lines, rows: format.rows, builder: builder)
        case .cloudevents: return JSONRows(.events, rows: format.rows, builder: builder)
        case .xes: return XMLRows(XESRows(builder: builder))
        case .atom: return XMLRows(AtomRows(builder: builder))
        case .cap: return XMLRows(CAPRows(builder: builder))
        case .ocel: break
        }
        let events = OCELRowMaker(builder: builder, objects: objects ?? OCELObjects(caseType: nil, columns: []))
        return switch source {
        case .xml: XMLRows(OCELXMLRows(maker: events))
        case .database(let path): OCELDatabaseRows(path: path, maker: events)
        case .csv, .json: OCELJSONRows(maker: events)
        }
    }
}
