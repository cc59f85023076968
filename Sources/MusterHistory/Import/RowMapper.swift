import Crypto
import EventSourcing
import Records

/// Turns the rows of one file into appends, by its mapping.
struct RowMapper {
    /// A row as an append.
    struct MappedRow {
        let append: Append
        let eventBytes: Int
        /// Whether a stage comes before the one it follows.
        let hasNegativeInterval: Bool
    }

    /// A row that cannot be mapped: which column, and why.
    struct Fault: Error {
        var column: Int?
        let reason: RejectReason
    }

    private struct BoundAttribute {
        enum Kind {
            case text, choice, integer, time
        }

        let column: Int
        let kind: Kind
        /// The only words there may be, where the mapping names them.
        let choices: Set<[UInt8]>
        /// The text before or behind which the attribute stands.
        let separator: [UInt8]
        let isBehind: Bool
        /// `"name":` as it stands in the JSON.
        let label: [UInt8]
    }

    /// Columns of an activity, of its time and of its beginning.
    private struct BoundActivity {
        let column: Int
        let at: Int
        let started: Int?
    }

    /// A column that must say something, unless the row lacks the part it belongs to.
    private struct BoundRequirement {
        let column: Int
        let counter: Int?
    }

    private static let caseCategory = Array("case-".utf8)
    private static let maximumKeyBytes = 500
    private static let maximumActivityBytes = 500
    /// The log's bound on an event.
    private static let maximumEventBytes = 256 << 10

    let columns: [String]
    /// The beginning of what the ids of its rows are hashes of.
    private let rowIDs: SHA256
    private let patterns: [TimePattern]
    private let nullWords: [[UInt8]]
    private let longestNullWord: Int
    private let caseColumns: [Int]
    private let keyColumns: [Int]
    private let requirements: [BoundRequirement]
    /// Where a row is one activity; otherwise its stages are what was done.
    private let activity: BoundActivity?
    private let stages: [(column: Int, label: [UInt8])]
    private let attributes: [BoundAttribute]
    private let stagePairs: [(from: Int, to: Int)]
    private let start: CommandID
    private var metadata: [UInt8]
    private let opening: [UInt8]
    private let afterRow: [UInt8]

    private var clock: LocalClock?
    private var times: [Timestamp?]
    private var json = RowJSON()
    private var occurrences = RowOccurrences()

    /// - Parameters:
    ///   - columns: the file's columns; every column of the mapping is among them once. Where the file has no header,
    ///     they may be those of the mapping alone.
    ///   - start: the command id of the import's start.
    init(mapping: Mapping, columns: [String], source: String, start: CommandID) {
        func index(_ column: String) -> Int { columns.firstIndex(of: column) ?? columns.count }
        func label(_ name: String) -> [UInt8] { Array("\"\(name)\":".utf8) }
        self.columns = columns
        rowIDs = ImportID.beginning(ofRowsOf: mapping.name)
        patterns = mapping.patterns
        nullWords = mapping.nullWords.map { Array($0.utf8) }
        longestNullWord = nullWords.map(\.count).max() ?? 0
        caseColumns = mapping.caseColumns.map(index)
        keyColumns = mapping.keyColumns.map(index)
        requirements = mapping.requiredColumns.map { column in
            BoundRequirement(column: index(column), counter: mapping.partCounter(of: column).map(index))
        }
        activity = mapping.activityColumn.map { column in
            BoundActivity(
                column: index(column),
                at: mapping.atColumn.map(index) ?? columns.count,
                started: mapping.startedColumn.map(index)
            )
        }
        stages = mapping.stages.map { (index($0.column), label($0.name)) }
        attributes = mapping.attributes.map { attribute in
            var choices: Set<[UInt8]> = []
            let kind: BoundAttribute.Kind
            switch attribute.kind {
            case .text: kind = .text
            case .choice(let words):
                kind = .choice
                choices = Set(words.map { Array($0.utf8) })
            case .integer: kind = .integer
            case .time: kind = .time
            }
            var (separator, isBehind): ([UInt8], Bool) = ([], false)
            switch attribute.part {
            case .whole: break
            case .before(let text): separator = Array(text.utf8)
            case .after(let text): (separator, isBehind) = (Array(text.utf8), true)
            }
            return BoundAttribute(
                column: index(attribute.column),
                kind: kind,
                choices: choices,
                separator: separator,
                isBehind: isBehind,
                label: label(attribute.name)
            )
        }
        stagePairs = mapping.stagePairs
        self.start = start
        metadata = ImportMetadata.bytes(start: start)
        clock = mapping.zone.flatMap { LocalClock(zone: $0) }
        times = Array(repeating: nil, count: mapping.stages.count)

        var writer = JSONWriter()
        writer.beginObject()
        writer.member("source", source)
        writer.name("row")
        opening = writer.bytes
        afterRow = Array(",\"mapping\":{\"name\":\"\(mapping.name)\",\"version\":\(mapping.version)},\"key\":\"".utf8)
    }

