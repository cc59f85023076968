import Postgres

/// Statements that read events. All return the columns `EventReader` decodes.
enum EventReaderSQL {
    /// Positions are dense, so a page is a range: the plan never depends on a limit. Names are looked up by their key in a
    /// subquery with a limit: without it the join would be planned as a hash over all streams, with it each stream of a
    /// page is looked up once.
    static let page = Statement(
        "log_page",
        """
        select
            e.position, e.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from events as e
        left join lateral (
            select s.name
            from streams as s
            where s.id = (e.stream_version >> 32)::integer
            limit 1
        ) as s on true
        where e.position > $1 and e.position <= $2
        order by e.position
        """
    )

    /// Versions are dense too. Each event is looked up by its position in a subquery of its own, since a join would be
    /// planned as a hash over all partitions; where the partition is detached there is none.
    static let newerOfStreams = Statement(
        "log_newer_of_streams",
        """
        select
            v.position, v.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from unnest($1::text[], $2::integer[], $3::integer[]) as n (name, version, last)
        join streams as s on s.name = n.name
        join stream_versions as v
            on v.stream_version > (s.id::bigint << 32) + n.version
            and v.stream_version <= (s.id::bigint << 32) + n.last
        left join lateral (
            select
                e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at, e.metadata, e.data
            from events as e
            where e.position = v.position
            limit 1
        ) as e on true
        order by v.stream_version
        """
    )

    static let streams = Statement(
        "log_streams",
        """
        select
            v.position, v.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from unnest($1::text[]) as n (name)
        join streams as s on s.name = n.name
        join stream_versions as v
            on v.stream_version > s.id::bigint << 32
            and v.stream_version < (s.id::bigint + 1) << 32
        left join lateral (
            select
                e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at, e.metadata, e.data
            from events as e
            where e.position = v.position
            limit 1
        ) as e on true
        where v.position > $2 and v.position <= $3
        order by v.position
        limit $4
        """
    )

    /// Events in the order of streams and versions, up to a position. So many versions are passed, whatever their
    /// category: those of others come without a name, and their events are not read.
    static let byStream = Statement(
        "log_by_stream",
        """
        select
            v.position, v.stream_version, s.name, e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at,
            e.metadata, e.data
        from (
            select v.stream_version, v.position
            from stream_versions as v
            where v.stream_version > $1
            order by v.stream_version
            limit $4
        ) as v
        left join lateral (
            select s.name
            from streams as s
            where s.id = (v.stream_version >> 32)::integer
                and v.position <= $2
                and ($3::text is null or s.name = $3 or starts_with(s.name, $3 || '-'))
            limit 1
        ) as s on true
        left join lateral (
            select
                e.command_id, e.ordinal, e.type_id, e.occurred_at, e.recorded_at, e.metadata, e.data
            from events as e
            where e.position = v.position and s.name is not null
            limit 1
        ) as e on true
        order by v.stream_version
        """
    )

    /// Streams in the order of their numbers; without a name those that began after a position.
    static let streamNames = Statement(
        "log_stream_names",
        """
        select s.id, case when v.position <= $2 then s.name end
        from (
            select s.id, s.name
            from streams as s
            where s.id > $1
            order by s.id
            limit $3
        ) as s
        left join lateral (
            select v.position
            from stream_versions as v
            where v.stream_version = (s.id::bigint << 32) + 1
            limit 1
        ) as v on true
        order by s.id
        """
    )

    /// How many events of each type there are in a range of positions.
    static let typeCounts = Statement(
        "log_type_counts",
        """
        select t.name, t.version, c.count
        from (
            select e.type_id, count(*) as count
            from events as e
            where e.position > $1 and e.position <= $2
            group by e.type_id
        ) as c
        join event_types as t on t.id = c.type_id
        order by t.name, t.version
        """
    )

    static let pseudonymKey = Statement("log_pseudonym_key", "select key from pseudonym_key")

    /// The detached partitions in the order of their positions.
    static let detached = Statement(
        "log_detached",
        """
        select p.first_position, p.last_position
        from event_partitions as p
        where p.detached_at is not null
        order by p.first_position
        """
    )

    static let tail = Statement(
        "log_tail",
        "select coalesce(max(position), 0) from events"
    )
}
