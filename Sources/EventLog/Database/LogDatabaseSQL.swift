import Postgres

/// Statements over the catalogue of logs and migrations.
enum LogDatabaseSQL {
    /// What migrations themselves stand on: the one part of the schema that has no migration.
    static let foundation = """
        create schema if not exists muster;
        create table if not exists muster.migrations (
            schema_name text not null,
            number integer not null,
            name text not null,
            checksum bytea not null,
            applied_at timestamptz not null default clock_timestamp(),
            constraint migrations_pkey primary key (schema_name, number)
        );
        """

    /// Held by the session that changes schemas, until it ends.
    static let lock = Statement("migrations_lock", "select pg_advisory_lock(7239118214)")

    static let encoding = Statement("database_encoding", "select current_setting('server_encoding')")

    static let applied = Statement(
        "migrations_applied",
        """
        select number, name, checksum
        from muster.migrations
        where schema_name = $1
        order by number
        """
    )

    static let record = Statement(
        "migrations_record",
        """
        insert into muster.migrations (schema_name, number, name, checksum)
        values ($1, $2, $3, $4)
        """
    )

    static let logs = Statement(
        "logs_list",
        """
        select name, mode, schema_name, created_at
        from muster.logs
        order by created_at, name
        """
    )

    static let log = Statement(
        "logs_find",
        """
        select name, mode, schema_name, created_at
        from muster.logs
        where name = $1
        """
    )

    static let insertLog = Statement(
        "logs_insert",
        """
        insert into muster.logs (name, mode, schema_name)
        values ($1, $2, $3)
        """
    )
}
