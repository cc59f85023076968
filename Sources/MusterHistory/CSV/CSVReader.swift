/// Splits CSV text ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) into rows, without copying its fields.
///
/// The text comes in chunks of any size. Lines end with LF or CR LF, the last one also with the end of the text; a
/// UTF-8 byte order mark at the beginning is skipped; blank lines are no rows. A quote inside an unquoted field stands
/// for itself. After a row whose form is wrong, reading goes on at the next line.
struct CSVReader {
    enum Step: Equatable {
        /// A row is in `bytes` and `fields`.
        case row
        /// A line was skipped because it is no row.
        case fault(CSVFault)
        /// The rest is the beginning of a row: `feed` more, or say `finish`.
        case needsMore
        /// The text has ended.
        case end
    }

    /// The text that is being read. `fields` point into it until the next call.
    private(set) var bytes: [UInt8] = []
    /// Where the fields of the row lie in `bytes`, without quotes.
    private(set) var fields: [Range<Int>] = []
    /// The line on which the row or fault begins, from 1.
    private(set) var line = 1
    /// Whether the row ended with a line end, as every row does but perhaps the last.
    private(set) var isTerminated = true
    /// Whether a fault is that the text ended inside a quoted field.
    private(set) var endsInsideQuotes = false

    private let dialect: CSVDialect
    private var next = 0
    private var nextLine = 1
    private var isAtBeginning = true
    private var isFinished = false
    /// Whether the text up to the next line end belongs to a line that was given up.
    private var isSkipping = false

    init(dialect: CSVDialect) { self.dialect = dialect }

    mutating func feed(_ chunk: some Collection<UInt8>) {
        if next > 0 {
            bytes.removeSubrange(..<next)
            next = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// No more text will come.
    mutating func finish() { isFinished = true }

    /// Reads the next row.
    mutating func advance() -> Step {
        if isAtBeginning {
            guard isFinished || bytes.count >= 3 else { return .needsMore }
            isAtBeginning = false
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
        }
        if isSkipping { skipToLineEnd() }
        skipBlankLines()
        line = nextLine
        guard next < bytes.count else { return isFinished ? .end : .needsMore }

        var scan = Scan(dialect: dialect, index: next, isLast: isFinished)
        var found = fields
        fields = []
        found.removeAll(keepingCapacity: true)
        let outcome = scan.row(of: bytes.span, fields: &found)
        fields = found
        switch outcome {
        case .row(let isTerminated):
            self.isTerminated = isTerminated
            next = scan.index
            nextLine += scan.lineBreaks
            for index in scan.escaped { unescape(index) }
            return .row
        case .incomplete:
            if bytes.count - next <= dialect.maximumRowBytes, !isFinished { return .needsMore }
            endsInsideQuotes = isFinished
            return skipLine(.unclosedQuote)
        case .incompleteLine:
            if bytes.count - next <= dialect.maximumRowBytes { return .needsMore }
            return skipLine(.tooLong)
        case .fault(let fault):
            return skipLine(fault)
        }
    }

    private mutating func skipBlankLines() {
        while next < bytes.count {
            if bytes[next] == UInt8(ascii: "\n") {
                next += 1
            } else if bytes[next] == UInt8(ascii: "\r"), next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\n") {
                next += 2
            } else {
                return
            }
            nextLine += 1
        }
    }

    /// Goes on after the line on which the faulty row began, so that one stray quote costs one line.
    private mutating func skipLine(_ fault: CSVFault) -> Step {
        skipToLineEnd()
        return .fault(fault)
    }

    private mutating func skipToLineEnd() {
        isTerminated = false
        while next < bytes.count, !isTerminated {
            isTerminated = bytes[next] == UInt8(ascii: "\n")
            next += 1
        }
        if isTerminated { nextLine += 1 }
        isSkipping = !isTerminated
    }

    /// Turns doubled quotes of a field into single ones, in place.
    private mutating func unescape(_ index: Int) {
        let field = fields[index]
        var (from, to) = (field.lowerBound, field.lowerBound)
        while from < field.upperBound {
            let byte = bytes[from]
            bytes[to] = byte
            to += 1
            from += byte == UInt8(ascii: "\"") ? 2 : 1
        }
        fields[index] = field.lowerBound..<to
    }
}

/// One attempt to find a whole row from `index` on.
private struct Scan {
    enum Outcome {
        case row(isTerminated: Bool)
        /// The text ended inside a quoted field.
        case incomplete
        /// The text ended before the line did, and more may come.
        case incompleteLine
        case fault(CSVFault)
    }

    let dialect: CSVDialect
    /// Where the next row begins, once a row was found.
    var index: Int
    let isLast: Bool
    var lineBreaks = 0
    /// Fields with doubled quotes in them.
    var escaped: [Int] = []

    init(dialect: CSVDialect, index: Int, isLast: Bool) {
        self.dialect = dialect
        self.index = index
        self.isLast = isLast
    }

    mutating func row(of bytes: Span<UInt8>, fields: inout [Range<Int>]) -> Outcome {
        let count = bytes.count
        let limit = index + dialect.maximumRowBytes
        let delimiter = dialect.delimiter
        while true {
            var end = index
            if index < count, bytes[index] == UInt8(ascii: "\"") {
                guard let close = closingQuote(of: bytes, field: fields.count) else { return .incomplete }
                fields.append(index + 1..<close)
                end = close + 1
                if end == count, !isLast { return .incompleteLine }
                if end < count, bytes[end] == UInt8(ascii: "\r") {
                    if end + 1 == count, !isLast { return .incompleteLine }
                    if end + 1 == count || bytes[end + 1] == UInt8(ascii: "\n") { end += 1 }
                }
                if end < count, bytes[end] != delimiter, bytes[end] != UInt8(ascii: "\n") {
                    return .fault(.textAfterQuote)
                }
            } else {
                while end < count, bytes[end] != delimiter, bytes[end] != UInt8(ascii: "\n") { end += 1 }
                if end == count, !isLast { return .incompleteLine }
                let isLineEnd = end == count || bytes[end] == UInt8(ascii: "\n")
                let hasReturn = isLineEnd && end > index && bytes[end - 1] == UInt8(ascii: "\r")
                fields.append(index..<(hasReturn ? end - 1 : end))
            }
            guard end <= limit else { return .fault(.tooLong) }
            guard fields.count <= CSVDialect.maximumFields else { return .fault(.tooManyFields) }
            if end == count {
                index = end
                return .row(isTerminated: false)
            }
            index = end + 1
            if bytes[end] == UInt8(ascii: "\n") {
                lineBreaks += 1
                return .row(isTerminated: true)
            }
        }
    }

    /// Where the quote is that closes the field beginning at `index`; nil when the text ends first.
    private mutating func closingQuote(of bytes: Span<UInt8>, field: Int) -> Int? {
        let limit = min(bytes.count, index + dialect.maximumRowBytes)
        var position = index + 1
        var hasDoubled = false
        while position < limit {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                lineBreaks += 1
            case UInt8(ascii: "\""):
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else {
                    if hasDoubled { escaped.append(field) }
                    return position
                }
                hasDoubled = true
                position += 1
            default:
                break
            }
            position += 1
        }
        return nil
    }
}
