import EventSourcing
import Records

/// Gathers a report event by event.
struct ReportFold {
    /// The latest text of each mapping that was seen.
    private(set) var latest: [String: Mapping] = [:]

    private let known: [String: Mapping]
    private var types: [EventType: Int] = [:]
    private var rows: [RowFold] = []
    private var indexByMapping: [String: Int] = [:]
    private var whistles = WhistleFold()
    private var first: Timestamp?
    private var last: Timestamp?

    /// - Parameter known: mappings whose latest texts are known from an earlier reading.
    init(known: [String: Mapping]) { self.known = known }

    /// Whether rows were gathered by a text of their mapping that was replaced later.
    var isOutdated: Bool { rows.contains { $0.mapping != latest[$0.mapping.name] } }

    mutating func take(_ event: RecordedEvent) throws(Problems) {
        types[event.type, default: 0] += 1
        switch event.type {
        case ImportEventType.started: try begin(ImportStarted.record.decode(event.data))
        case ImportEventType.finished:
            let finished = try ImportFinished.record.decode(event.data)
            if let index = indexByMapping[finished.mapping] { rows[index].take(finished) }
        case ImportEventType.row:
            let row = try RowEvent(event)
            if let index = indexByMapping[row.mapping] { try rows[index].take(row, of: event.stream) }
            happened(event.occurredAt)
        default:
            try whistles.take(event)
            happened(event.occurredAt)
        }
    }

    private mutating func happened(_ time: Timestamp) {
        first = min(first ?? time, time)
        last = max(last ?? time, time)
    }

    private mutating func begin(_ started: ImportStarted) throws(Problems) {
        let mapping: Mapping
        do throws(MappingError) {
            mapping = try Mapping(yaml: started.mappingText)
        } catch {
            throw Problems("mapping", error.words)
        }
        latest[mapping.name] = mapping
        if indexByMapping[mapping.name] == nil {
            indexByMapping[mapping.name] = rows.count
            rows.append(RowFold(mapping: known[mapping.name] ?? mapping))
        }
        if let index = indexByMapping[mapping.name] { rows[index].take(started) }
    }

    func report(of log: any EventStore, at position: Position) -> HistoryReport {
        HistoryReport(
            log: log.name,
            mode: log.mode,
            position: position,
            firstOccurredAt: first,
            lastOccurredAt: last,
            types: types.map { HistoryReport.TypeCount(type: $0.key, count: $0.value) }
                .sorted { ($0.type.name, $0.type.version) < ($1.type.name, $1.type.version) },
            imports: rows.map(\.report),
            whistles: whistles.report
        )
    }
}