    /// Gives the rows to come metadata of their own, equal to that of the rows before. These are on their way to the log:
    /// were it one array for all, the threads on both sides would keep taking its reference count from each other.
    mutating func beginBatch() { metadata = ImportMetadata.bytes(start: start) }

    /// Maps one row.
    ///
    /// - Parameters:
    ///   - bytes: the text that `fields` point into, in any order.
    ///   - fields: one for each column, empty where the row lacks it; another number of them is a fault.
    mutating func map(_ bytes: [UInt8], _ fields: [Range<Int>], line: Int) throws(Fault) -> MappedRow {
        guard fields.count == columns.count else {
            throw Fault(reason: .fieldCount(found: fields.count, expected: columns.count))
        }
        try Self.checkEncoding(bytes, fields)
        for required in requirements where content(bytes, fields[required.column]) == nil {
            let isAbsent = required.counter.map { bytes[fields[$0]].elementsEqual([UInt8(ascii: "0")]) } ?? false
            guard isAbsent else { throw Fault(column: required.column, reason: .missing) }
        }
        let key = try key(bytes, fields)
        let stream = try stream(bytes, fields, key: key)

        json.removeAll()
        json.raw(opening)
        json.integer(line)
        json.raw(afterRow)
        guard json.text(key.span) else { throw Fault(column: keyColumns.first, reason: .controlCharacter) }
        json.raw(UInt8(ascii: "\""))
        let happened = try writeActivity(bytes, fields)
        json.raw(Self.beforeStages)
        let first = try writeStages(bytes, fields)
        guard let occurredAt = happened?.at ?? first else {
            throw Fault(column: stages.first?.column, reason: .noTime)
        }
        json.raw(Self.beforeAttributes)
        try writeAttributes(bytes, fields)
        json.raw(Self.closing)
        guard json.bytes.count <= Self.maximumEventBytes else { throw Fault(reason: .tooLong) }

        let event = NewEvent(type: ImportEventType.row, data: json.finish())
        return MappedRow(
            append: Append(
                command: ImportID.row(begun: rowIDs, key: key),
                occurredAt: occurredAt,
                metadata: metadata,
                writes: [StreamWrite(stream: stream, expected: .any, events: [event])]
            ),
            eventBytes: event.data.count,
            hasNegativeInterval: happened?.isNegative == true || hasNegativeInterval
        )
    }

    private var hasNegativeInterval: Bool {
        stagePairs.contains { pair in
            guard let from = times[pair.from], let to = times[pair.to] else { return false }
            return to < from
        }
    }

    private static let beforeActivity = Array(",\"activity\":".utf8)
    private static let beforeStarted = Array(",\"started\":".utf8)
    private static let beforeStages = Array(",\"stages\":{".utf8)
    private static let beforeAttributes = Array("},\"attributes\":{".utf8)
    private static let closing = Array("}}".utf8)

    // MARK: - Parts of a row

