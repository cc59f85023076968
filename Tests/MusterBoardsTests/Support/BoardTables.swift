import EventLog
import EventSourcing
import Logging
import MusterTesting
import Postgres
import Testing

@testable import MusterBoards

/// The tables of the boards of a fresh log, as a test looks at them.
struct BoardTables: Sendable {
    /// Pools as a projector and as a test have them; the first is the one whose connections are killed.
    let pool: ConnectionPool
    private let watch: ConnectionPool

    struct Stored: Sendable {
        let position: Position
        let rows: [BoardChange.Row]
    }

    /// How the server calls the connections of this test's projectors.
    private let writers: String

    init(database: TestDatabase, schema: String) {
        func pool(_ name: String) -> ConnectionPool {
            var configuration = ConnectionConfiguration(conninfo: database.conninfo, applicationName: name)
            configuration.searchPath = schema
            return ConnectionPool(
                configuration: configuration,
                size: 4,
                waitLimit: 100,
                waitTimeout: .seconds(10),
                logger: database.logger
            )
        }
        writers = "writers \(schema)"
        self.pool = pool(writers)
        watch = pool("muster board watch")
    }

    func close() async {
        await pool.close()
        await watch.close()
    }

    /// Of the board whose rows they are.
    static let version = Int32(OperationsBoard.version)

    func table(holder: String, lease: Duration, version: Int32 = version) -> BoardRowsTable {
        BoardRowsTable(pool: pool, board: "operations", version: version, holder: holder, leaseTime: lease)
    }

    /// Makes a board anew from what has been told.
    func rebuild(
        _ told: Telling,
        as holder: String = "rebuild",
        lease: Duration = .seconds(60),
        _ purpose: BoardRebuild.Purpose = .replaceWhenEqual,
        rowsPerWrite: Int = 2
    ) -> BoardRebuild {
        var configuration = BoardRebuild.Configuration()
        configuration.leaseTime = lease
        configuration.purpose = purpose
        configuration.rowsPerWrite = rowsPerWrite
        return BoardRebuild(
            pool: pool,
            holder: holder,
            configuration: configuration,
            tail: { told.tail },
            events: { told.events(after: $0, limit: $1) }
        )
    }

