import Postgres

/// Statements that read events. All return the columns `EventReader` decodes.
enum EventReaderSQL {
    /// Positions are dense, so a page is a range: the plan never depends on a limit.
    static let page = Statement(
        "log_page",
        """
        select
            e.position, e.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from events as e
        join streams as s on s.id = (e.stream_version >> 32)::integer
        where e.position > $1 and e.position <= $2
        order by e.position
        """
    )

    /// Versions are dense too.
    static let stream = Statement(
        "log_stream",
        """
        select
            e.position, e.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from streams as s
        join events as e
            on e.stream_version > (s.id::bigint << 32) + $2::integer
            and e.stream_version <= (s.id::bigint << 32) + $3::integer
        where s.name = $1
        order by e.stream_version
        """
    )

    static let streams = Statement(
        "log_streams",
        """
        select
            e.position, e.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from unnest($1::text[]) as n (name)
        join streams as s on s.name = n.name
        join events as e
            on e.stream_version > s.id::bigint << 32
            and e.stream_version < (s.id::bigint + 1) << 32
        where e.position > $2 and e.position <= $3
        order by e.position
        limit $4
        """
    )

    static let tail = Statement(
        "log_tail",
        "select coalesce(max(position), 0) from events"
    )
}
