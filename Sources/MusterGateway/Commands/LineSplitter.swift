/// Cuts a stream of bytes into lines, holding at most one unfinished line.
///
/// A line that grows past the bound is reported once, where it began, and the rest of it is thrown away.
struct LineSplitter {
    enum Line: Equatable {
        case line([UInt8])
        case tooLong
    }

    let maximumBytes: Int
    private var unfinished: [UInt8] = []
    private var isSkipping = false

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// The lines that `bytes` completes, without their line ends.
    mutating func append(_ bytes: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<end], into: &lines)
            if !isSkipping { lines.append(.line(finished())) }
            unfinished = []
            isSkipping = false
            rest = rest[rest.index(after: end)...]
        }
        take(rest, into: &lines)
        return lines
    }

    /// The last line, when the stream did not end with a line end.
    mutating func finish() -> Line? {
        guard !isSkipping, !unfinished.isEmpty else { return nil }
        defer { unfinished = [] }
        return .line(finished())
    }

    private mutating func take(_ part: some Collection<UInt8>, into lines: inout [Line]) {
        guard !isSkipping else { return }
        guard unfinished.count + part.count <= maximumBytes else {
            lines.append(.tooLong)
            unfinished = []
            isSkipping = true
            return
        }
        unfinished.append(contentsOf: part)
    }

    private func finished() -> [UInt8] {
        unfinished.last == UInt8(ascii: "\r") ? Array(unfinished.dropLast()) : unfinished
    }
}
