import EventSourcing
import Postgres

extension EventReader {
    /// Positions whose events are counted in one statement, which so ends in time however long the log is.
    private static let countedPositions: Int64 = 1_000_000

    /// Events stream by stream; passes so many versions.
    func streamPage(
        of category: String?,
        after cursor: StreamCursor,
        through last: Position,
        limit: Int
    ) async throws -> StreamPage {
        let rows = try await pool.query(
            EventReaderSQL.byStream,
            cursor.packed,
            last.rawValue,
            category,
            Int64(limit)
        )
        let next = try rows.last.map { try $0.value(1, as: Int64.self) }
        return StreamPage(
            events: try await decode(rows, isSparse: true),
            next: next.map(StreamCursor.init(packed:)),
            passed: rows.count
        )
    }

    /// The streams that began up to a position; looks at so many.
    func streamNames(
        after cursor: StreamCursor,
        through last: Position,
        limit: Int
    ) async throws -> StreamListing {
        let rows = try await pool.query(
            EventReaderSQL.streamNames,
            Int32(truncatingIfNeeded: cursor.packed),
            last.rawValue,
            Int64(limit)
        )
        var streams: [StreamName] = []
        var next: StreamCursor?
        for row in rows {
            next = StreamCursor(packed: Int64(try row.value(0, as: Int32.self)))
            if !row.isNull(1) { streams.append(StreamName(stored: try row.value(1, as: String.self))) }
        }
        return StreamListing(streams: streams, next: next)
    }

    /// How many events of each type there are up to a position, in the order of their names.
    func typeCounts(through last: Position) async throws -> [EventType: Int] {
        var counts: [EventType: Int] = [:]
        var position: Int64 = 0
        while position < last.rawValue {
            try Task.checkCancellation()
            let end = min(position + Self.countedPositions, last.rawValue)
            for row in try await pool.query(EventReaderSQL.typeCounts, position, end) {
                let (name, version, count) = try row.decode(String.self, Int16.self, Int64.self)
                counts[EventType(name, version: version), default: 0] += Int(count)
            }
            position = end
        }
        return counts
    }

    /// What the log's pseudonyms are made with.
    func pseudonymKey() async throws -> [UInt8] {
        try await pool.query(EventReaderSQL.pseudonymKey)[0].value(0, as: [UInt8].self)
    }
}
