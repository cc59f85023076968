/// Gathers the fields of a row by the names of their columns, in whatever order they come.
struct RowBuilder {
    /// Bytes of one row.
    static let maximumRowBytes = 1 << 20
    static let maximumNameBytes = 200
    static let separator = "; "

    /// What was gathered up to a moment, to go back to.
    struct Mark {
        /// Bytes that were gathered.
        var byteCount: Int { count }
        fileprivate let count: Int
        fileprivate let values: [Range<Int>]
        fileprivate let isTooLong: Bool
    }

    private(set) var columns: [String]
    /// The row that was built last.
    private(set) var bytes: [UInt8] = []
    /// Where its fields lie in `bytes`, in the order of the columns.
    private(set) var fields: [Range<Int>] = []
    /// Whether more came than a row may hold; the rest of it was left out.
    private(set) var isTooLong = false

    /// Whether new names become columns.
    let isOpen: Bool
    private var indices: [String: Int] = [:]
    private var gathered: [UInt8] = []
    private var values: [Range<Int>]

    /// - Parameter columns: the columns of a row; nil for all names that come, in the order in which they first do.
    init(columns: [String]?) {
        self.columns = columns ?? []
        isOpen = columns == nil
        values = Array(repeating: 0..<0, count: self.columns.count)
        for (index, name) in self.columns.enumerated() where indices[name] == nil { indices[name] = index }
    }

    /// Whether a value of the name has a place in the row.
    func wants(_ name: String) -> Bool { indices[name] != nil }

    /// Whether a value of the name, or of a name that goes on behind it, could have a place.
    func wants(prefix: String) -> Bool {
        isOpen || columns.contains { $0.utf8.starts(with: prefix.utf8) }
    }

    mutating func set(_ name: String, _ value: some Collection<UInt8>) {
        guard let index = index(name) else { return }
        values[index] = append(value)
    }

    mutating func set(_ name: String, _ value: String) { set(name, value.utf8) }

    /// Adds to what the field holds already, with a separator between them.
    mutating func add(_ name: String, _ value: some Collection<UInt8>) {
        guard !isTooLong, let index = index(name) else { return }
        let before = values[index]
        guard !before.isEmpty else {
            values[index] = append(value)
            return
        }
        let start = gathered.count
        if before.upperBound == start {
            _ = append(Self.separator.utf8)
            values[index] = before.lowerBound..<append(value).upperBound
        } else {
            _ = append(Array(gathered[before]))
            _ = append(Self.separator.utf8)
            values[index] = start..<append(value).upperBound
        }
    }

    mutating func add(_ name: String, _ value: String) { add(name, value.utf8) }

    func mark() -> Mark { Mark(count: gathered.count, values: values, isTooLong: isTooLong) }

    /// Forgets what came after the mark; without one, all of it.
    mutating func reset(to mark: Mark? = nil) {
        gathered.removeSubrange((mark?.count ?? 0)...)
        isTooLong = mark?.isTooLong ?? false
        for index in values.indices {
            values[index] = if let mark, index < mark.values.count { mark.values[index] } else { 0..<0 }
        }
    }

    /// Makes the row of what was gathered, in `bytes` and `fields`.
    mutating func build() {
        var (row, ranges) = (bytes, fields)
        (bytes, fields) = ([], [])
        row.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        build(into: &row, &ranges)
        (bytes, fields) = (row, ranges)
    }

    /// Appends the row of what was gathered.
    func build(into bytes: inout [UInt8], _ fields: inout [Range<Int>]) {
        for value in values {
            let start = bytes.count
            if !value.isEmpty { bytes.append(contentsOf: gathered[value]) }
            fields.append(start..<bytes.count)
        }
    }

    private mutating func index(_ name: String) -> Int? {
        if let index = indices[name] { return index }
        guard isOpen, columns.count < CSVDialect.maximumFields, name.utf8.count <= Self.maximumNameBytes else {
            return nil
        }
        indices[name] = columns.count
        columns.append(name)
        values.append(0..<0)
        return columns.count - 1
    }

    private mutating func append(_ value: some Collection<UInt8>) -> Range<Int> {
        let start = gathered.count
        guard !isTooLong, start + value.count <= Self.maximumRowBytes else {
            isTooLong = true
            return start..<start
        }
        gathered.append(contentsOf: value)
        return start..<gathered.count
    }
}
