import Foundation
import MusterTesting
import PostgresServer
import Testing

extension Processes {
    /// The promise of the README: an import that was interrupted goes on when it is run again.
    @Suite("Imports that are killed") struct ImportCrashTests {
        private static let mapping = """
            name: calls
            version: 1
            title: {en: Test calls, zh: 测试}
            format: {type: csv}
            time: {zone: UTC, formats: [yyyy-MM-dd HH:mm:ss]}
            case: Call
            key: Id
            required: [Taken]
            stages: {taken: Taken, done: Done}
            attributes: {note: Note}
            """

        private static let rows = 120_000
        /// So many rows are there at most when an import is killed, give or take what comes in meanwhile.
        private static let lastTarget = 80_000
        private static let changedRows = 500
        private static let wrongRows = 7

        /// Rows of which some cannot be taken; and at the end some that are there already, with other content.
        private static var file: String {
            func row(_ id: Int, note: String, taken: String = "2020-03-01 10:00:00") -> String {
                "\(id),\(id / 3),\(taken),2020-03-01 10:\(id % 50 + 10):00,\(note)\n"
            }
            var text = "Id,Call,Taken,Done,Note\n"
            for id in 1...rows {
                text += row(id, note: "first")
                if id % (rows / wrongRows) == 0 { text += row(rows + id, note: "", taken: "soon") }
            }
            for id in 1...changedRows { text += row(id * 7, note: "changed") }
            return text
        }

        @Test(
            "Killed again and again, an import ends with the rows of one that nobody disturbed, each once",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func kills() async throws {
            try await Rounds.run("killed imports") { try await kills(seed: $0) }
        }

        private func kills(seed: UInt64) async throws {
            var generator = SeededGenerator(seed: seed)
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                try Self.file.write(toFile: house.directory + "/calls.csv", atomically: true, encoding: .utf8)
                // Used as long as the test asks it, so that no import that ends takes the server away.
                let cluster = house.cluster
                try await cluster.start()
                let whole = try await start("whole", in: house).end(within: .seconds(300))
                #expect(whole.status == 65, "\(whole.errors)")
                let added = Self.rows + Self.changedRows
                #expect(try await rowCount(of: "whole", in: house) == added)

                // Somewhere in its first second: it may have no log yet, or no row.
                try await kill("killed", after: .milliseconds(Int.random(in: 0...1_000, using: &generator)), in: house)
                let targets = (0..<4).map { _ in Int.random(in: 1...Self.lastTarget, using: &generator) }
                for target in targets.sorted() {
                    try await kill("killed", havingRows: target, by: &generator, in: house)
                }
                let before = try await rowCount(of: "killed", in: house)
                #expect(before < added, "the last kill came too late")

                let end = try await start("killed", in: house).end(within: .seconds(300))
                #expect(end.status == 65, "\(end.errors)")
                let read = Self.rows + Self.changedRows + Self.wrongRows
                #expect(try figure("rows read", in: end.output) == read)
                #expect(try figure("rejected", in: end.output) == Self.wrongRows)
                let (fresh, changed) = (try figure("added", in: end.output), try figure("changed", in: end.output))
                #expect(fresh + changed == added - before, "\(end.output)")
                #expect(try figure("there before", in: end.output) == before, "\(end.output)")
                try await isSameLog(in: house)

                let again = try await start("killed", in: house).end(within: .seconds(300))
                #expect(try figure("added", in: again.output) == 0)
                #expect(try figure("there before", in: again.output) == added)
                try await isSameLog(in: house)
                try await cluster.leave()
            }
        }

        /// Starts an import and kills it once so many rows are in the log, and a moment more.
        private func kill(
            _ log: String,
            havingRows target: Int,
            by generator: inout SeededGenerator,
            in house: House
        ) async throws {
            let delay = Duration.milliseconds(Int.random(in: 0...150, using: &generator))
            let child = try start(log, in: house)
            try await eventually("\(target) rows") {
                guard child.isRunning else { return true }
                return try await rowCount(of: log, in: house) >= target
            }
            try await Task.sleep(for: delay)
            child.send(SIGKILL)
            _ = try await child.end()
        }

        private func kill(_ log: String, after delay: Duration, in house: House) async throws {
            let child = try start(log, in: house)
            try await Task.sleep(for: delay)
            child.send(SIGKILL)
            _ = try await child.end()
        }

        private func start(_ log: String, in house: House) throws -> Child {
            try house.start(
                "muster",
                ["import", "--data", house.data, "--log", log, "--mapping", "calls.yaml", "calls.csv"]
            )
        }

        /// Of a log that may not be there yet.
        private func rowCount(of log: String, in house: House) async throws -> Int {
            let isThere = try await house.number(
                "select count(*) from information_schema.views where table_schema = 'log_\(log)'"
            )
            guard isThere > 0 else { return 0 }
            return Int(try await house.number("select count(*) from log_\(log).recorded_events where \(Self.isRow)"))
        }

        private static let isRow = "type = 'RowImported'"

        /// Both logs have the same rows, whatever the order, and each import began and ended once.
        private func isSameLog(in house: House) async throws {
            func rows(_ log: String) -> String {
                "select stream, occurred_at, data, metadata from log_\(log).recorded_events where \(Self.isRow)"
            }
            for (log, other) in [("whole", "killed"), ("killed", "whole")] {
                let differing = try await house.number(
                    "select count(*) from (\(rows(log)) except all \(rows(other))) as differing"
                )
                #expect(differing == 0, "rows of \(log) that \(other) lacks")
                for type in ["ImportStarted", "ImportFinished"] {
                    let count = "select count(*) from log_\(log).recorded_events where type = '\(type)'"
                    #expect(try await house.number(count) == 1, "\(type) in \(log)")
                }
            }
        }

        /// A number of the summary by the words before it; 0 where it has no such line.
        private func figure(_ words: String, in output: String) throws -> Int {
            guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("  \(words) ") }) else {
                return 0
            }
            let number = line.dropFirst(words.count + 2).split(separator: " ").first
            return try #require(number.flatMap { Int($0) }, "\(line)")
        }
    }
}
