import EventLog
import Foundation
import PostgresServer

/// The limit of batches: the server fills tables by itself, or is handed rows with nothing asked of it.
struct ServerInserts {
    let bench: BenchCluster

    private static let data = #"{"note":"\#(String(repeating: "x", count: 285))"}"#
    private static let metadata = #"{"person":"bench","party":"bench","role":"system","territory":"bench"}"#

    /// Rows a second into the tables of a new log, from so many sessions at once, each in one transaction.
    func rate(sessions: Int, rows: Int) async throws -> Double {
        let name = "server-\(sessions)"
        try await bench.withLog(name) { _ in }
        let schema = "log_server_\(sessions)"
        try await psql("select \(schema).add_event_partitions(\(rows), \(rows))", schema: schema)
        return try await timed(rows: rows) {
            try await withThrowingTaskGroup { group in
                for session in 0..<sessions {
                    let part = rows / sessions
                    let range = "\(session * part + 1)::bigint, \((session + 1) * part)::bigint"
                    group.addTask {
                        try await psql(
                            """
                            begin;
                            insert into stream_versions (stream_version, position)
                            select n, n from generate_series(\(range)) as n;
                            insert into events (
                                position, stream_version, occurred_at, recorded_at, command_id, type_id, ordinal, data,
                                metadata
                            )
                            select n, n, now(), now(), '0193c0de-0000-7000-8000-000000000001', 1, 0, '\(Self.data)',
                                '\(Self.metadata)'
                            from generate_series(\(range)) as n;
                            commit;
                            """,
                            schema: schema
                        )
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Rows a second into a table with a key and one jsonb column, 500 a statement, one session.
    func jsonbRate(rows: Int) async throws -> Double {
        try await makePlainTable()
        return try await timed(rows: rows) {
            try await psql(
                """
                do $$
                begin
                    for batch in 1..\(rows / 500) loop
                        insert into plain_events (data)
                        select d::jsonb from unnest(array_fill('\(Self.data)'::text, array[500])) as d;
                        commit;
                    end loop;
                end
                $$;
                """
            )
        }
    }

    /// Rows a second by COPY into the same table.
    func copyRate(rows: Int) async throws -> Double {
        try await makePlainTable()
        let path = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).copy"
        let lines = String(repeating: Self.data + "\n", count: 1_000)
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        for _ in 0..<rows / 1_000 { try file.write(contentsOf: Data(lines.utf8)) }
        try file.close()
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await timed(rows: rows) { try await psql("\\copy plain_events (data) from '\(path)'") }
    }

    private func makePlainTable() async throws {
        try await psql(
            """
            drop table if exists plain_events;
            create table plain_events (position bigint generated always as identity primary key, data jsonb not null);
            """
        )
    }

    private func timed(rows: Int, _ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return Double(rows) / ((.now - start) / .seconds(1))
    }

    private func psql(_ sql: String, schema: String = "public") async throws {
        _ = try await bench.run(
            "psql",
            ["-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, "\(bench.cluster.conninfo) options='-c search_path=\(schema)'"]
        )
    }
}
