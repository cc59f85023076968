import EventSourcing

/// Writes a log in one format. It is used from one thread at a time.
protocol ExportWriter: AnyObject {
    /// Whether events are wanted stream by stream, since the format keeps those of a case together.
    var readsByStream: Bool { get }
    /// How often the events are wanted: twice where something stands before them that follows from all of them.
    var passes: Int { get }
    /// Activities, or places, that were written.
    var written: Int { get }

    /// Comes before the events of each pass.
    func begin(pass: Int) throws

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws

    /// Streams of the log, between the passes.
    func take(_ streams: [StreamName]) throws

    /// Comes after the events of each pass.
    func end(pass: Int) throws
}

extension ExportWriter {
    var readsByStream: Bool { false }
    var passes: Int { 1 }
    func begin(pass: Int) throws {}
    func take(_ streams: [StreamName]) throws {}
}

extension ExportFormat {
    func makeWriter(_ output: ExportOutput, _ head: ExportHead, _ catalogue: ExportCatalogue) throws -> any ExportWriter
    {
        switch self {
        case .xes: XESWriter(output, head, catalogue)
        case .csv: CSVWriter(output, catalogue)
        case .ndjson: CloudEventsWriter(output, head)
        case .geojson: GeoJSONWriter(output, head, catalogue)
        case .ocelJSON: OCELWriter(OCELJSONEncoding(output, head), catalogue)
        case .ocelXML: OCELWriter(OCELXMLEncoding(output, head), catalogue)
        case .ocelSQLite: OCELWriter(try OCELSQLiteEncoding(output, head), catalogue)
        }
    }
}
