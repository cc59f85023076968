import EventLog
import EventSourcing
import MusterBoards
import MusterDomain
import Postgres

/// Reads the log of a busy town from its first event on: as facts, and as a board that is made anew.
struct ReadBenchmark: Benchmark {
    let ids = ["read.typed", "board.rebuild"]

    private static let pageSize = 1_000
    private static let board = "operations"

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let (matters, runCount) = (bench.isQuick ? 4_000 : 24_000, bench.runCount)
        return try await bench.withLog("town") { log in
            BenchCluster.say("read.typed, board.rebuild: writing the log of \(matters) matters")
            try await TownTraffic.write(matters: matters, to: log)
            let tail = try await log.tail()
            // The first pass reads the pages into memory and is not counted.
            _ = try await Self.readBytes(of: log)
            var (bytes, facts, rebuilds): ([Double], [Double], [Double]) = ([], [], [])
            for run in 1...runCount {
                BenchCluster.say("read.typed, board.rebuild: \(tail) events, run \(run) of \(runCount)")
                bytes.append(try await Self.rate(of: tail) { try await Self.readBytes(of: log) })
                facts.append(try await Self.rate(of: tail) { try await Self.readFacts(of: log) })
                let rebuild = BoardRebuild(log: log, holder: "muster-bench \(run)")
                rebuilds.append(
                    try await Self.rate(of: tail) { Int(try await rebuild.run(Self.board).position.rawValue) }
                )
            }
            return [
                Measurement(
                    id: ids[0],
                    unit: "events/s",
                    runs: facts,
                    beside: [("pages in binary, nothing decoded, rows/s", Measurement.median(bytes))]
                ),
                Measurement(
                    id: ids[1],
                    unit: "events/s",
                    runs: rebuilds,
                    beside: [("typed read, events/s", Measurement.median(facts))]
                ),
            ]
        }
    }

    /// Events a second of a pass over the whole log.
    ///
    /// - Parameter pass: returns how many events it has seen.
    private static func rate(of tail: Position, _ pass: () async throws -> Int) async throws -> Double {
        let start = ContinuousClock.now
        guard try await pass() == Int(tail.rawValue) else { throw BenchError("a pass has not seen every event") }
        return Double(tail.rawValue) / ((.now - start) / .seconds(1))
    }

    /// Envelope and payload of every event, by one reader.
    private static func readFacts(of log: Log) async throws -> Int {
        try await read { after in
            try await log.events(after: after, limit: pageSize)
        } taking: { events in
            for event in events { _ = try Fact(event) }
            return (events.count, events.last?.position)
        }
    }

    // MARK: - The limit beside it

    private static let page = Statement(
        "bench_page",
        """
        select
            position, stream_version, command_id, ordinal, type_id, occurred_at, recorded_at, metadata, data
        from events
        where position > $1
        order by position
        limit 1000
        """
    )

    /// Every value of every row is touched, and nothing decoded.
    private static func readBytes(of log: Log) async throws -> Int {
        try await read { after in
            try await log.pool.query(page, after.rawValue)
        } taking: { rows in
            var sum = 0
            for row in rows {
                for column in 0..<rows.columnCount {
                    row.withBytes(column) { bytes in sum &+= Int(bytes?.last ?? 0) }
                }
            }
            guard sum > 0 else { return (rows.count, nil) }
            return (rows.count, try rows.last.map { Position(try $0.value(0, as: Int64.self)) })
        }
    }

    /// Page after page, the next one on its way while one is taken in.
    private static func read<Page: Sendable>(
        _ page: @escaping @Sendable (Position) async throws -> Page,
        taking take: (Page) throws -> (count: Int, last: Position?)
    ) async throws -> Int {
        var count = 0
        var position = Position.origin
        var next = try await page(position)
        while true {
            // Positions are dense: where the next page begins is known before this one is decoded.
            let after = position.advanced(by: pageSize)
            async let following = page(after)
            let (taken, last) = try take(next)
            count += taken
            guard let last, last == after else {
                _ = try await following
                return count
            }
            position = after
            next = try await following
        }
    }
}
