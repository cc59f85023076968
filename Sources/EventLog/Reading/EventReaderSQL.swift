import Postgres

/// Statements that read events. All return the columns `EventReader` decodes.
enum EventReaderSQL {
    /// Positions are dense, so a page is a range: the plan never depends on a limit. The name is looked up by its key in
    /// a subquery of its own, since a join would be planned as a hash over all streams.
    static let page = Statement(
        "log_page",
        """
        select
            e.position, e.stream_version,
            (select s.name from streams as s where s.id = (e.stream_version >> 32)::integer),
            e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at, e.metadata, e.data
        from events as e
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

    /// Adding 0 keeps positions from being taken for the way into the table: that is the streams' key.
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
        where e.position + 0 > $2 and e.position + 0 <= $3
        order by e.position + 0
        limit $4
        """
    )

    static let tail = Statement(
        "log_tail",
        "select coalesce(max(position), 0) from events"
    )
}