    /// Writes what was done, where a row is one activity, and returns when it happened, and whether it ended before it
    /// began.
    private mutating func writeActivity(
        _ bytes: [UInt8],
        _ fields: [Range<Int>]
    ) throws(Fault) -> (at: Timestamp, isNegative: Bool)? {
        guard let activity else { return nil }
        guard let name = content(bytes, fields[activity.column]) else {
            throw Fault(column: activity.column, reason: .missing)
        }
        guard name.count <= Self.maximumActivityBytes else { throw Fault(column: activity.column, reason: .tooLong) }
        guard let when = content(bytes, fields[activity.at]) else { throw Fault(column: activity.at, reason: .missing) }
        let at = try time(bytes, when, column: activity.at)
        json.raw(Self.beforeActivity)
        try writeText(bytes, name, activity.column)
        guard let column = activity.started, let field = content(bytes, fields[column]) else { return (at, false) }
        let started = try time(bytes, field, column: column)
        json.raw(Self.beforeStarted)
        json.time(started)
        return (at, started > at)
    }

    /// Writes the times there are, and returns the first of them.
    private mutating func writeStages(_ bytes: [UInt8], _ fields: [Range<Int>]) throws(Fault) -> Timestamp? {
        var first: Timestamp?
        for index in stages.indices {
            times[index] = nil
            let (column, label) = stages[index]
            guard let field = content(bytes, fields[column]) else { continue }
            let time = try time(bytes, field, column: column)
            times[index] = time
            if first != nil { json.raw(UInt8(ascii: ",")) }
            json.raw(label)
            json.time(time)
            first = first ?? time
        }
        return first
    }

    private mutating func writeAttributes(_ bytes: [UInt8], _ fields: [Range<Int>]) throws(Fault) {
        var isFirst = true
        // Attributes are looked at in their place: a copy of each for every row would cost more than writing it.
        for index in attributes.indices {
            let column = attributes[index].column
            guard let whole = content(bytes, fields[column]),
                let field = attributes[index].separator.isEmpty ? whole : part(attributes[index], of: bytes, whole)
            else { continue }
            if !isFirst { json.raw(UInt8(ascii: ",")) }
            isFirst = false
            json.raw(attributes[index].label)
            switch attributes[index].kind {
            case .text: try writeText(bytes, field, column)
            case .choice:
                if !attributes[index].choices.isEmpty, !attributes[index].choices.contains(Array(bytes[field])) {
                    throw Fault(column: column, reason: .choice(Self.excerpt(bytes, field)))
                }
                try writeText(bytes, field, column)
            case .integer:
                guard let value = Int64(String(decoding: bytes[field], as: UTF8.self)) else {
                    throw Fault(column: column, reason: .integer(Self.excerpt(bytes, field)))
                }
                json.integer(value)
            case .time:
                json.time(try time(bytes, field, column: column))
            }
        }
    }

    private func part(_ attribute: BoundAttribute, of bytes: [UInt8], _ field: Range<Int>) -> Range<Int>? {
        let separator = attribute.separator
        var index = field.lowerBound
        while index + separator.count <= field.upperBound {
            if bytes[index..<index + separator.count].elementsEqual(separator) {
                let part = attribute.isBehind ? index + separator.count..<field.upperBound : field.lowerBound..<index
                return content(bytes, part)
            }
            index += 1
        }
        return attribute.isBehind ? nil : field
    }

    private mutating func writeText(_ bytes: [UInt8], _ field: Range<Int>, _ column: Int) throws(Fault) {
        json.raw(UInt8(ascii: "\""))
        guard json.text(bytes.span.extracting(field)) else { throw Fault(column: column, reason: .controlCharacter) }
        json.raw(UInt8(ascii: "\""))
    }

