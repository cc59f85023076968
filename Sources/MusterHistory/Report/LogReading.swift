import EventSourcing
import Records

/// A log read once, from its beginning on: what its report counts and what its analysis looks at.
struct LogReading {
    let log: LogName
    let mode: LogMode
    private(set) var position = Position.origin
    private(set) var columns = EventColumns()
    private(set) var imports: [ImportedRows] = []
    private(set) var steps = IncidentSteps()
    /// Empty unless cases are chosen by where they are.
    private(set) var places = PlaceTree()
    /// Labels of the columns' clocks.
    private(set) var kinds: [Label] = []
    private(set) var types: [EventType: Int] = [:]
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?
    private(set) var lastRecorded: Timestamp?
    /// By unit of work, whether a later revision took its place; nil when there are no revisions.
    private(set) var isGone: [Bool]?
    private(set) var whistles = WhistleFold()
    /// Whether the end of cases with a due time is not known, so that their last events were taken for it.
    private(set) var endsAreAssumed = false
    /// Events of imported rows, or of the chosen category, in their own count.
    private(set) var rowCount = 0

    /// The latest text of each mapping that was seen.
    private var latest: [String: Mapping] = [:]
    private let known: [String: Mapping]
    private let choice: AnalysisChoice
    private let filters: [CaseFilter]
    private var rowColumns: [RowColumns] = []
    private var names: [RowScan.Names] = []
    private var own: OwnColumns
    private(set) var calls = CallClocks()
    private(set) var impossible = ImpossibleRows()
    private var row = RowScan()
    private var keys: [UInt64] = []
    private var revisions: [Int32] = []
    private var hasRevisions = false
    /// Clocks of cases that nothing says the end of.
    private var assumedKinds: Set<Int32> = []
    private let keySeed = UInt64.random(in: .min ... .max)

    /// - Parameter known: mappings whose latest texts are known from an earlier reading.
    private init(_ log: any EventStore, _ choice: AnalysisChoice, known: [String: Mapping]) {
        self.log = log.name
        mode = log.mode
        self.choice = choice
        self.known = known
        filters = choice.attributeFilters
        own = OwnColumns(choice, filters: filters)
    }

    /// Reads a log to its tail, as that stands when reading begins.
    ///
    /// - Parameter last: reads no further than that.
    /// - Throws: `HistoryError` for an event that does not read as its kind should; otherwise what the log throws.
    static func read(
        _ log: any EventStore,
        _ choice: AnalysisChoice = AnalysisChoice(),
        through last: Position? = nil,
        progress: (@Sendable (Position, Position) -> Void)? = nil
    ) async throws -> LogReading {
        let end = try await log.tail()
        let tail = min(last ?? end, end)
        // A later import may bring another text of the same mapping. The latest one tells what to gather, so rows that
        // were gathered before it was seen are gathered again.
        var reading = try await read(log, choice, through: tail, known: [:], progress)
        if reading.isOutdated {
            reading = try await read(log, choice, through: tail, known: reading.latest, progress)
        }
        reading.finish()
        return reading
    }

    private static func read(
        _ log: any EventStore,
        _ choice: AnalysisChoice,
        through tail: Position,
        known: [String: Mapping],
        _ progress: (@Sendable (Position, Position) -> Void)?
    ) async throws -> LogReading {
        var reading = LogReading(log, choice, known: known)
        try await LogPages(log, through: tail).forEach { events in
            for event in events {
                do throws(Problems) {
                    try reading.take(event)
                } catch {
                    throw HistoryError.unreadableEvent(event.position, event.type, error)
                }
            }
            if let end = events.last?.position { progress?(end, tail) }
        }
        return reading
    }

    /// Whether rows were gathered by a text of their mapping that was replaced later.
    private var isOutdated: Bool { imports.contains { $0.mapping != latest[$0.mapping.name] } }

