import Postgres

/// The statements of `PolicyRunner`.
enum PolicySQL {
    /// Advisory locks are the database's, not the schema's: the key holds the log's schema.
    static let lead = Statement(
        "policies.lead",
        "select pg_try_advisory_lock(hashtextextended('muster.policies:' || current_schema(), 0))"
    )
}
