-- A transaction that enqueues more than once writes all its tasks to the segment of the first: its lock on that segment
-- keeps it from being emptied, while a segment that was added since may not be known to the transaction.

create or replace function enqueue_tasks(
    agencies text[],
    kinds text[],
    unique_keys text[],
    priorities smallint[],
    run_ats timestamptz[],
    resents bigint[],
    payloads text[],
    out segment smallint,
    out enqueued_at timestamptz,
    out numbers bigint[]
)
language plpgsql
as $$
begin
    perform pg_current_xact_id();
    enqueued_at := statement_timestamp();
    -- Forgotten at the end of the transaction, or of the savepoint, as the lock is.
    segment := nullif(current_setting('muster.task_segment', true), '');
    if segment is null then
        select s.segment into strict segment
        from queue_state as s;
        perform set_config('muster.task_segment', segment::text, true);
    end if;
    numbers := array(
        select nextval('task_numbers')
        from generate_series(1, cardinality(agencies))
    );
    insert into tasks (segment, number, agency, kind, unique_key, priority, run_at, enqueued_at, resent, payload)
    select
        enqueue_tasks.segment, t.number, t.agency, t.kind, t.unique_key, t.priority,
        greatest(t.run_at, enqueue_tasks.enqueued_at), enqueue_tasks.enqueued_at, t.resent, t.payload
    from unnest(numbers, agencies, kinds, unique_keys, priorities, run_ats, resents, payloads)
        as t (number, agency, kind, unique_key, priority, run_at, resent, payload);
end
$$;
