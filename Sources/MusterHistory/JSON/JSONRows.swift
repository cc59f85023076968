import Records

/// The rows of JSON: one for each object, or for each element of a list in it.
///
/// Members of nested objects are columns by their path, as `location.city`. An array is one column, its JSON as it stands
/// there. Where a list holds the rows, its elements' members follow its path, as `notes.type`, those of the objects around
/// it keep their own names, and `notes.@index` counts the elements from 1.
struct JSONRows: RowReader {
    enum Kind: Hashable, Sendable {
        case document
        case lines
        /// [CloudEvents](https://cloudevents.io), one on each line or in an array.
        case events
    }

    /// A list of rows in the object at hand.
    private struct List {
        let path: String
        /// Where its elements begin.
        let starts: [Int]
        var next = 0
        /// What the objects around it say.
        let around: RowBuilder.Mark
    }

    /// What CloudEvents requires of an event, besides that it is one.
    private static let eventAttributes = ["specversion", "id", "source", "type"]
    /// Bytes of all rows of one object. Each holds what stands around its list, so that many short elements in one long
    /// object would else make far more than was read.
    private static let maximumBytesOfObject = 256 << 20

    private var elements: JSONElements
    private var builder: RowBuilder
    private let kind: Kind
    private let rows: String?
    private var around: RowBuilder.Mark?
    private var lists: [List] = []
    private var bytesOfObject = 0
    /// Elements so far of a list that is around objects.
    private var count = 0

    /// - Parameter rows: the path of the list whose elements are the rows; nil when the objects themselves are.
    init(_ kind: Kind, rows: String?, builder: RowBuilder) {
        self.kind = kind
        self.rows = rows
        self.builder = builder
        elements = JSONElements(kind == .document ? .document : .lines, lists: rows.map { [$0] } ?? [])
    }

    var columns: [String]? { builder.columns }
    var bytes: [UInt8] { builder.bytes }
    var fields: [Range<Int>] { builder.fields }
    var line: Int { elements.line }
    var offset: Int? { elements.offset }
    var isTerminated: Bool { true }
    var endsInsideRow: Bool { elements.endsInsideValue }

    mutating func feed(_ chunk: [UInt8]) { elements.feed(chunk) }
    mutating func finish() { elements.finish() }

    mutating func next() -> RowStep {
        while true {
            if !lists.isEmpty, let step = nextOfList() { return step }
            switch elements.next() {
            case .element:
                if let step = begin() { return step }
            case .member(let name): takeMember(name)
            case .fault(let reason): return .fault(reason)
            case .needsMore: return .needsMore
            case .end: return .end
            case .failure(let fault): return .failure(fault)
            }
        }
    }

    /// Keeps what an object around all rows says.
    private mutating func takeMember(_ name: String) {
        builder.reset(to: around)
        var reader = JSONReader(elements.element)
        do throws(Problems) {
            _ = try take(&reader, path: name)
            around = builder.mark()
        } catch {
            // It says nothing of any row.
        }
    }

    /// Takes the value that was found; nil when its rows are in a list.
    private mutating func begin() -> RowStep? {
        builder.reset(to: around)
        bytesOfObject = 0
        if !elements.path.isEmpty {
            count += 1
            builder.set("\(elements.path).@index", String(count))
        }
        var reader = JSONReader(elements.element)
        do throws(Problems) {
            if let fault = try fault(of: &reader) { return .fault(.form(fault)) }
            let step = try takeRow(&reader, path: elements.path)
            try reader.end()
            return step
        } catch {
            lists = []
            return .fault(reason(error, reader))
        }
    }

    private mutating func nextOfList() -> RowStep? {
        guard var list = lists.popLast() else { return nil }
        builder.reset(to: list.around)
        guard list.next < list.starts.count else { return nil }
        var reader = JSONReader(elements.element, at: list.starts[list.next])
        list.next += 1
        builder.set("\(list.path).@index", String(list.next))
        lists.append(list)
        do throws(Problems) {
            guard let step = try takeRow(&reader, path: list.path) else { return nil }
            bytesOfObject += builder.bytes.count
            guard bytesOfObject <= Self.maximumBytesOfObject else {
                lists = []
                return .fault(.tooLong)
            }
            return step
        } catch {
            return .fault(reason(error, reader))
        }
    }

    /// Takes a value as a row; nil when its rows are in a list, which comes next.
    private mutating func takeRow(_ reader: inout JSONReader, path: String) throws(Problems) -> RowStep? {
        if reader.peek() == .array {
            try takeText(&reader, path: path)
        } else if let found = try take(&reader, path: path) {
            var value = reader.at(found.start)
            var starts: [Int] = []
            try value.array { (element, _) throws(Problems) in
                starts.append(element.index)
                try element.skipValue()
            }
            // An object whose list is empty is a row of its own, so that it is not lost.
            if !starts.isEmpty {
                lists.append(List(path: found.path, starts: starts, around: builder.mark()))
                return nil
            }
        }
        guard !builder.isTooLong else { return .fault(.tooLong) }
        builder.build()
        return .row
    }

    /// What keeps the value from being a row, if anything does.
    private func fault(of reader: inout JSONReader) throws(Problems) -> FormFault? {
        guard reader.peek() == .object else {
            // An element of a list may be a plain value, which is then the column of the list's name.
            if elements.path.isEmpty, reader.peek() != nil {
                try reader.skipValue()
                return .notObject
            }
            return nil
        }
        guard kind == .events else { return nil }
        var copy = reader
        let names = Set(try copy.members().map(\.name))
        return Self.eventAttributes.first { !names.contains($0) }.map { .notCloudEvent($0) }
    }

    /// Takes a value under its path. Returns where in it the list of rows is, if it holds that.
    private mutating func take(
        _ reader: inout JSONReader,
        path: String
    ) throws(Problems) -> (path: String, start: Int)? {
        switch reader.peek() {
        case .object: return try takeObject(&reader, path: path)
        case .array where isRows(path):
            let start = reader.index
            try reader.skipValue()
            return (path, start)
        case .array, .number, .boolean: try takeText(&reader, path: path)
        case .string:
            let text = try reader.string()
            builder.set(path, text)
        case .null, nil: try reader.skipValue()
        }
        return nil
    }

    private mutating func takeObject(
        _ reader: inout JSONReader,
        path: String
    ) throws(Problems) -> (path: String, start: Int)? {
        let start = reader.index
        let members = try reader.members()
        if !builder.isOpen, builder.wants(path) { builder.set(path, elements.element[start..<reader.index]) }
        guard path.isEmpty || isRows(path) || builder.wants(prefix: path + ".") else { return nil }
        var list: (path: String, start: Int)?
        for member in members {
            var value = reader.at(member.start)
            list = try take(&value, path: path.isEmpty ? member.name : "\(path).\(member.name)") ?? list
        }
        return list
    }

    /// Whether the path is that of the list of rows, or leads to it.
    private func isRows(_ path: String) -> Bool {
        guard let rows else { return false }
        return path == rows || rows.hasPrefix(path + ".")
    }

    /// Takes a value as the text that it is.
    private mutating func takeText(_ reader: inout JSONReader, path: String) throws(Problems) {
        let start = reader.index
        try reader.skipValue()
        builder.set(path, elements.element[start..<reader.index])
    }

    private func reason(_ problems: Problems, _ reader: JSONReader) -> RejectReason {
        switch problems.list.first?.code {
        case "depth": .form(.tooDeep(JSONReader.maximumDepth))
        case "encoding": .encoding
        default: elements.isLastLine ? .truncated : .form(.json(byte: elements.offset + reader.index))
        }
    }
}
