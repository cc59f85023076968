/// Makes rows of the elements of an XML document.
protocol XMLHandler {
    var columns: [String] { get }
    var bytes: [UInt8] { get }
    var fields: [Range<Int>] { get }
    var line: Int { get }

    /// An element begins.
    ///
    /// - Throws: what the rest of the document cannot be read for.
    mutating func start(_ element: XMLElement) throws(FormFault)
    /// Text stands in the element that began last and has not ended; it may come in pieces.
    mutating func text(_ text: UnsafeBufferPointer<UInt8>)
    mutating func end() throws(FormFault)
    /// The document has ended, and was well-formed.
    mutating func finish() throws(FormFault)

    /// The next row of what came so far: `row`, `fault`, or nil when more must come.
    mutating func next() -> RowStep?
}

/// Rows in the order in which they were made, until they are asked for.
struct RowQueue {
    private enum Entry {
        case row(line: Int)
        case fault(line: Int, RejectReason)
    }

    private(set) var bytes: [UInt8] = []
    private(set) var fields: [Range<Int>] = []
    private(set) var line = 1
    private var ranges: [Range<Int>] = []
    private var nextRange = 0
    private var counts: [Int] = []
    private var entries: [Entry] = []
    private var nextEntry = 0

    /// Puts what was gathered at the end.
    mutating func put(_ builder: RowBuilder, line: Int) {
        guard !builder.isTooLong else {
            put(.tooLong, line: line)
            return
        }
        let before = ranges.count
        builder.build(into: &bytes, &ranges)
        counts.append(ranges.count - before)
        entries.append(.row(line: line))
    }

    mutating func put(_ reason: RejectReason, line: Int) {
        counts.append(0)
        entries.append(.fault(line: line, reason))
    }

    mutating func next() -> RowStep? {
        guard nextEntry < entries.count else {
            clear()
            return nil
        }
        let entry = entries[nextEntry]
        let count = counts[nextEntry]
        nextEntry += 1
        switch entry {
        case .row(let line):
            self.line = line
            fields.removeAll(keepingCapacity: true)
            fields.append(contentsOf: ranges[nextRange..<nextRange + count])
            nextRange += count
            return .row
        case .fault(let line, let reason):
            self.line = line
            return .fault(reason)
        }
    }

    private mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        nextRange = 0
        nextEntry = 0
    }
}
