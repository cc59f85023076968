/// Finds the JSON values of a text that are its rows, one after another, holding no more than one of them.
///
/// What a value says is not looked at: only where it ends, and whether what stands between two values is right.
struct JSONElements {
    /// Where the values stand.
    enum Layout: Hashable, Sendable {
        /// In an array; or one after another, in one document or several.
        case document
        /// One on each line; or in an array, when the text begins with one.
        case lines
    }

    enum Step: Hashable {
        /// A row is in `element`.
        case element
        /// A member of the object around the rows, which comes before them, is in `element`.
        case member(String)
        case fault(RejectReason)
        case needsMore
        case end
        case failure(FormFault)
    }

    /// Bytes of a member of an object around the rows; a longer one is left out.
    private static let maximumMemberBytes = 16 << 10

    /// The value that was found.
    private(set) var element: [UInt8] = []
    /// The name under which the value stands, where the rows are the members of an object.
    private(set) var key: String?
    /// Where the value begins: its byte in the text from 0, and its line from 1.
    private(set) var offset = 0
    private(set) var line = 1
    /// The path of the list whose elements come, as far as it leads outside of them; empty when they stand in none.
    private(set) var path = ""
    /// Whether the text ended in the middle of a value.
    private(set) var endsInsideValue = false

    private enum Expected { case first, value, separator }

    /// Where reading stands.
    private indirect enum Place {
        /// Before a value of the text itself.
        case top
        /// In the list, or the object, whose elements are rows.
        case list(Expected)
        case object(Expected)
        /// In an object around the rows, whose path is empty or ends with a dot.
        case around(path: String, Expected)
        /// Behind the name of a member and its colon, in the object or around the rows.
        case named(String, then: Place)
        /// In a value: a row, a member around the rows, or nothing of interest.
        case row(then: Place)
        case member(String, then: Place)
        case other(then: Place)
        case line
    }

    private let layout: Layout
    /// Paths of lists: the first that is found holds the rows.
    private let lists: [String]
    private var text = JSONText()
    private var place = Place.top
    private var outer: [Place] = []
    private var isAtBeginning = true
    private var hasFoundList = false

    init(_ layout: Layout, lists: [String] = []) {
        self.layout = layout
        self.lists = lists
    }

    mutating func feed(_ chunk: [UInt8]) { text.feed(chunk) }
    mutating func finish() { text.isFinished = true }

    mutating func next() -> Step {
        while true {
            if let step = advance() { return step }
        }
    }

    /// One step; nil when reading only stands elsewhere now.
    private mutating func advance() -> Step? {
        switch place {
        case .row(let then): return take(limit: RowBuilder.maximumRowBytes, then) { .element }
        case .member(let name, let then):
            return take(limit: Self.maximumMemberBytes, then) { .member(name) }
        case .other(let then): return take(limit: 0, then) { nil }
        case .line: return takeLine()
        case .top, .list, .object, .around, .named: break
        }
        if isAtBeginning, !text.skipByteOrderMark() { return .needsMore }
        text.skipSpace()
        offset = text.offset
        line = text.line
        guard let byte = text.peek() else { return ending() }
        defer { isAtBeginning = false }
        switch place {
        case .top: return top(byte)
        case .list(let expected): return list(byte, expected)
        case .object(let expected): return object(byte, expected, inside: { .object($0) })
        case .around(let path, let expected):
            return object(byte, expected, inside: { .around(path: path, $0) })
        case .named(let name, let then): return named(name, byte, then)
        case .row, .member, .other, .line: return nil
        }
    }

    // MARK: - Places

    private mutating func top(_ byte: UInt8) -> Step? {
        switch (layout, byte) {
        case (_, UInt8(ascii: "[")) where layout == .document || isAtBeginning:
            enter(.list(.first))
        case (.document, UInt8(ascii: "{")) where !lists.isEmpty:
            hasFoundList = false
            enter(.around(path: "", .first))
        case (.document, _): place = .row(then: .top)
        case (.lines, _): place = .line
        }
        return nil
    }