    private mutating func time(_ bytes: [UInt8], _ field: Range<Int>, column: Int) throws(Fault) -> Timestamp {
        for index in patterns.indices {
            guard let reading = patterns[index].read(bytes.span.extracting(field)) else { continue }
            // A mapping without a zone has only patterns with an offset.
            let seconds =
                if let offset = reading.offsetSeconds { reading.seconds - offset } else {
                    clock?.instant(local: reading.seconds) ?? reading.seconds
                }
            return Timestamp(microseconds: seconds * 1_000_000 + reading.microseconds)
        }
        throw Fault(column: column, reason: .time(Self.excerpt(bytes, field)))
    }

    /// What names the row among all rows of its mapping: its key columns, or a hash of all of it and, from the second
    /// equal row of a file on, a number.
    private mutating func key(_ bytes: [UInt8], _ fields: [Range<Int>]) throws(Fault) -> [UInt8] {
        guard keyColumns.isEmpty else { return try joined(keyColumns, bytes, fields) }
        var hash = SHA256()
        for field in fields {
            hash.update(data: bytes[field])
            hash.update(data: [0x1F])
        }
        let digest = hash.finalize()
        let number = occurrences.number(of: digest)
        return Array((number == 1 ? digest.hexadecimal : "\(digest.hexadecimal)/\(number)").utf8)
    }

    private func stream(_ bytes: [UInt8], _ fields: [Range<Int>], key: [UInt8]) throws(Fault) -> StreamName {
        let id = try caseColumns.isEmpty ? key : joined(caseColumns, bytes, fields)
        let stream = StreamName(stored: String(decoding: Self.caseCategory + id, as: UTF8.self))
        guard stream.rawValue.utf8.count <= StreamName.maximumLength else {
            throw Fault(column: caseColumns.first, reason: .tooLong)
        }
        guard id.allSatisfy({ $0 >= 0x20 }) else { throw Fault(column: caseColumns.first, reason: .controlCharacter) }
        return stream
    }

    private func joined(_ columns: [Int], _ bytes: [UInt8], _ fields: [Range<Int>]) throws(Fault) -> [UInt8] {
        var text: [UInt8] = []
        for column in columns {
            guard let field = content(bytes, fields[column]) else { throw Fault(column: column, reason: .missing) }
            if !text.isEmpty { text.append(UInt8(ascii: "/")) }
            text += bytes[field]
        }
        guard text.count <= Self.maximumKeyBytes else { throw Fault(column: columns.first, reason: .tooLong) }
        return text
    }

    /// The field without the space around it; nil when it says that nothing is known.
    private func content(_ bytes: [UInt8], _ field: Range<Int>) -> Range<Int>? {
        var (from, to) = (field.lowerBound, field.upperBound)
        while from < to, Self.isSpace(bytes[from]) { from += 1 }
        while to > from, Self.isSpace(bytes[to - 1]) { to -= 1 }
        guard from < to else { return nil }
        guard to - from <= longestNullWord else { return from..<to }
        return nullWords.contains { bytes[from..<to].elementsEqual($0) } ? nil : from..<to
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func checkEncoding(_ bytes: [UInt8], _ fields: [Range<Int>]) throws(Fault) {
        var (from, to) = (bytes.count, 0)
        for field in fields where !field.isEmpty {
            from = min(from, field.lowerBound)
            to = max(to, field.upperBound)
        }
        guard from < to else { return }
        var all: UInt8 = 0
        for index in from..<to { all |= bytes[index] }
        guard all >= 0x80 else { return }
        for (column, field) in fields.enumerated() {
            guard String(validating: bytes[field], as: UTF8.self) != nil else {
                throw Fault(column: column, reason: .encoding)
            }
        }
    }

    /// The beginning of a field, fit for a message.
    private static func excerpt(_ bytes: [UInt8], _ field: Range<Int>) -> String {
        var text = ""
        for scalar in String(decoding: bytes[field].prefix(160), as: UTF8.self).unicodeScalars.prefix(40) {
            text.unicodeScalars.append(
                scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar
            )
        }
        return field.count > text.utf8.count ? text + "…" : text
    }
}
