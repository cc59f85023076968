import Logging
import Postgres

/// Applies migrations on a session that holds the lock on schema changes.
struct MigrationRunner: Sendable {
    let connection: Connection
    let logger: Logger

    /// Takes the lock and makes sure that migrations can be recorded.
    func begin() async throws {
        let encoding = try await connection.query(LogDatabaseSQL.encoding)[0].value(0, as: String.self)
        guard encoding == "UTF8" else { throw LogDatabaseError.encoding(encoding) }
        _ = try await connection.query(LogDatabaseSQL.lock)
        try await connection.script(LogDatabaseSQL.foundation)
    }

    /// Applies what is missing in a schema, each step in a transaction of its own; nothing when it is up to date.
    func apply(_ known: [Migration], to schema: String) async throws {
        for migration in try await Self.pending(known, of: schema, on: connection) {
            try await connection.transaction { connection in
                // A schema's name is made by `LogName.schema` or is a literal: it needs no quoting.
                try await connection.script("set local search_path = \(schema), muster;")
                try await connection.script(migration.sql)
                try await connection.execute(
                    LogDatabaseSQL.record,
                    schema,
                    migration.number,
                    migration.name,
                    migration.checksum
                )
            }
            logger.info(
                "migration applied",
                metadata: [
                    "migration.schema": "\(schema)", "migration.number": "\(migration.number)",
                    "migration.name": "\(migration.name)",
                ]
            )
        }
    }

    /// The steps a schema lacks.
    static func pending(
        _ known: [Migration],
        of schema: String,
        on connection: Connection
    ) async throws -> ArraySlice<Migration> {
        let rows = try await connection.query(LogDatabaseSQL.applied, schema)
        let applied = try rows.map { row in
            let (number, name, checksum) = try row.decode(Int32.self, String.self, [UInt8].self)
            return MigrationHistory.Applied(number: number, name: name, checksum: checksum)
        }
        return try MigrationHistory.pending(known, applied: applied, schema: schema)
    }
}
