import EventSourcing

/// CSV as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) has it, in UTF-8: a header, then a line for each activity in the
/// order of the log.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and runs it. Such a text has an apostrophe
/// before it; numbers stand as they are.
final class CSVWriter: ExportWriter {
    private enum Column: Hashable {
        case caseID, activity, time, started, event, position
        case category, version, recorded, person, role, party, territory, correlation, causation, data
        case key, source, sourceRow
        case attribute(String)

        var name: String {
            switch self {
            case .caseID: "case"
            case .activity: "activity"
            case .time: "time"
            case .started: "started"
            case .event: "event"
            case .position: "position"
            case .category: "category"
            case .version: "version"
            case .recorded: "recorded"
            case .person: "person"
            case .role: "role"
            case .party: "party"
            case .territory: "territory"
            case .correlation: "correlation"
            case .causation: "causation"
            case .data: "data"
            case .key: "key"
            case .source: "source"
            case .sourceRow: "source_row"
            case .attribute(let name): name
            }
        }
    }

    private let output: ExportOutput
    private let columns: [Column]
    private var line: [UInt8] = []
    /// Those of the item at hand.
    private var attributes: [ExportAttribute] = []
    private var cursor = 0
    private(set) var written = 0

    init(_ output: ExportOutput, _ catalogue: ExportCatalogue) {
        self.output = output
        var columns: [Column] = [.caseID, .activity, .time, .started, .event, .position]
        if catalogue.holdsOwnEvents || !catalogue.holdsRows {
            columns += [
                .category, .version, .recorded, .person, .role, .party, .territory, .correlation, .causation, .data,
            ]
        }
        if catalogue.holdsRows {
            columns += [.key, .source, .sourceRow]
            columns += catalogue.attributes.map { Column.attribute($0) }
        }
        self.columns = columns
    }

    func begin(pass: Int) throws {
        let own = Set(columns.filter { if case .attribute = $0 { false } else { true } }.map(\.name))
        for (index, column) in columns.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            // An attribute called as a column of the export's own is told apart.
            if case .attribute(let name) = column, own.contains(name) {
                append("attributes.\(name)")
            } else {
                append(column.name)
            }
        }
        try endLine()
    }

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws {
        for item in items {
            attributes = item.caseAttributes.isEmpty ? item.attributes : item.caseAttributes + item.attributes
            cursor = 0
            for (index, column) in columns.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                append(column, item, event)
            }
            try endLine()
            written += 1
        }
    }

    func end(pass: Int) throws {}

    private func append(_ column: Column, _ item: ExportItem, _ event: CleanEvent) {
        switch column {
        case .caseID: append(item.caseID)
        case .activity: append(item.activity)
        case .time: append(item.at.exported)
        case .started: append(item.started?.exported)
        case .event: append(item.id)
        case .position: append(String(item.position))
        case .category: append(item.category)
        case .version: append(String(event.version))
        case .recorded: append(item.recordedAt.exported)
        case .person: append(event.person)
        case .role: append(event.role)
        case .party: append(event.party)
        case .territory: append(event.territory)
        case .correlation: append(event.correlation)
        case .causation: append(event.causation)
        case .data: if item.key == nil { append(String(decoding: event.data, as: UTF8.self)) }
        case .key: append(item.key)
        case .source: append(item.source)
        case .sourceRow: append(item.sourceRow.map { String($0) })
        case .attribute(let name):
            append(attribute(name)?.text)
        }
    }

    /// Attributes mostly come in the order of the columns, so the search begins after the last one found.
    private func attribute(_ name: String) -> ExportValue? {
        for offset in attributes.indices {
            let index = (cursor + offset) % attributes.count
            if attributes[index].name == name {
                cursor = index + 1
                return attributes[index].value
            }
        }
        return nil
    }

    private func append(_ text: String?) {
        guard let text, !text.isEmpty else { return }
        let isFormula = Self.isFormula(text)
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        guard needsQuotes || isFormula || text.utf8.first == 0x20 || text.utf8.last == 0x20 else {
            line.append(contentsOf: text.utf8)
            return
        }
        line.append(UInt8(ascii: "\""))
        if isFormula { line.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { line.append(byte) }
            line.append(byte)
        }
        line.append(UInt8(ascii: "\""))
    }

    private func endLine() throws {
        line.append(0x0D)
        line.append(0x0A)
        try output.write(line)
        line.removeAll(keepingCapacity: true)
    }

    static func isFormula(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): !isNumber(text.utf8.dropFirst())
        default: false
        }
    }

    /// Digits, and a point among them.
    private static func isNumber(_ text: some Collection<UInt8>) -> Bool {
        var points = 0
        for byte in text {
            if byte == UInt8(ascii: ".") { points += 1 } else if !(0x30...0x39).contains(byte) { return false }
        }
        return !text.isEmpty && points < 2
    }
}
