import Postgres

/// The statements of a dispatcher.
enum DispatchSQL {
    static let begin = Statement(
        "queue.begin",
        """
        update queue_state
        set epoch = epoch + 1, leader = $1::text
        returning epoch, segment, step, changes, clock_timestamp()
        """
    )

    /// What is new since the last look: tasks above a number, and in the gaps below it, `$2` to `$4`.
    ///
    /// Where `$5` is true it takes a transaction number: all that began before have lower ones.
    static let look = Statement(
        "queue.look",
        """
        select
            pg_snapshot_xmin(s.snapshot)::text::bigint, s.bound, clock_timestamp(), q.changes, t.number, t.segment, t.agency, t.kind, t.unique_key, t.priority, t.run_at, t.enqueued_at,
            t.resent, t.attempts, t.payload
        from (
            select
                pg_current_snapshot() as snapshot,
                case when $5::boolean then pg_current_xact_id()::text::bigint end as bound
        ) as s
        cross join queue_state as q
        left join lateral (
            (
                select *
                from tasks
                where number > $1::bigint
                order by number
                limit $3::integer
            )
            union all
            (
                select g.*
                from unnest($2::bigint[], $4::bigint[]) as gap (first, last)
                cross join lateral (
                    select *
                    from tasks
                    where number between gap.first and gap.last
                    order by number
                    limit $3::integer
                ) as g
                limit $3::integer
            )
        ) as t on true
        order by t.number
        """
    )

    /// `$5` holds the tasks of all rows, each row's from `first` to `last`.
    static let write = Statement(
        "queue.write",
        """
        insert into task_steps (number, segment, kind, lease, tasks, at, until, worker, session, note)
        select
            s.number, s.segment, s.kind, s.lease, ($5::bigint[])[s.first : s.last], s.at, s.until, s.worker, s.session,
            s.note
        from unnest(
            $1::bigint[], $2::smallint[], $3::text[], $4::bigint[], $6::integer[], $7::integer[], $8::timestamptz[],
            $9::timestamptz[], $10::text[], $11::text[], $12::text[]
        ) as s (number, segment, kind, lease, first, last, at, until, worker, session, note)
        """
    )

    static let bury = Statement(
        "queue.bury",
        """
        insert into dead_letters (number, agency, kind, unique_key, payload, priority, attempts, error, enqueued_at)
        select t.number, t.agency, t.kind, t.unique_key, t.payload, t.priority, b.attempts, b.error, t.enqueued_at
        from unnest($1::bigint[], $2::smallint[], $3::integer[], $4::text[]) as b (number, segment, attempts, error)
        join tasks as t on t.segment = b.segment and t.number = b.number
        """
    )

    static let count = Statement(
        "queue.count",
        """
        insert into task_counts (
            minute, agency, kind, leased, done, withheld, retried, dead, waited, longest_wait, step
        )
        select
            date_trunc('minute', clock_timestamp()), c.agency, c.kind, c.leased, c.done, c.withheld, c.retried, c.dead,
            c.waited * interval '1 microsecond', c.longest * interval '1 microsecond', $10::bigint
        from unnest(
            $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[]
        ) as c (agency, kind, leased, done, withheld, retried, dead, waited, longest)
        """
    )

    static let gauge = Statement(
        "queue.gauge",
        """
        insert into queue_gauges (agency, kind, full_at, step)
        select agency, kind, full_at, $4::bigint
        from unnest($1::text[], $2::text[], $3::bigint[]) as g (agency, kind, full_at)
        on conflict (agency, kind) do update
        set full_at = excluded.full_at, step = excluded.step
        """
    )

    static let forgetLanes = Statement("queue.forget_lanes", "delete from queue_lanes")

