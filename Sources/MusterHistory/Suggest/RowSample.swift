/// Some rows of a file, from its beginning.
struct RowSample {
    /// Rows that are looked at, and bytes of their text.
    static let maximumRows = 20_000
    static let maximumBytes = 24 << 20

    var columns: [String] = []
    /// One text for each column and row, without the space around it; empty where nothing is said.
    var values: [[String]] = []
    var rows = 0
    /// Whether these are all rows of the file.
    var isWhole = false
    /// Lines that are no rows of the format.
    var faults = 0

    /// Reads rows with all their columns. Blocks.
    init(of path: String, format: Mapping.Format) throws(ImportError) {
        var file = try RowFile(path: path, format: format)
        try file.open(columns: nil)
        var bytes = 0
        while rows < Self.maximumRows, bytes < Self.maximumBytes {
            switch try file.step() {
            case .row:
                bytes += take(file, hasFixedColumns: format.type.hasFixedColumns)
            case .fault: faults += 1
            case .end, .needsMore, .failure:
                isWhole = true
                columns = file.columns ?? columns
                return
            }
        }
    }

    /// - Returns: bytes of the row.
    private mutating func take(_ file: borrowing RowFile, hasFixedColumns: Bool) -> Int {
        let names = file.columns ?? []
        let fields = file.fields
        // A row of CSV with another number of fields than the header has. Elsewhere names may have come behind the row.
        guard fields.count == names.count || (!hasFixedColumns && fields.count < names.count) else {
            faults += 1
            return 0
        }
        while values.count < names.count { values.append(Array(repeating: "", count: rows)) }
        columns = names
        var size = 0
        let bytes = file.bytes
        for (index, field) in fields.enumerated() {
            values[index].append(Self.text(bytes[field]))
            size += field.count
        }
        for index in fields.count..<names.count { values[index].append("") }
        rows += 1
        return size
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
