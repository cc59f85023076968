import Postgres

/// Statements over the partitions of a log; see `schemas/sql/log/0005_partitions.sql`.
enum LogPartitionsSQL {
    static let list = Statement(
        "log_partitions",
        """
        select first_position, last_position, detached_at
        from event_partitions
        order by first_position
        """
    )

    static let detach = Statement("log_detach_partition", "select detach_event_partition($1)")

    static let attach = Statement("log_attach_partition", "select attach_event_partition($1)")
}