    /// One row at least, so that whoever asked knows that it was answered.
    static let reportLanes = Statement(
        "queue.report_lanes",
        """
        insert into queue_lanes (agency, kind, ready, scheduled, leased, oldest_at, reported_at, leader)
        select agency, kind, ready, scheduled, leased, oldest_at, clock_timestamp(), $7::text
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[])
            as l (agency, kind, ready, scheduled, leased, oldest_at)
        union all
        select '', '', 0, 0, 0, null, clock_timestamp(), $7::text
        """
    )

    static let noteStep = Statement("queue.note_step", "update queue_state set step = $1::bigint")

    static let addSegment = Statement("queue.add_segment", "select add_task_segment($1::smallint)")

    static let switchSegment = Statement("queue.switch_segment", "update queue_state set segment = $1::smallint")

    /// Rows that somebody overwrites just now are left out: their copies would keep what is to be gone. Whoever overwrites
    /// later waits for the lock on the old rows, and looks for the new ones then.
    static let carry = Statement(
        "queue.carry",
        """
        insert into tasks (
            segment, number, agency, kind, unique_key, priority, run_at, enqueued_at, resent, carried, attempts,
            last_error, payload
        )
        select
            $1::smallint, t.number, t.agency, t.kind, t.unique_key, t.priority, c.due, t.enqueued_at, t.resent,
            t.carried + 1, c.attempts, t.last_error, t.payload
        from unnest($3::bigint[], $4::timestamptz[], $5::integer[]) as c (number, due, attempts)
        join tasks as t on t.segment = $2::smallint and t.number = c.number
        for share of t skip locked
        returning number
        """
    )

    static let empty = Statement(
        "queue.empty",
        "select empty_task_segment($1::smallint, $2::bigint, $3::bigint)"
    )

    /// Who reads a segment for long is not waited for: others would wait behind the lock that is asked for.
    static let impatient = Statement("queue.impatient", "set local lock_timeout = '50ms'")

    // MARK: Taking over

    /// The highest number that a task may have.
    static let lastNumber = Statement(
        "queue.last_number",
        "select case when is_called then last_value else last_value - 1 end from task_numbers"
    )

    static let segments = Statement(
        "queue.segments",
        """
        select substring(c.relname from 'tasks_(\\d+)$')::smallint
        from pg_inherits as i
        join pg_class as c on c.oid = i.inhrelid
        where i.inhparent = 'tasks'::regclass
        order by 1
        """
    )

    static let tasks = Statement(
        "queue.tasks",
        """
        select
            number, segment, agency, kind, unique_key, priority, run_at, enqueued_at, resent, attempts, carried
        from tasks
        where segment = $1::smallint and number > $2::bigint
        order by number
        limit 20000
        """
    )

    static let declareSteps = Statement(
        "queue.declare_steps",
        """
        declare task_steps_read no scroll cursor for
        select number, segment, kind, lease, tasks, at, until, worker, session
        from task_steps
        where segment = $1::smallint
        """
    )

    static let fetchSteps = Statement("queue.fetch_steps", "fetch 20000 from task_steps_read")

    static let closeSteps = Statement("queue.close_steps", "close task_steps_read")

    static let numbers = Statement("queue.numbers", "select number from tasks where segment = $1::smallint")

    static let deadKeys = Statement(
        "queue.dead_keys",
        "select number, agency, unique_key from dead_letters where unique_key is not null order by number"
    )

    static let counted = Statement("queue.counted", "select coalesce(max(step), 0) from task_counts")

    static let gauges = Statement("queue.gauges", "select agency, kind, full_at, step from queue_gauges")

    static let limits = Statement(
        "queue.limits",
        """
        select agency, kind, concurrency, rate_tasks, rate_seconds, rate_burst, is_paused
        from queue_limits
        """
    )

    static let contents = Statement(
        "queue.contents",
        """
        select t.number, t.unique_key, t.payload
        from unnest($1::smallint[], $2::bigint[]) as w (segment, number)
        join tasks as t on t.segment = w.segment and t.number = w.number
        """
    )
}
