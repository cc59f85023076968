import Foundation

@testable import MusterHistory

/// What a reader makes of a text: rows as their fields that say something, faults by their codes, each with its line.
struct RowReading: Equatable {
    var entries: [String] = []
    var rows: [[String: String]] = []
    var faults: [String] = []
    /// What the rest of the text could not be read for.
    var failure: FormFault?
    var columns: [String] = []

    /// Feeds a text in chunks and reads all of it.
    ///
    /// - Parameter maximumRows: rows that are kept; the others are only counted among `entries`' numbers.
    init(_ text: some Collection<UInt8>, by reader: some RowReader, chunk: Int = 4_096) {
        var reader = reader
        var rest = Array(text)[...]
        reading: while true {
            switch reader.next() {
            case .row:
                let names = reader.columns ?? []
                var row: [String: String] = [:]
                for (name, field) in zip(names, reader.fields) where !field.isEmpty {
                    row[name] = String(decoding: reader.bytes[field], as: UTF8.self)
                }
                rows.append(row)
                let fields = row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                entries.append("\(reader.line): \(fields.joined(separator: " "))")
            case .fault(let reason):
                faults.append(reason.code)
                entries.append("\(reader.line): \(reason.code)")
            case .needsMore:
                if rest.isEmpty { reader.finish() } else { reader.feed(Array(rest.prefix(chunk))) }
                rest = rest.dropFirst(chunk)
            case .end: break reading
            case .failure(let fault):
                failure = fault
                entries.append("\(reader.line): \(fault.code)!")
                break reading
            }
        }
        columns = reader.columns ?? []
    }

    /// Reads a whole file as its format says, as an import does.
    static func file(_ path: String, _ format: Mapping.Format, columns: [String]? = nil) throws -> RowReading {
        var file = try RowFile(path: path, format: format)
        try file.open(columns: columns)
        var reading = RowReading([], by: CSVRows(dialect: CSVDialect(), columns: []))
        while true {
            switch try file.step() {
            case .row:
                var row: [String: String] = [:]
                for (name, field) in zip(file.columns ?? [], file.fields) where !field.isEmpty {
                    row[name] = String(decoding: file.bytes[field], as: UTF8.self)
                }
                reading.rows.append(row)
            case .fault(let reason): reading.faults.append(reason.code)
            case .end, .needsMore, .failure:
                reading.columns = file.columns ?? []
                return reading
            }
        }
    }
}

/// Bytes that a reader takes in one after another, however many, without any of them being kept.
struct RowFlood {
    private(set) var rows = 0
    private(set) var faults: [String] = []
    private(set) var failure: FormFault?

    /// - Parameter chunks: asked for the next chunk until it is empty.
    init(by reader: some RowReader, _ chunks: () -> [UInt8]) {
        var reader = reader
        while true {
            switch reader.next() {
            case .row: rows += 1
            case .fault(let reason): faults.append(reason.code)
            case .needsMore:
                let chunk = chunks()
                if chunk.isEmpty { reader.finish() } else { reader.feed(chunk) }
            case .end: return
            case .failure(let fault):
                failure = fault
                return
            }
        }
    }
}

/// Text of many times the same chunk between a beginning and an end.
struct RepeatedText {
    private var parts: [[UInt8]]
    private var repetitions: Int

    init(_ beginning: String, _ middle: String, bytes: Int, _ end: String) {
        parts = [
            Array(beginning.utf8), Array(String(repeating: middle, count: max(1, 65_536 / middle.utf8.count)).utf8),
        ]
        repetitions = bytes / parts[1].count
        parts.append(Array(end.utf8))
    }

    /// The next chunk; empty at the end.
    mutating func next() -> [UInt8] {
        guard parts.count == 3 else {
            return parts.isEmpty ? [] : parts.removeFirst()
        }
        if !parts[0].isEmpty {
            let first = parts[0]
            parts[0] = []
            return first
        }
        guard repetitions > 0 else {
            parts.removeFirst(2)
            return next()
        }
        repetitions -= 1
        return parts[1]
    }
}

/// The most memory of this process that was resident at once.
enum PeakMemory {
    /// Less than what is read while it is measured.
    static let bound = 64 << 20

    /// By how much the peak of a work is above what was resident before.
    ///
    /// Tests beside it need memory too, so that more than the bound proves nothing yet: the work is done again, and the
    /// least of some tries counts. What keeps all that it reads is above the bound each time.
    static func growth(tries: Int = 6, of work: () throws -> Void) rethrows -> Int {
        var least = Int.max
        for _ in 0..<tries where least >= bound {
            // Linux forgets the peak of before, which would hide any that is lower: proc(5), clear_refs.
            if let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") { file.write(Data("5".utf8)) }
            let before = bytes
            try work()
            least = min(least, bytes - before)
        }
        return least
    }

    private static var bytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return (Int(line.split(separator: " ").dropLast().last ?? "") ?? 0) << 10
    }
}