    /// Runs a projector while the body does, and stops it afterwards.
    func withProjector(
        of boards: LiveBoards,
        named holder: String = "test",
        lease: Duration = .milliseconds(600),
        _ body: () async throws -> Void
    ) async throws {
        var configuration = BoardProjector.Configuration()
        configuration.leaseTime = lease
        let projector = BoardProjector(
            boards: boards,
            pool: pool,
            holder: holder,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            configuration: configuration
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await projector.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    func run(_ sql: String) async throws {
        try await watch.withConnection { connection in try await connection.script(sql) }
    }

    /// Kills every connection of the projectors.
    func killWriters() async throws {
        let kill = Statement(
            "test.kill",
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1::text and datname = current_database()"
        )
        _ = try await watch.query(kill, writers)
    }

    /// Position and rows as of one instant.
    func stored(_ board: String) async throws -> Stored {
        let read = Statement(
            "test.stored",
            """
            select p.position, r.key, r.ordering, r.row
            from board_projections as p
            left join board_rows as r using (board)
            where p.board = $1::text
            order by r.ordering
            """
        )
        var position = Position.origin
        var rows: [BoardChange.Row] = []
        for row in try await watch.query(read, board) {
            let (at, key, order, json) = try row.decode(Int64.self, String?.self, String?.self, JSONText?.self)
            position = Position(at)
            if let key, let order, let json {
                rows.append(BoardChange.Row(key: key, order: order, json: Array(json.text.utf8)))
            }
        }
        return Stored(position: position, rows: rows)
    }

    /// The generations that are stored of a board.
    func generations(_ board: String) async throws -> [Int32] {
        let read = Statement(
            "test.generations",
            "select generation from board_generations where board = $1::text order by generation"
        )
        return try await watch.query(read, board).map { try $0.value(0, as: Int32.self) }
    }

    /// The generations of which there are rows or parked events.
    func generationsWithRows(_ board: String) async throws -> [Int32] {
        let read = Statement(
            "test.generations_with_rows",
            """
            select generation
            from board_generation_rows
            where board = $1::text
            union
            select generation
            from board_generation_parked
            where board = $1::text
            order by generation
            """
        )
        return try await watch.query(read, board).map { try $0.value(0, as: Int32.self) }
    }

    /// Which of some words the rows of a generation say, whether or not anybody reads them.
    func words(_ words: [String], ofGeneration generation: Int32, of board: String) async throws -> [String] {
        let read = Statement(
            "test.words",
            """
            select w.word
            from unnest($3::text[]) with ordinality as w (word, place)
            where exists (
                select from board_generation_rows as r
                where r.board = $1::text
                  and r.generation = $2::integer
                  and position(w.word in r.row::text) > 0
            )
            order by w.place
            """
        )
        return try await watch.query(read, board, generation, words).map { try $0.value(0, as: String.self) }
    }

    /// Whether a connection of the projectors waits for a lock that another holds.
    func isAnyWriterWaiting() async throws -> Bool {
        let read = Statement(
            "test.waiting",
            """
            select count(*)
            from pg_stat_activity
            where application_name = $1::text and datname = current_database() and wait_event_type = 'Lock'
            """
        )
        return try await watch.query(read, writers).first?.value(0, as: Int64.self) ?? 0 > 0
    }

    /// The stored events that could not be read, and how many there are said to be.
    func parked(_ board: String) async throws -> (count: Int64, events: [ParkedEvent]) {
        let read = Statement(
            "test.parked",
            """
            select g.parked, p.position, p.stream, p.type, p.type_version, p.recorded_at, p.problems
            from board_projections as g
            left join board_parked_events as p using (board)
            where g.board = $1::text
            order by p.position
            """
        )
        var count: Int64 = 0
        var events: [ParkedEvent] = []
        for row in try await watch.query(read, board) {
            count = try row.value(0, as: Int64.self)
            guard let position = try row.value(1, as: Int64?.self) else { continue }
            events.append(
                ParkedEvent(
                    position: Position(position),
                    stream: StreamName(stored: try row.value(2, as: String.self)),
                    type: EventType(
                        try row.value(3, as: String.self),
                        version: try row.value(4, as: Int16.self)
                    ),
                    recordedAt: Timestamp(
                        microseconds: try row.value(5, as: PostgresTimestamp.self).microsecondsSince1970
                    ),
                    problems: try row.value(6, as: [String].self)
                )
            )
        }
        return (count, events)
    }

    /// Expects that the stored rows are those of the live operations board.
    func expectRows(of boards: LiveBoards, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let isSame = try await stored("operations").rows == boards.operations.encodedRows().rows
        #expect(isSame, sourceLocation: sourceLocation)
    }

    func epoch(_ board: String) async throws -> Int64? {
        let read = Statement("test.epoch", "select epoch from board_projections where board = $1::text")
        return try await watch.query(read, board).first?.value(0, as: Int64.self)
    }

    func holder(_ board: String) async throws -> String? {
        let read = Statement("test.holder", "select holder from board_projections where board = $1::text")
        return try await watch.query(read, board).first?.value(0, as: String.self)
    }

    /// Waits until every board's rows are stored up to a position.
    func waitForPosition(_ position: Position) async throws {
        try await waitUntil("position >= \(position)")
    }

    /// Asks the server again and again until the condition holds for every board; the suite's time limit ends it.
    func waitUntil(_ condition: String) async throws {
        while true {
            let count = try await watch.withConnection { try await matching(condition, on: $0) }
            if count == BoardCatalogue.all.count { return }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private func matching(_ condition: String, on connection: Connection) async throws -> Int64 {
        // A condition is the test's own text; run-time statements are static, so it goes through a temporary view.
        try await connection.script(
            "create or replace temporary view matching as select count(*) as number from board_projections where \(condition)"
        )
        let read = Statement("test.matching", "select number from matching")
        let answer = try await connection.query(read).first?.value(0, as: Int64.self)
        return answer ?? 0
    }
}

/// A fresh log in the suite's database, and its board tables.
func withTables(_ body: (BoardTables) async throws -> Void) async throws {
    let database = try TestDatabase.current
    let name = "t" + String(UInt64.random(in: 0 ... .max), radix: 36)
    let log = try #require(LogName(name))
    let logs = LogDatabase(conninfo: database.conninfo, logger: database.logger)
    try await logs.migrate()
    try await logs.createLog(log, mode: .live)
    let schema = try #require(try await logs.logs().first { $0.name == log }?.schema)
    let tables = BoardTables(database: database, schema: schema)
    do {
        try await body(tables)
    } catch {
        await tables.close()
        throw error
    }
    await tables.close()
}