    private mutating func take(_ event: RecordedEvent) throws(Problems) {
        position = event.position
        if let asKnownAt = choice.asKnownAt, event.recordedAt > asKnownAt { return }
        types[event.type, default: 0] += 1
        lastRecorded = max(lastRecorded ?? event.recordedAt, event.recordedAt)
        switch event.type {
        case ImportEventType.started: try begin(ImportStarted.record.decode(event.data))
        case ImportEventType.finished:
            let finished = try ImportFinished.record.decode(event.data)
            if let index = imports.firstIndex(where: { $0.mapping.name == finished.mapping }) {
                imports[index].take(finished)
            }
        case ImportEventType.row:
            try takeRow(event)
            happened(event.occurredAt)
        default:
            try whistles.take(event)
            if choice.isOfPlaces { try places.take(event) }
            if let caseIndex = try own.take(event, into: &columns) {
                if choice.category == "matter" {
                    try calls.take(event, caseIndex: caseIndex, &columns.agencyNames)
                } else if choice.category == "incident" {
                    try steps.take(event, caseIndex: caseIndex, filters, &columns)
                }
            }
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
        if let index = imports.firstIndex(where: { $0.mapping.name == mapping.name }) {
            imports[index].take(started)
            return
        }
        let used = known[mapping.name] ?? mapping
        var rows = ImportedRows(mapping: used)
        rows.take(started)
        imports.append(rows)
        let bound = RowColumns(used, &columns, kinds: &kinds, filters: filters, choice)
        rowColumns.append(bound)
        if bound.assumesEnds { assumedKinds.insert(Int32(kinds.count - 1)) }
        names.append(RowScan.Names(used))
        impossible.add(used)
    }

    private mutating func takeRow(_ event: RecordedEvent) throws(Problems) {
        try row.read(event.data, names)
        guard row.mapping >= 0 else { return }
        let stream = event.stream.rawValue.utf8
        let start = stream.firstIndex(of: UInt8(ascii: "-")).map {
            stream.distance(from: stream.startIndex, to: $0) + 1
        }
        let caseIndex = columns.caseNames.index(of: stream.span.extracting((start ?? stream.count)..<stream.count))
        let unit = Int32(rowCount)
        rowCount += 1
        let key = row.key.map { NameTable.hash(row.scan.bytes.span.extracting($0), keySeed &+ UInt64(row.mapping)) }
        keys.append(key ?? 0)
        if row.revision > 1, !hasRevisions {
            hasRevisions = true
            revisions = Array(repeating: 1, count: keys.count - 1)
        }
        if hasRevisions { revisions.append(row.revision) }
        try imports[row.mapping].take(row, unit: unit, caseIndex: caseIndex)
        try rowColumns[row.mapping].take(row, event, unit: unit, caseIndex: caseIndex, into: &columns)
        let trueAt = choice.asTrueAt?.microseconds ?? .max
        try impossible.take(row, event, unit: unit, caseIndex: caseIndex, trueAt: trueAt)
    }

    /// Leaves out what later revisions replaced, and adds up what is known only at the end.
    private mutating func finish() {
        if hasRevisions {
            var newest: [UInt64: Int32] = [:]
            for (unit, revision) in revisions.enumerated() where revision > 1 {
                newest[keys[unit]] = max(newest[keys[unit]] ?? 1, revision)
            }
            let gone = keys.indices.map { unit in newest[keys[unit]].map { revisions[unit] < $0 } ?? false }
            columns.removeUnits(where: gone)
            isGone = gone
        }
        keys = []
        columns.removeRepeatedClocks()
        columns.assumeEnds(ofKinds: assumedKinds)
        endsAreAssumed = !assumedKinds.isEmpty
        calls.finish(&columns, kinds: &kinds)
        steps.finish(&columns, kinds: &kinds)
    }

    /// The report of all that was read.
    var report: HistoryReport {
        HistoryReport(
            log: log,
            mode: mode,
            position: position,
            firstOccurredAt: first,
            lastOccurredAt: last,
            types: types.map { HistoryReport.TypeCount(type: $0.key, count: $0.value) }
                .sorted { ($0.type.name, $0.type.version) < ($1.type.name, $1.type.version) },
            imports: imports.map { $0.report(isGone, columns.caseNames) },
            whistles: whistles.report
        )
    }
}
