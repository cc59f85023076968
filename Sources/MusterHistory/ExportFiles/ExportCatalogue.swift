import EventLog
import EventSourcing
import Postgres
import Records

/// What is to be known of a log before the first line of an export is written: whether it holds imports, their mappings,
/// and which rows were replaced later. It follows from the events up to the exported position alone.
struct ExportCatalogue: Sendable {
    /// What the attributes of a mapping's rows are.
    struct Shape: Sendable {
        var roles = Mapping.Roles()
        /// Attributes that are times.
        var times: Set<String> = []
        /// Attributes of the case; nil when all are, since a row is a case.
        var ofCase: Set<String>? = []
        /// What says something of a person, as `Mapping.personal` has it; nil when the mapping cannot be asked, and
        /// anything may.
        var personal: Set<String>?
        /// Attributes that tell which case a row is of.
        var namesCase: [String] = []

        func isOfCase(_ name: String) -> Bool { ofCase?.contains(name) ?? true }
        func isPersonal(_ name: String) -> Bool { personal?.contains(name) ?? true }
    }

    private struct RowKey: Hashable {
        let mapping: String
        let key: ExactText
    }

    /// How many events of each type there are.
    let types: [EventType: Int]
    /// The attributes of all mappings and their times beside activities, in the order in which they are first named.
    private(set) var attributes: [String] = []
    /// Whether a mapping says when activities were begun.
    private(set) var holdsBeginnings = false
    /// Whether ids of imported cases say something of a person. Rows of several mappings share the streams of cases, so
    /// that what one of them says holds for all, and for the keys of all rows, which may be made of the same.
    private(set) var hasPersonalCases = false
    private var shapes: [String: Shape] = [:]
    /// The highest revision of rows that have several, by the keys under which they leave the log.
    private var revisions: [RowKey: Int] = [:]

    var holdsRows: Bool { types[ImportEventType.row] != nil }
    var holdsOwnEvents: Bool { types.keys.contains { !ImportEventType.isImport($0) } }

    func shape(of mapping: String) -> Shape { shapes[mapping] ?? Shape() }

    /// Whether the keys of rows say something of a person.
    func hasPersonalKey(_ shape: Shape) -> Bool { hasPersonalCases || shape.isPersonal(Mapping.personalKey) }

    /// - Parameter data: of a `RowImported`.
    func shape(ofRow data: [UInt8]) throws(Problems) -> Shape {
        var reader = JSONReader(data)
        for member in try reader.members() where member.name == "mapping" {
            return shape(of: try RowContents.mapping(reader.at(member.start)))
        }
        return Shape()
    }

    /// Whether the stream of an event is named for a person, or its id is made of what says something of one.
    func namesPerson(_ event: RecordedEvent) throws(Problems) -> Bool {
        if event.type == ImportEventType.row {
            return hasPersonalKey(try shape(ofRow: event.data))
        }
        return event.stream.category == "person" || event.stream.category == "case" && event.stream.id.contains("/")
    }

    /// Whether no later revision of a row has replaced it.
    func isCurrent(_ row: RowContents) -> Bool {
        guard !revisions.isEmpty else { return true }
        return revisions[RowKey(mapping: row.mapping, key: ExactText(row.key))].map { row.revision >= $0 } ?? true
    }
}

extension ExportCatalogue {
    private static let pageSize = 1_000
    private static let positionsAtOnce: Int64 = 1_000_000

    /// Reads what a log says up to a position.
    ///
    /// - Parameter pseudonyms: under which what is personal leaves the log; nil where it leaves in clear.
    init(of log: Log, through last: Position, pseudonyms: Pseudonyms?) async throws {
        types = try await log.typeCounts(through: last)
        guard holdsRows else { return }
        for started in try await Self.imports(of: log, through: last) { take(started) }
        hasPersonalCases = shapes.isEmpty || shapes.values.contains { $0.isPersonal(Mapping.personalCase) }
        if hasPersonalCases {
            for (name, shape) in shapes { shapes[name]?.personal?.formUnion(shape.namesCase) }
        }
        try await readRevisions(of: log, through: last, pseudonyms)
    }

    /// The beginnings of all imports, in the order of the log.
    private static func imports(of log: Log, through last: Position) async throws -> [ImportStarted] {
        var found: [(position: Position, started: ImportStarted)] = []
        for row in try await log.pool.query(ExportSQL.imports) {
            let stream = StreamName(stored: try row.value(0, as: String.self))
            var version = StreamVersion.none
            while true {
                let events = try await log.events(of: stream, after: version, limit: pageSize)
                guard let newest = events.last else { break }
                version = newest.version
                for event in events where event.position <= last && event.type == ImportEventType.started {
                    guard let started = try? ImportStarted.record.decode(event.data) else {
                        throw ExportFileError.unreadable(position: event.position.rawValue)
                    }
                    found.append((event.position, started))
                }
            }
        }
        return found.sorted { $0.position < $1.position }.map(\.started)
    }

    private mutating func take(_ started: ImportStarted) {
        var shape = Shape()
        shape.personal = started.personal.map { Set($0) }
        shape.namesCase = started.ofCase ?? []
        // The text of a mapping that this build cannot read any more names no roles; its rows stand in the log all the same.
        let mapping = try? Mapping(yaml: started.mappingText)
        if shape.personal == nil { shape.personal = mapping.map { Set($0.personal) } }
        if started.ofCase == nil, shape.personal?.isEmpty == false {
            shape.personal?.formUnion([Mapping.personalCase, Mapping.personalKey])
        }
        guard let mapping else {
            shapes[started.mapping] = shape
            return
        }
        if mapping.startedColumn != nil { holdsBeginnings = true }
        shape.roles = mapping.roles
        var ofCase: Set<String> = []
        for attribute in mapping.attributes {
            if !attributes.contains(attribute.name) { attributes.append(attribute.name) }
            if attribute.kind == .time { shape.times.insert(attribute.name) }
            if attribute.column.hasPrefix("case:") { ofCase.insert(attribute.name) }
        }
        for stage in mapping.stages where mapping.activityColumn != nil {
            if !attributes.contains(stage.name) { attributes.append(stage.name) }
            if stage.column.hasPrefix("case:") { ofCase.insert(stage.name) }
        }
        let isCase =
            mapping.activityColumn == nil
            && (mapping.caseColumns.isEmpty || mapping.keyColumns == mapping.caseColumns)
        shape.ofCase = isCase ? nil : ofCase
        shapes[mapping.name] = shape
    }

    private mutating func readRevisions(
        of log: Log,
        through last: Position,
        _ pseudonyms: Pseudonyms?
    ) async throws {
        var position: Int64 = 0
        while position < last.rawValue {
            try Task.checkCancellation()
            let end = min(position + Self.positionsAtOnce, last.rawValue)
            for row in try await log.pool.query(ExportSQL.revisions, position, end) {
                let (mapping, key, revision) = try row.decode(String.self, String.self, Int64.self)
                let isMasked = hasPersonalKey(shape(of: mapping))
                let text = isMasked ? pseudonyms?.pseudonym(of: key) ?? key : key
                let name = RowKey(mapping: mapping, key: ExactText(text))
                revisions[name] = max(revisions[name] ?? 1, Int(revision))
            }
            position = end
        }
    }
}
