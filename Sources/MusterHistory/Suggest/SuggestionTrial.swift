/// What becomes of the first rows of a file under a mapping.
struct SuggestionTrial {
    struct Reject: Hashable {
        let column: String?
        let code: String
    }

    private(set) var rows = 0
    private(set) var rejects: [Reject: Int] = [:]
    /// Where the first reject of a kind is.
    private(set) var lines: [Reject: Int] = [:]

    var rejected: Int { rejects.values.reduce(0, +) }

    /// The most frequent first; of equals, the one that comes first in the file.
    var mostFrequent: [(reject: Reject, count: Int)] {
        rejects.map { (reject: $0.key, count: $0.value) }
            .sorted { ($1.count, lines[$0.reject] ?? 0) < ($0.count, lines[$1.reject] ?? 0) }
    }

    /// Maps rows without any log. Blocks.
    init(path: String, mapping: Mapping) throws(ImportError) {
        var file = try RowFile(path: path, format: mapping.format)
        try file.open(columns: mapping.format.type.hasFixedColumns ? nil : mapping.usedColumns)
        var mapper: RowMapper?
        while rows < RowSample.maximumRows {
            switch try file.step() {
            case .row:
                rows += 1
                let columns = file.columns ?? []
                var current =
                    mapper
                    ?? RowMapper(
                        mapping: mapping,
                        columns: columns,
                        source: "",
                        start: ImportID.start(sha256: "", mapping: mapping)
                    )
                mapper = nil
                do throws(RowMapper.Fault) {
                    _ = try current.map(file.bytes, file.fields, line: file.line)
                } catch {
                    let name = error.column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }
                    count(Reject(column: name, code: error.reason.code), line: file.line)
                }
                mapper = current
            case .fault(let reason):
                rows += 1
                count(Reject(column: nil, code: reason.code), line: file.line)
            case .end, .needsMore, .failure: return
            }
        }
    }

    private mutating func count(_ reject: Reject, line: Int) {
        rejects[reject, default: 0] += 1
        if lines[reject] == nil { lines[reject] = line }
    }
}
