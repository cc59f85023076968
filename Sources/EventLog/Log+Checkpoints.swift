package import EventSourcing
package import Postgres

extension Log {
    /// Sets a reader's checkpoint: name, position. To be executed in the transaction of what the reader has done, on a
    /// connection of `pool`.
    package static let setCheckpoint = Statement(
        "log_set_checkpoint",
        """
        insert into checkpoints (name, position)
        values ($1, $2)
        on conflict (name) do update
        set position = excluded.position, updated_at = clock_timestamp()
        """
    )

    private static let checkpoint = Statement(
        "log_checkpoint",
        """
        select position
        from checkpoints
        where name = $1
        """
    )

    /// How far a reader has come; `.origin` when it has set no checkpoint yet.
    package func checkpoint(_ name: String) async throws -> Position {
        guard let row = try await pool.query(Self.checkpoint, name).first else { return .origin }
        return Position(try row.value(0, as: Int64.self))
    }

    /// Sets a reader's checkpoint in the transaction that is open on the connection.
    package static func setCheckpoint(_ name: String, _ position: Position, on connection: Connection) async throws {
        try await connection.execute(setCheckpoint, name, position.rawValue)
    }
}
