import EventSourcing
import Foundation
import MusterHistory
import MusterRuntime
import PostgresServer

/// Import of a generated file of fire calls into a durable history log.
struct ImportBenchmark: Benchmark {
    let ids = ["import.csv"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let rows = bench.isQuick ? 40_000 : 200_000
        let path = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).csv"
        BenchCluster.say("import.csv: writing a file of \(rows) rows")
        try Self.write(rows: rows, to: path)
        let mapping = try Mapping.named("sf-fire-calls")
        var rates: [Double] = []
        for run in 1...bench.runCount {
            BenchCluster.say("import.csv: run \(run) of \(bench.runCount)")
            let name = "import-\(run)"
            let summary = try await bench.withLog(name, mode: .history) { log in
                try await Importer(log: log).run(input: path, mapping: mapping)
            }
            guard summary.added == rows else {
                throw BenchError("the import added \(summary.added) of \(rows) rows: \(summary.rejects)")
            }
            rates.append(summary.rowsPerSecond)
        }
        BenchCluster.say("COPY of the same file into a plain table")
        let copy = try await Self.copyRate(path, rows: rows, on: bench)
        try FileManager.default.removeItem(atPath: path)
        return [
            Measurement(id: ids[0], unit: "rows/s", runs: rates, beside: [("COPY into a plain table, rows/s", copy)])
        ]
    }

    private static let header =
        "Call Number,Unit ID,Incident Number,Call Type,Call Date,Watch Date,Received DtTm,Entry DtTm,Dispatch DtTm,"
        + "Response DtTm,On Scene DtTm,Transport DtTm,Hospital DtTm,Call Final Disposition,Available DtTm,Address,City,"
        + "Zipcode of Incident,Battalion,Station Area,Box,Original Priority,Priority,Final Priority,ALS Unit,"
        + "Call Type Group,Number of Alarms,Unit Type,Unit sequence in call dispatch,Fire Prevention District,"
        + "Supervisor District,Neighborhooods - Analysis Boundaries,RowID,Location\n"

    /// Two units a call, one call a minute, in the layout of the shipped mapping.
    private static func write(rows: Int, to path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var text = header
        for row in 0..<rows {
            let call = 100_000_000 + row / 2
            let unit = row % 2 == 0 ? "E\(row % 40)" : "T\(row % 20)"
            let minutes = row / 2
            let date = "\(two(minutes / 40_320 % 12 + 1))/\(two(minutes / 1_440 % 28 + 1))/2020"
            func time(_ seconds: Int) -> String {
                let second = minutes % 1_440 * 60 + seconds
                let hour = second / 3_600 % 24
                let clock = hour % 12 == 0 ? 12 : hour % 12
                return "\(date) \(two(clock)):\(two(second / 60 % 60)):\(two(second % 60)) \(hour < 12 ? "AM" : "PM")"
            }
            text +=
                "\(call),\(unit),\(call),Medical Incident,\(date),\(date),\(time(1)),\(time(3)),\(time(11)),\(time(21)),"
            text +=
                "\(time(41)),,,Code 2 Transport,\(time(58)),100 Block of MAIN ST,San Francisco,94103,B0\(row % 9 + 1),36,"
            text += "2338,3,3,3,true,Potentially Life-Threatening,1,ENGINE,1,2,6,Tenderloin,\(call)-\(unit),"
            text += "\"(37.77\(row % 1000), -122.41\(row % 1000))\"\n"
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func copyRate(_ path: String, rows: Int, on bench: BenchCluster) async throws -> Double {
        let columns = header.split(separator: ",").indices.map { "c\($0) text" }.joined(separator: ", ")
        _ = try await bench.run("psql", ["-qXd", bench.cluster.conninfo, "-c", "create table raw_copy (\(columns))"])
        let start = ContinuousClock.now
        _ = try await bench.run(
            "psql",
            ["-qXd", bench.cluster.conninfo, "-c", "\\copy raw_copy from '\(path)' (format csv, header)"]
        )
        return Double(rows) / ((.now - start) / .seconds(1))
    }
}
