import Records

/// The text of a JSON file while it is read: what was fed and is not used up, and where in the file that is.
struct JSONText {
    enum Taken: Hashable {
        case whole
        /// It was longer than the limit, and skipped.
        case tooLong
        /// The text at hand ends before it does; what of it may be forgotten is.
        case needsMore
    }

    enum Key: Hashable {
        case name(String)
        case needsMore
        case broken
    }

    private static let maximumKeyBytes = 64 << 10

    /// No more will be fed.
    var isFinished = false
    /// The byte of the file that comes next, from 0.
    private(set) var offset = 0
    /// The line it is on, from 1.
    private(set) var line = 1

    private var bytes: [UInt8] = []
    private var next = 0
    private var scan = ValueScan()

    mutating func feed(_ chunk: [UInt8]) {
        if next > 0 {
            bytes.removeSubrange(..<next)
            next = 0
        }
        bytes += chunk
    }

    /// The byte that comes next; nil when there is none at hand.
    func peek() -> UInt8? { next < bytes.count ? bytes[next] : nil }

    /// False when more text must come to tell.
    mutating func skipByteOrderMark() -> Bool {
        guard isFinished || bytes.count - next >= 3 else { return false }
        if bytes[next...].starts(with: [0xEF, 0xBB, 0xBF]) { consume(3) }
        return true
    }

    mutating func skipSpace() {
        var end = next
        while end < bytes.count, Self.isSpace(bytes[end]) { end += 1 }
        consume(end - next)
    }

    /// Skips one byte.
    mutating func skip() { consume(1) }

    /// Takes the name of a member and its colon.
    mutating func takeKey() -> Key {
        guard peek() == UInt8(ascii: "\"") else { return .broken }
        var end = next + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        guard end - next <= Self.maximumKeyBytes else { return .broken }
        var colon = end + 1
        while colon < bytes.count, Self.isSpace(bytes[colon]) { colon += 1 }
        guard colon < bytes.count else { return colon - next > 2 * Self.maximumKeyBytes ? .broken : .needsMore }
        guard bytes[colon] == UInt8(ascii: ":") else { return .broken }
        var reader = JSONReader(Array(bytes[next...end]))
        guard let name = try? reader.string() else { return .broken }
        consume(colon + 1 - next)
        return .name(name)
    }

    /// Takes one value. After `needsMore`, the same call goes on.
    ///
    /// - Parameter limit: of bytes; a longer value is skipped without being held.
    mutating func takeValue(limit: Int, into value: inout [UInt8]) -> Taken {
        var scan = scan
        let isWhole = scan.goOn(in: bytes.span, from: next, isFinished: isFinished)
        if scan.length > limit { scan.isTooLong = true }
        self.scan = scan
        guard isWhole else {
            if scan.isTooLong { forgetScanned() }
            return .needsMore
        }
        if !scan.isTooLong {
            value.removeAll(keepingCapacity: true)
            value += bytes[next..<next + scan.scanned]
        }
        consume(scan.scanned)
        self.scan = ValueScan()
        return scan.isTooLong ? .tooLong : .whole
    }

    /// Takes what is left of a line. After `needsMore`, the same call goes on.
    mutating func takeLine(limit: Int, into value: inout [UInt8]) -> Taken {
        var end = next + scan.scanned
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        scan.length += end - next - scan.scanned
        scan.scanned = end - next
        if scan.length > limit { scan.isTooLong = true }
        guard end < bytes.count || isFinished else {
            if scan.isTooLong { forgetScanned() }
            return .needsMore
        }
        let isTooLong = scan.isTooLong
        if !isTooLong {
            value.removeAll(keepingCapacity: true)
            value += bytes[next..<end]
        }
        consume(end - next)
        scan = ValueScan()
        return isTooLong ? .tooLong : .whole
    }

    private mutating func forgetScanned() {
        consume(scan.scanned)
        scan.scanned = 0
    }

    private mutating func consume(_ count: Int) {
        guard count > 0 else { return }
        line += lineBreaks(count)
        next += count
        offset += count
    }

    /// Line breaks in so many bytes that come next.
    private func lineBreaks(_ count: Int) -> Int {
        let span = bytes.span
        var lines = 0
        for index in next..<next + count where span[index] == UInt8(ascii: "\n") { lines += 1 }
        return lines
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}

/// How far one value was looked at, to find its end.
private struct ValueScan {
    /// Bytes of it that were looked at and are still held.
    var scanned = 0
    /// Bytes of it that were looked at.
    var length = 0
    var isTooLong = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Whether the value ends within the text.
    mutating func goOn(in text: Span<UInt8>, from start: Int, isFinished: Bool) -> Bool {
        var index = start + scanned
        defer {
            length += index - start - scanned
            scanned = index - start
        }
        while index < text.count {
            let byte = text[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                    if depth == 0 {
                        index += 1
                        return true
                    }
                }
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // A closing bracket where a value should be: whoever reads it finds nothing.
                if depth == 0 { return true }
                depth -= 1
                if depth == 0 {
                    index += 1
                    return true
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return true }
            default:
                break
            }
            index += 1
        }
        return isFinished && depth == 0 && !isInString
    }
}
