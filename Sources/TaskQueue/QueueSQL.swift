import Postgres

/// The statements of `Queue`.
enum QueueSQL {
    /// In the order of the keys, so that two transactions which enqueue the same keys wait instead of deadlocking.
    static let enqueue = Statement(
        "tasks.enqueue",
        """
        insert into tasks (agency, kind, unique_key, payload, priority, due_at)
        select agency, kind, unique_key, payload::json, priority, greatest(run_at, statement_timestamp())
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::timestamptz[])
            as given (agency, kind, unique_key, payload, priority, run_at)
        order by agency, unique_key
        on conflict on constraint tasks_unique_key do nothing
        """
    )

    /// `$1` `$2` a member and its text, `$3` kind or null, `$4` members, `$5` the text they get. The order of members stays.
    static let overwrite = Statement(
        "tasks.overwrite",
        """
        update tasks
        set payload = (
            select json_object_agg(
                m.key,
                case when m.key = any ($4::text[]) then to_json($5::text) else m.value end
                order by m.ordinality
            )
            from json_each(payload) with ordinality as m
        )
        where payload ->> $1::text = $2::text
            and kind = coalesce($3::text, kind)
        """
    )

    /// Two leases at once never meet: what one has locked the other skips, and what it has changed no longer fits.
    static let lease = Statement(
        "tasks.lease",
        """
        with candidates as (
            select open.id
            from unnest($1::text[], $2::integer[]) as wanted (agency, amount)
            cross join lateral (
                select id
                from tasks
                where agency = wanted.agency
                    and state in ('waiting', 'leased')
                    and due_at <= statement_timestamp()
                    and attempts < $3::integer
                order by priority desc, due_at, id
                limit wanted.amount
                for update skip locked
            ) as open
        )
        update tasks
        set state = 'leased',
            due_at = statement_timestamp() + make_interval(secs => $4::double precision),
            attempts = attempts + 1,
            token = token + 1,
            worker = $5::text
        from candidates
        where tasks.id = candidates.id
        returning tasks.id, token, agency, kind, unique_key, payload, priority, attempts, due_at, created_at
        """
    )

    /// An answer that got lost makes a worker acknowledge again, so a task that has ended under the same lease is accepted.
    static let end = Statement(
        "tasks.end",
        """
        with held as (
            select tasks.id
            from unnest($1::bigint[], $2::bigint[]) as given (id, token)
            join tasks on tasks.id = given.id and tasks.token = given.token
            where state in ('leased', $3::text)
                and ($4::text is null or agency = $4::text)
            order by tasks.id
            for update of tasks
        )
        update tasks
        set state = $3::text,
            worker = null,
            last_error = coalesce($5::text, last_error),
            ended_at = coalesce(ended_at, statement_timestamp())
        from held
        where tasks.id = held.id
        returning tasks.id, tasks.token
        """
    )

    /// A delay below zero asks for the backoff. The random part is the server's, as the clock is.
    static let fail = Statement(
        "tasks.fail",
        """
        with held as (
            select tasks.id,
                given.error,
                given.is_final or attempts >= $6::integer as is_over,
                case
                    when given.delay >= 0 then given.delay
                    else least($8::double precision, $7::double precision * power(2, least(attempts, 40) - 1))
                        * (1 + $9::double precision * (2 * random() - 1))
                end as delay
            from unnest($1::bigint[], $2::bigint[], $3::text[], $4::double precision[], $5::boolean[])
                as given (id, token, error, delay, is_final)
            join tasks on tasks.id = given.id and tasks.token = given.token
            where state = 'leased'
                and ($10::text is null or agency = $10::text)
            order by tasks.id
            for update of tasks
        )
        update tasks
        set state = case when held.is_over then 'dead' else 'waiting' end,
            due_at = statement_timestamp() + make_interval(secs => held.delay),
            worker = null,
            last_error = held.error,
            ended_at = case when held.is_over then statement_timestamp() end
        from held
        where tasks.id = held.id
        returning tasks.id, tasks.token, tasks.state = 'dead'
        """
    )

    static let extend = Statement(
        "tasks.extend",
        """
        with held as (
            select tasks.id
            from unnest($1::bigint[], $2::bigint[]) as given (id, token)
            join tasks on tasks.id = given.id and tasks.token = given.token
            where state = 'leased'
                and ($4::text is null or agency = $4::text)
            order by tasks.id
            for update of tasks
        )
        update tasks
        set due_at = greatest(due_at, statement_timestamp() + make_interval(secs => $3::double precision))
        from held
        where tasks.id = held.id
        returning tasks.id, tasks.token
        """
    )

    /// A worker that died with its last attempt leaves a lease that nobody may take over.
    static let buryUsedUp = Statement(
        "tasks.bury_used_up",
        """
        update tasks
        set state = 'dead',
            worker = null,
            last_error = coalesce(last_error, 'no worker came to an end with it'),
            ended_at = statement_timestamp()
        where id in (
            select id
            from tasks
            where state in ('waiting', 'leased')
                and attempts >= $1::integer
                and due_at <= statement_timestamp()
            limit 1000
            for update skip locked
        )
        """
    )

    static let prune = Statement(
        "tasks.prune",
        """
        delete from tasks
        where id in (
            select id
            from tasks
            where state in ('done', 'withheld')
                and ended_at < statement_timestamp() - make_interval(secs => $1::double precision)
            order by ended_at
            limit 1000
            for update skip locked
        )
        """
    )

    static let openCounts = Statement(
        "tasks.open_counts",
        """
        select agency,
            count(*) filter (where state = 'waiting'),
            count(*) filter (where state = 'leased'),
            min(created_at)
        from tasks
        where state in ('waiting', 'leased')
        group by agency
        order by agency
        """
    )

    static let deadCounts = Statement(
        "tasks.dead_counts",
        """
        select agency, count(*)
        from tasks
        where state = 'dead'
        group by agency
        order by agency
        """
    )

    static let deadLetters = Statement(
        "tasks.dead_letters",
        """
        select id, agency, kind, unique_key, payload, priority, attempts, last_error, created_at, ended_at
        from tasks
        where state = 'dead'
            and id > $1::bigint
        order by id
        limit $2::integer
        """
    )

    static let resend = Statement(
        "tasks.resend",
        """
        update tasks
        set state = 'waiting',
            due_at = statement_timestamp(),
            attempts = 0,
            ended_at = null
        where id = any ($1::bigint[])
            and state = 'dead'
        """
    )
}
