import Postgres

/// Statements of the append path.
enum AppendSQL {
    /// The one statement of a batch; see `append_events` in the schema.
    static let append = Statement(
        "log_append",
        """
        select first_position, recorded_at
        from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """
    )

    /// Receipts of commands that are in the log, and of no other. What stands in a detached part was recorded at the end
    /// of that part at the latest.
    static let receipts = Statement(
        "log_receipts",
        """
        select k.command_id, v.position, k.event_count, coalesce(e.recorded_at, p.recorded_until)
        from command_keys as k
        join stream_versions as v on v.stream_version = k.first_event
        left join lateral (
            select e.recorded_at
            from events as e
            where e.position = v.position
            limit 1
        ) as e on true
        left join event_partitions as p
            on e.recorded_at is null and v.position between p.first_position and p.last_position
        where k.command_id = any ($1)
        """
    )

    /// Makes a commit that is durable wherever this server's commits have to be, and with it all that was visible before.
    ///
    /// Being visible does not mean that much: when the wait for a standby is cancelled, or ends with its session or server,
    /// others see what no standby has. Where commits wait for nobody this does nothing.
    static let confirm = Statement(
        "log_confirm",
        """
        select pg_logical_emit_message(true, 'muster', ''::text)
        where current_setting('synchronous_standby_names') <> ''
            and not pg_is_in_recovery()
        """
    )

    /// Heads of streams, by the place of their name in the list; streams that do not exist are left out. A stream is
    /// looked at by its newest version alone.
    static let heads = Statement(
        "log_heads",
        """
        select n.place, s.id, coalesce(h.stream_version, s.id::bigint << 32)
        from unnest($1::text[]) with ordinality as n (name, place)
        join streams as s on s.name = n.name
        left join lateral (
            select v.stream_version
            from stream_versions as v
            where v.stream_version > s.id::bigint << 32
                and v.stream_version < (s.id::bigint + 1) << 32
            order by v.stream_version desc
            limit 1
        ) as h on true
        """
    )

    /// Room for `$1` events after the last, in parts of `$2`.
    static let addPartitions = Statement("log_add_partitions", "select add_event_partitions($1, $2)")

    static let streamIDs = Statement(
        "log_stream_ids",
        """
        select nextval('stream_ids')::integer
        from generate_series(1, $1::integer)
        """
    )

    static let begin = Statement("log_begin", "begin isolation level read committed")

    static let commit = Statement("log_commit", "commit")

    static let lock = Statement("log_lock", "select lock_log()")

    static let addEventTypes = Statement(
        "log_add_event_types",
        """
        insert into event_types (name, version)
        select n.name, n.version
        from unnest($1::text[], $2::smallint[]) as n (name, version)
        where not exists (
            select
            from event_types as t
            where t.name = n.name and t.version = n.version
        )
        on conflict on constraint event_types_name_version_key do nothing
        """
    )

    static let eventTypes = Statement(
        "log_event_types",
        """
        select id, name, version
        from event_types
        """
    )

    /// Where the server stands: its timeline (null on a standby), the log's tail, and when the event at `$1` was recorded
    /// (null when none is there, or its part of the log is detached).
    static let standing = Statement(
        "log_standing",
        """
        select
            case
                when not pg_is_in_recovery()
                then ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer
            end,
            coalesce((select max(position) from events), 0),
            (select recorded_at from events where position = $1)
        """
    )
}
