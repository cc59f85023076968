import Postgres

/// The statements of `Queue`.
enum QueueSQL {
    static let enqueue = Statement(
        "queue.enqueue",
        """
        select segment, enqueued_at, numbers
        from enqueue_tasks(
            $1::text[], $2::text[], $3::text[], $4::smallint[], $5::timestamptz[], $6::bigint[], $7::text[]
        )
        """
    )

    static let notify = Statement("queue.notify", "select pg_notify($1, $2)")

    /// What leased tasks are, for a worker in another process than the dispatcher.
    static let leased = Statement(
        "queue.leased",
        """
        select t.number, t.agency, t.kind, t.unique_key, t.priority, t.enqueued_at, t.payload
        from unnest($1::smallint[], $2::bigint[]) as w (segment, number)
        join tasks as t on t.segment = w.segment and t.number = w.number
        """
    )

    /// A dispatcher looks again at what it remembers.
    static let change = Statement("queue.change", "update queue_state set changes = changes + 1")

    /// `$1` `$2` a member and its text, `$3` kind or null, `$4` members, `$5` the text they get. The order of members stays.
    static let overwriteTasks = Statement(
        "queue.overwrite_tasks",
        """
        update tasks
        set payload = (
            select json_object_agg(
                m.key,
                case when m.key = any ($4::text[]) then to_json($5::text) else m.value end
                order by m.ordinality
            )
            from json_each(payload::json) with ordinality as m
        )
        where payload::json ->> $1::text = $2::text
            and kind = coalesce($3::text, kind)
            and exists (
                select
                from json_each_text(payload::json) as m
                where m.key = any ($4::text[]) and m.value is distinct from $5::text
            )
        """
    )

    static let overwriteDeadLetters = Statement(
        "queue.overwrite_dead_letters",
        """
        update dead_letters
        set payload = (
            select json_object_agg(
                m.key,
                case when m.key = any ($4::text[]) then to_json($5::text) else m.value end
                order by m.ordinality
            )
            from json_each(payload::json) with ordinality as m
        )
        where payload::json ->> $1::text = $2::text
            and kind = coalesce($3::text, kind)
        """
    )

    static let deadLetters = Statement(
        "queue.dead_letters",
        """
        select number, agency, kind, unique_key, payload, priority, attempts, error, enqueued_at, died_at
        from dead_letters
        where number > $1::bigint
            and agency = coalesce($3::text, agency)
        order by number
        limit $2::integer
        """
    )

    static let takeDeadLetters = Statement(
        "queue.take_dead_letters",
        """
        delete from dead_letters
        where number = any ($1::bigint[])
        returning number, agency, kind, unique_key, payload, priority, attempts, error, enqueued_at, died_at
        """
    )

    static let deadCounts = Statement(
        "queue.dead_counts",
        """
        select agency, count(*)
        from dead_letters
        group by agency
        """
    )

    static let setLimit = Statement(
        "queue.set_limit",
        """
        insert into queue_limits (agency, kind, concurrency, rate_tasks, rate_seconds, rate_burst, is_paused)
        values ($1::text, $2::text, $3::integer, $4::integer, $5::integer, $6::integer, $7::boolean)
        on conflict (agency, kind) do update
        set concurrency = excluded.concurrency,
            rate_tasks = excluded.rate_tasks,
            rate_seconds = excluded.rate_seconds,
            rate_burst = excluded.rate_burst,
            is_paused = excluded.is_paused,
            changed_at = clock_timestamp()
        """
    )

    /// In one statement, so that a limit somebody else sets meanwhile stays. An agency without a limit of its own gets that
    /// of all agencies.
    static let pause = Statement(
        "queue.pause",
        """
        insert into queue_limits (agency, kind, concurrency, rate_tasks, rate_seconds, rate_burst, is_paused)
        select $1::text, '*', l.concurrency, l.rate_tasks, l.rate_seconds, l.rate_burst, $2::boolean
        from (select) as one
        left join queue_limits as l on l.agency = '*' and l.kind = '*'
        on conflict (agency, kind) do update
        set is_paused = excluded.is_paused, changed_at = clock_timestamp()
        """
    )

    /// Whether it is paused stays as it is: somebody may pause it meanwhile. A scope without a limit of its own is paused when
    /// that of all agencies is.
    static let setBounds = Statement(
        "queue.set_bounds",
        """
        insert into queue_limits (agency, kind, concurrency, rate_tasks, rate_seconds, rate_burst, is_paused)
        select
            $1::text, $2::text, $3::integer, $4::integer, $5::integer, $6::integer, coalesce(l.is_paused, false)
        from (select) as one
        left join queue_limits as l on l.agency = '*' and l.kind = $2::text
        on conflict (agency, kind) do update
        set concurrency = excluded.concurrency,
            rate_tasks = excluded.rate_tasks,
            rate_seconds = excluded.rate_seconds,
            rate_burst = excluded.rate_burst,
            changed_at = clock_timestamp()
        """
    )

    /// What is paused stays so, without bounds.
    static let removeBounds = Statement(
        "queue.remove_bounds",
        """
        with removed as (
            delete from queue_limits
            where agency = $1::text and kind = $2::text and not is_paused
        )
        update queue_limits
        set concurrency = null,
            rate_tasks = null,
            rate_seconds = null,
            rate_burst = null,
            changed_at = clock_timestamp()
        where agency = $1::text and kind = $2::text and is_paused
        """
    )

    static let removeLimit = Statement(
        "queue.remove_limit",
        "delete from queue_limits where agency = $1::text and kind = $2::text"
    )

    static let lanes = Statement(
        "queue.lanes",
        """
        select l.agency, l.kind, l.ready, l.scheduled, l.leased, l.oldest_at, l.reported_at, l.leader, clock_timestamp()
        from queue_lanes as l
        order by l.agency, l.kind
        """
    )

    static let counts = Statement(
        "queue.counts",
        """
        select
            agency, kind, sum(leased)::bigint, sum(done)::bigint, sum(withheld)::bigint, sum(retried)::bigint,
            sum(dead)::bigint, extract(epoch from sum(waited))::double precision,
            extract(epoch from max(longest_wait))::double precision
        from task_counts
        where minute >= clock_timestamp() - make_interval(secs => $1::double precision)
        group by agency, kind
        """
    )

    /// `$1` seconds in `$2` parts.
    static let paces = Statement(
        "queue.paces",
        """
        select
            agency,
            ($2::double precision - 1 - floor(
                extract(epoch from clock_timestamp() - minute)::double precision * $2::double precision
                    / $1::double precision
            ))::integer as part,
            sum(done)::bigint
        from task_counts
        where minute > clock_timestamp() - make_interval(secs => $1::double precision)
        group by agency, part
        """
    )

    static let schedules = Statement(
        "queue.schedules",
        """
        select name, cron, zone, agency, kind, priority, payload, last_due
        from task_schedules
        order by name
        """
    )

    /// A time table that is changed counts from now on.
    static let setSchedule = Statement(
        "queue.set_schedule",
        """
        insert into task_schedules (name, cron, zone, agency, kind, priority, payload)
        values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::smallint, $7::text)
        on conflict (name) do update
        set cron = excluded.cron,
            zone = excluded.zone,
            agency = excluded.agency,
            kind = excluded.kind,
            priority = excluded.priority,
            payload = excluded.payload,
            last_due = clock_timestamp()
        """
    )

    static let removeSchedule = Statement(
        "queue.remove_schedule",
        "delete from task_schedules where name = $1::text"
    )

    static let fired = Statement(
        "queue.fired",
        "update task_schedules set last_due = $2::timestamptz where name = $1::text"
    )
}
