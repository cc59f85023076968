import EventSourcing
import Postgres

/// Reads events through the log's pool.
struct EventReader: Sendable {
    let log: LogName
    let pool: ConnectionPool
    let types: EventTypes

    /// The events after a position, at most `limit`.
    ///
    /// - Throws: `LogError.hole` when they do not follow each other without a gap, `.detached` when the first are away.
    func page(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        guard limit > 0 else { return [] }
        let last = position.rawValue.addingReportingOverflow(Int64(limit))
        let rows = try await pool.query(
            EventReaderSQL.page,
            position.rawValue,
            last.overflow ? .max : last.partialValue
        )
        let events = try await decode(rows)
        var expected = position.advanced(by: 1)
        if events.isEmpty { try await checkIsAttached(expected) }
        for event in events {
            guard event.position == expected else {
                try await checkIsAttached(expected)
                throw LogError.hole(log: log, expected: expected, found: event.position)
            }
            expected = expected.advanced(by: 1)
        }
        return events
    }

    private func checkIsAttached(_ position: Position) async throws {
        if let positions = try await away(around: position) {
            throw LogError.detached(log: log, positions: positions)
        }
    }

    /// The positions in detached partitions among which one is; nil when it is in none.
    private func away(around position: Position) async throws -> ClosedRange<Position>? {
        var away: ClosedRange<Position>?
        for row in try await pool.query(EventReaderSQL.detached) {
            let (first, last) = try row.decode(Int64.self, Int64.self)
            if let before = away, before.upperBound.advanced(by: 1) == Position(first) {
                away = before.lowerBound...Position(last)
            } else if Position(first) <= position {
                away = Position(first)...Position(last)
            }
        }
        return away.flatMap { $0.contains(position) ? $0 : nil }
    }

    /// Makes room for events after the tail.
    ///
    /// - Returns: the last position there is room for.
    func addPartitions(room: Int, size: Int) async throws -> Position {
        let rows = try await pool.query(AppendSQL.addPartitions, Int64(room), Int64(size))
        return Position(try rows[0].value(0, as: Int64.self))
    }

    /// The events of some streams after the version that is told of each, at most `limit` of each.
    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        guard limit > 0, !versions.isEmpty else { return [] }
        let limit = Int32(clamping: limit)
        return try await decode(
            try await pool.query(
                EventReaderSQL.newerOfStreams,
                versions.map(\.key.rawValue),
                versions.map(\.value.rawValue),
                versions.map { $0.value.rawValue > Int32.max - limit ? Int32.max : $0.value.rawValue + limit }
            )
        )
    }

    /// The events of some streams within a range of positions, in the log's order, at most `limit`.
    func events(
        of streams: [StreamName],
        after position: Position,
        through last: Position,
        limit: Int
    ) async throws -> [RecordedEvent] {
        guard limit > 0, !streams.isEmpty else { return [] }
        return try await decode(
            try await pool.query(
                EventReaderSQL.streams,
                Array(Set(streams.map(\.rawValue))),
                position.rawValue,
                last.rawValue,
                Int64(limit)
            )
        )
    }

    /// The receipt of a command that is in the log, durably.
    func receipt(of command: CommandID) async throws -> AppendReceipt? {
        guard let row = try await pool.query(AppendSQL.receipts, [UUIDBytes(command)]).first else { return nil }
        try await pool.execute(AppendSQL.confirm)
        return try AppendReceipt.decode(row).1
    }

    func tail() async throws -> Position {
        guard let row = try await pool.query(EventReaderSQL.tail).first else { return .origin }
        return Position(try row.value(0, as: Int64.self))
    }

    /// - Parameter isSparse: whether rows without a stream's name are passed over.
    func decode(_ rows: Rows, isSparse: Bool = false) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        events.reserveCapacity(rows.count)
        var hasRefreshed = false
        for row in rows {
            if isSparse, row.isNull(2) { continue }
            let position = Position(try row.value(0, as: Int64.self))
            if row.isNull(5) {
                // It may have been attached again meanwhile.
                let positions = try await away(around: position) ?? position...position
                throw LogError.detached(log: log, positions: positions)
            }
            let typeID = try row.value(5, as: Int16.self)
            var type = types.type(typeID)
            if type == nil, !hasRefreshed {
                // Another process has named it since; its row is committed, since events of it are.
                try types.learn(try await pool.query(AppendSQL.eventTypes))
                hasRefreshed = true
                type = types.type(typeID)
            }
            guard let type else { throw LogError.unknownType(log: log, position: position, number: typeID) }
            events.append(
                RecordedEvent(
                    position: position,
                    stream: StreamName(stored: try row.value(2, as: String.self)),
                    version: StreamHead(packed: try row.value(1, as: Int64.self)).version,
                    id: EventID(
                        command: CommandID(try row.value(3, as: UUIDBytes.self)),
                        ordinal: try row.value(4, as: Int16.self)
                    ),
                    type: type,
                    occurredAt: Timestamp(try row.value(6, as: PostgresTimestamp.self)),
                    recordedAt: Timestamp(try row.value(7, as: PostgresTimestamp.self)),
                    metadata: row.bytes(8),
                    data: row.bytes(9)
                )
            )
        }
        return events
    }
}

extension Timestamp {
    fileprivate init(_ time: PostgresTimestamp) { self.init(microseconds: time.microsecondsSince1970) }
}
