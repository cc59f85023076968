import EventLog
import EventSourcing
import Foundation
import Logging
import MusterBoards
import MusterTesting
import Postgres
import PostgresServer
import Synchronization
import Testing

/// What must hold whatever was killed.
extension House {
    /// Every acknowledged command is in the log exactly once, where it was said to be, behind all that was acknowledged
    /// before it was sent; and the log has no hole.
    func checkLog(of load: Load, after founding: Int64) async throws {
        let bounds = try #require(try await sql("select count(*), min(position), max(position) from events").first)
        #expect(bounds[0] == bounds[2], "positions are dense")
        #expect(bounds[1] == "1")

        let rows = try await sql(
            """
            select command_id, min(position), max(position), count(*) from events
            where position > \(founding) group by command_id
            """
        )
        let inLog = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0.dropFirst().compactMap { Int64($0) }) })
        for entry in await load.entries {
            let receipt = try #require(entry.receipt)
            let found = inLog[entry.posting.id.uuidString.lowercased()]
            #expect(found == [receipt.first, receipt.last, receipt.last - receipt.first + 1])
            #expect(receipt.first > entry.sentAfter, "sent after \(entry.sentAfter)")
        }
    }

    /// Everything has had its effects, and each once.
    func checkEffects(of load: Load) async throws {
        let reports = await load.reports
        let whistles = try await number("select count(*) from recorded_events where type = 'WhistleBlown'")
        // A matter that was raised by hand may be whistled before anybody is sent to look, and then nobody is.
        let assigned = """
            select count(*), count(distinct stream) from recorded_events
            where type = 'InvestigatorAssigned' and stream like 'matter-R-%'
            """
        try await eventually("reactions to everything") {
            guard try await number(assigned) >= reports else { return false }
            return try await number("select count(*) from tasks") >= 2 * whistles
        }
        #expect(try await sql(assigned) == [["\(reports)", "\(reports)"]], "one investigator a report")
        let raised = try await sql(
            """
            select count(*), count(distinct data->>'report') from recorded_events
            where type = 'MatterRaised' and data->>'report' is not null
            """
        )
        #expect(raised == [["\(reports)", "\(reports)"]], "one matter a report")
        let tasks = try await sql("select count(*), count(distinct (agency, unique_key)) from tasks")
        #expect(tasks == [["\(2 * whistles)", "\(2 * whistles)"]], "one task for each department called")
    }

    /// Waits until the log is sealed to its end, and has it verified as an operator would.
    func checkIsProven() async throws {
        let tail = try await number("select max(position) from events")
        try await eventually("sealed log") {
            try await number("select coalesce(max(size), 0) from seal_checkpoints") >= tail
        }
        let proof = try await run("muster", "verify", "--data", data)
        #expect(proof.status == 0, "\(proof.output)\(proof.errors)")
        #expect(proof.output.hasSuffix("PROVEN\n"))
    }

    /// Waits until the stored boards have come so far, checking them on the way.
    func checkBoards(reach position: Position) async throws {
        try await eventually("stored boards") { try await checkBoards().map { $0 >= position } ?? false }
    }

    /// The stored rows of each board are, at this moment, the fold of the events up to the position stored with them.
    ///
    /// - Returns: the position of the board that is furthest behind; nil when one was not written yet.
    @discardableResult
    func checkBoards() async throws -> Position? {
        let (behind, differing) = try await compareBoards()
        #expect(differing == [], "rows that are not the fold of the log up to their position")
        return behind
    }

    /// Rows of thousands of bytes tell less than their keys: these are the boards and keys of rows that differ.
    func compareBoards() async throws -> (behind: Position?, differing: [String]) {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try await withClearLog { log, store in
            var behind: Position?
            var names: Set<String> = []
            var all: [String] = []
            let boards = try await StoredBoard.all(in: log.pool)
            let folds = try await StoredBoard.fold(boards, of: store, logger)
            for board in boards {
                names.insert(board.name)
                behind = min(behind ?? board.position, board.position)
                let fold = try #require(folds[board.name])
                #expect(fold.position == board.position)
                let wanted = Dictionary(fold.rows.map { ($0.key, $0) }) { $1 }
                let stored = Dictionary(board.rows.map { ($0.key, $0) }) { $1 }
                let differing = Set(wanted.keys).union(stored.keys).filter { wanted[$0] != stored[$0] }.sorted()
                all += differing.map { "\(board.name) at \(board.position): \($0)" }
            }
            return (names.count == BoardCatalogue.all.count ? behind : nil, all)
        }
    }
}

/// A board as the database has it at one instant.
private struct StoredBoard {
    let name: String
    let position: Position
    var rows: [BoardChange.Row] = []

    static func all(in pool: ConnectionPool) async throws -> [StoredBoard] {
        let read = Statement(
            "test_boards",
            """
            select p.board, p.position, r.key, r.ordering, r.row
            from board_projections as p
            left join board_rows as r using (board)
            order by p.board, r.ordering
            """
        )
        var boards: [StoredBoard] = []
        for row in try await pool.query(read) {
            let (name, position, key, order, json) = try row.decode(
                String.self,
                Int64.self,
                String?.self,
                String?.self,
                JSONText?.self
            )
            if boards.last?.name != name { boards.append(StoredBoard(name: name, position: Position(position))) }
            guard let key, let order, let json else { continue }
            boards[boards.count - 1].rows.append(.init(key: key, order: order, json: Array(json.text.utf8)))
        }
        return boards
    }

    /// What the same events make of each board in this process, at the position that is stored with it. The log is read
    /// and folded once, however many boards there are.
    static func fold(
        _ boards: [StoredBoard],
        of log: any EventStore,
        _ logger: Logger
    ) async throws -> [String: (position: Position, rows: [BoardChange.Row])] {
        let (batches, continuation) = AsyncThrowingStream<[RecordedEvent], any Error>.makeStream()
        let time = Mutex(Timestamp(microseconds: 0))
        let end = boards.map(\.position).max() ?? .origin
        let live = LiveBoards(
            log: log.name,
            mode: log.mode,
            logger: logger,
            now: { time.withLock { $0 } },
            tail: { end },
            events: { _ in batches }
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await live.run() }
            defer { group.cancelAll() }
            var folds: [String: (position: Position, rows: [BoardChange.Row])] = [:]
            for board in boards.sorted(by: { $0.position < $1.position }) {
                while live.position < board.position {
                    let missing = Int(board.position.rawValue - live.position.rawValue)
                    let events = try await log.events(after: live.position, limit: min(1_000, missing))
                    let last = try #require(events.last)
                    time.withLock { $0 = last.recordedAt }
                    continuation.yield(events)
                    try #require(await live.wait(until: last.position, timeout: .seconds(60)))
                }
                folds[board.name] = try #require(live.board(named: board.name)).encodedRows()
            }
            return folds
        }
    }
}
