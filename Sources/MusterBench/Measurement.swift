import Records
import SystemPackage

/// A figure with its spread, and the limits that were measured beside it in the same run.
struct Measurement: Sendable {
    let id: String
    /// The median of the runs.
    let value: Double
    let unit: String
    /// Milliseconds of single operations, over all runs.
    var p50: Double?
    var p99: Double?
    var beside: [(name: String, value: Double)] = []
    let runs: [Double]

    init(id: String, unit: String, runs: [Double], latencies: [Duration] = [], beside: [(String, Double)] = []) {
        self.id = id
        self.unit = unit
        self.runs = runs
        self.beside = beside.map { (name: $0.0, value: $0.1) }
        value = Self.median(runs)
        let sorted = latencies.sorted()
        p50 = Self.percentile(50, of: sorted)
        p99 = Self.percentile(99, of: sorted)
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Nearest rank, in milliseconds.
    static func percentile(_ percent: Int, of sorted: [Duration]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = (sorted.count * percent + 99) / 100
        return sorted[max(0, rank - 1)] / .milliseconds(1)
    }
}

/// The figures of one run, for people and for machines.
struct MeasurementTable {
    let rows: [Measurement]
    let settings: String

    var text: String {
        let cells =
            [["figure", "median", "unit", "spread", "p50 ms", "p99 ms", "beside it, same run"]] + rows.map(cells)
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        var text = settings + "\n\n"
        for line in cells {
            let padded = line.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return (1...5).contains(column) && column != 2 ? padding + cell : cell + padding
            }
            text += String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
        }
        return text
    }

    private func cells(_ row: Measurement) -> [String] {
        let spread = (row.runs.min() ?? 0, row.runs.max() ?? 0)
        return [
            row.id, Self.short(row.value), row.unit, "\(Self.short(spread.0))–\(Self.short(spread.1))",
            row.p50.map(Self.short) ?? "", row.p99.map(Self.short) ?? "",
            row.beside.map { "\($0.name) \(Self.short($0.value))" }.joined(separator: ", "),
        ]
    }

    private static func short(_ value: Double) -> String {
        if value >= 100 { return String(Int(value.rounded())) }
        let scale = value >= 10 ? 10.0 : 1_000.0
        return "\((value * scale).rounded() / scale)"
    }

    static func writeJSON(_ rows: [Measurement], to path: String) throws {
        var writer = JSONWriter()
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.member("id", row.id)
            writer.name("value")
            writer.number(row.value)
            writer.member("unit", row.unit)
            for (name, value) in [("p50", row.p50), ("p99", row.p99)] {
                writer.name(name)
                if let value { writer.number(value) } else { writer.null() }
            }
            writer.name("beside")
            writer.beginObject()
            for limit in row.beside {
                writer.name(limit.name)
                writer.number(limit.value)
            }
            writer.endObject()
            writer.name("runs")
            writer.beginArray()
            for run in row.runs { writer.number(run) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        let file = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.create, .truncate],
            permissions: [.ownerReadWrite, .groupRead, .otherRead]
        )
        _ = try file.closeAfter { try file.writeAll(writer.bytes + [UInt8(ascii: "\n")]) }
    }
}