    private mutating func list(_ byte: UInt8, _ expected: Expected) -> Step? {
        switch (expected, byte) {
        case (.separator, UInt8(ascii: ",")):
            text.skip()
            place = .list(.value)
        case (.separator, UInt8(ascii: "]")), (.first, UInt8(ascii: "]")): return leave()
        case (.separator, _), (.value, UInt8(ascii: "]")): return broken()
        case (.first, _), (.value, _): place = .row(then: .list(.separator))
        }
        return nil
    }

    private mutating func object(_ byte: UInt8, _ expected: Expected, inside: (Expected) -> Place) -> Step? {
        switch (expected, byte) {
        case (.separator, UInt8(ascii: ",")):
            text.skip()
            place = inside(.value)
        case (.separator, UInt8(ascii: "}")), (.first, UInt8(ascii: "}")): return leave()
        case (.separator, _): return broken()
        case (.first, _), (.value, _):
            switch text.takeKey() {
            case .name(let name): place = .named(name, then: inside(.separator))
            case .needsMore: return text.isFinished ? cut() : .needsMore
            case .broken: return broken()
            }
        }
        return nil
    }

    private mutating func named(_ name: String, _ byte: UInt8, _ then: Place) -> Step? {
        guard case .around(let path, _) = then else {
            key = name
            place = .row(then: then)
            return nil
        }
        let full = path + name
        let isList = lists.contains(full)
        let leadsOn = lists.contains { $0.hasPrefix(full + ".") }
        switch byte {
        case UInt8(ascii: "[") where (isList || leadsOn) && !hasFoundList:
            found(full)
            enter(.list(.first), from: then)
        case UInt8(ascii: "{") where isList && !hasFoundList:
            found(full)
            enter(.object(.first), from: then)
        case UInt8(ascii: "{") where leadsOn && !hasFoundList:
            enter(.around(path: full + ".", .first), from: then)
        case _ where hasFoundList: place = .other(then: then)
        default: place = .member(full, then: then)
        }
        return nil
    }

    private mutating func found(_ full: String) {
        hasFoundList = true
        path = full
    }

    private mutating func enter(_ inner: Place, from outside: Place? = nil) {
        text.skip()
        outer.append(outside ?? place)
        place = inner
    }

    private mutating func leave() -> Step? {
        text.skip()
        if case .around(path: "", _) = place, !hasFoundList {
            place = outer.popLast() ?? .top
            return .fault(.form(.noList(lists.first ?? "")))
        }
        place = outer.popLast() ?? .top
        return nil
    }

    // MARK: - Values

    private mutating func take(limit: Int, _ then: Place, _ step: () -> Step?) -> Step? {
        switch text.takeValue(limit: limit, into: &element) {
        case .needsMore: return text.isFinished ? cut() : .needsMore
        case .tooLong:
            if case .row = place {
                place = then
                return .fault(.tooLong)
            }
            place = then
            return nil
        case .whole:
            // A sign where a value should be.
            guard !element.isEmpty else { return broken() }
            place = then
            return step()
        }
    }

    private mutating func takeLine() -> Step? {
        switch text.takeLine(limit: RowBuilder.maximumRowBytes, into: &element) {
        case .needsMore: return .needsMore
        case .tooLong:
            place = .top
            return .fault(.tooLong)
        case .whole:
            place = .top
            isLastLine = text.isFinished && text.peek() == nil
            return .element
        }
    }

    /// Whether the line that was found has no line end, so that it may be cut.
    private(set) var isLastLine = false

    private mutating func ending() -> Step {
        guard text.isFinished else { return .needsMore }
        if case .top = place, !isAtBeginning { return .end }
        return cut()
    }

    private mutating func cut() -> Step {
        endsInsideValue = true
        return .failure(.cut)
    }

    private func broken() -> Step { .failure(.json(byte: text.offset)) }
}
