-- The queue of tasks on their way to agencies, written by inserts alone and emptied by TRUNCATE, so that it stays as fast
-- while somebody holds an old snapshot, and has no dead rows to be vacuumed.
--
-- Tasks and the steps of their lives stand in segments. New tasks go to the current one; what happens to a task is noted
-- in the segment of the task. When everything in a segment has ended, both its tables are truncated and it is used again.
-- One dispatcher at a time leads: it alone writes steps, over a session that holds an advisory lock.
--
-- Expected size: some segments of up to a million tasks; three hundred bytes a task.

alter table tasks rename to tasks_before;

create sequence task_numbers as bigint;

-- One row.
create table queue_state (
    is_only boolean not null default true,
    -- Which dispatcher leads, counted; those before it write no more.
    epoch bigint not null default 0,
    leader text,
    -- Where new tasks go.
    segment smallint not null default 1,
    -- No step has a higher number that stood in a segment which was emptied since.
    step bigint not null default 0,
    -- Grows whenever stored tasks were changed, or the limits: what a dispatcher remembers of them is out of date then.
    changes bigint not null default 0,
    constraint queue_state_pkey primary key (is_only),
    constraint queue_state_is_only_check check (is_only)
);
insert into queue_state default values;

create table tasks (
    segment smallint not null,
    number bigint not null,
    agency text not null,
    kind text not null,
    -- The same key for the same agency is handed out once while the first is open, and for long after its end.
    unique_key text,
    -- Higher comes first.
    priority smallint not null,
    run_at timestamptz not null,
    enqueued_at timestamptz not null default statement_timestamp(),
    -- A dead letter that is sent again with this task.
    resent bigint,
    -- How often a task was written again into a later segment; the newest row counts.
    carried integer not null default 0,
    -- What happened before it was written again.
    attempts integer not null default 0,
    last_error text,
    -- JSON, as text: the receiver gets the bytes that were signed for, and nobody parses it here.
    payload text not null,
    constraint tasks_payload_check check (octet_length(payload) <= 65536)
) partition by list (segment);

-- What happened to tasks: leased, nobody's since the lease is over, ended, to be tried again. Plain columns: a table
-- without a toast table is truncated with fewer changes to the catalogue.
create table task_steps (
    segment smallint not null,
    -- Grows with every step, over all dispatchers.
    number bigint not null,
    kind text not null,
    -- The fencing token: the number of the step that leased the tasks.
    lease bigint not null,
    tasks bigint[] not null,
    at timestamptz not null,
    -- Of a lease: until when. Of a retry: from when on.
    until timestamptz,
    worker text,
    -- The process that lives and dies with the lease; null for a worker outside, whom only the term binds.
    session text,
    note text,
    constraint task_steps_kind_check check (kind in ('lease', 'extend', 'over', 'done', 'withheld', 'retry', 'dead'))
) partition by list (segment);
alter table task_steps
    alter column kind set storage plain,
    alter column tasks set storage plain,
    alter column worker set storage plain,
    alter column session set storage plain,
    alter column note set storage plain;

-- Makes a segment, or does nothing when it is there. Attached rather than created in place: writers need not wait.
create function add_task_segment(segment smallint) returns void
language plpgsql
as $$
declare
    base text;
begin
    foreach base in array array['tasks', 'task_steps'] loop
        if to_regclass(format('%s_%s', base, segment)) is null then
            execute format('create table %I (like %I including all)', base || '_' || segment, base);
            if base = 'tasks' then
                execute format('alter table %I add constraint %I primary key (number)',
                    base || '_' || segment, base || '_' || segment || '_pkey');
            end if;
            -- Segments are emptied, never cleaned; only transaction numbers make a vacuum necessary.
            execute format('alter table %I set (autovacuum_enabled = false)', base || '_' || segment);
            execute format('alter table %I attach partition %I for values in (%s)',
                base, base || '_' || segment, segment);
        end if;
    end loop;
end
$$;

select add_task_segment(segment::smallint)
from generate_series(1, 4) as segment;

-- Empties a segment of which a dispatcher knows that everything in it has ended. False when that is not so: another
-- dispatcher leads, or somebody has brought a task meanwhile.
create function empty_task_segment(emptied smallint, leader_epoch bigint, expected bigint) returns boolean
language plpgsql
as $$
declare
    stored bigint;
begin
    -- Held to the end: the next dispatcher waits for it.
    perform from queue_state as s where s.epoch = leader_epoch and s.segment <> emptied for share;
    if not found then
        return false;
    end if;
    -- Nobody writes there any more, and what was written is visible to the next statement.
    execute format('lock table %I, %I in access exclusive mode', 'tasks_' || emptied, 'task_steps_' || emptied);
    execute format('select count(*) from %I', 'tasks_' || emptied) into stored;
    -- None are there when it was emptied before and the answer got lost.
    if stored not in (0, expected) then
        return false;
    end if;
    execute format('truncate %I, %I', 'tasks_' || emptied, 'task_steps_' || emptied);
    return true;
end
$$;

-- Adds tasks to the current segment; `numbers` are in the order of the arguments.
--
-- The transaction takes its number before the tasks take theirs: so whoever misses a task number knows which transactions
-- may still bring it.
create function enqueue_tasks(
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
    select s.segment, statement_timestamp() into strict segment, enqueued_at
    from queue_state as s;
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

-- Tasks that were given up, until a person sends them again.
create table dead_letters (
    number bigint not null,
    agency text not null,
    kind text not null,
    unique_key text,
    payload text not null,
    priority smallint not null,
    attempts integer not null,
    error text not null,
    enqueued_at timestamptz not null,
    died_at timestamptz not null default clock_timestamp(),
    constraint dead_letters_pkey primary key (number)
);

-- Where each stored task stands, for people and reports. Reads everything: it is not for every second.
create view task_standings as
with latest as (
    select distinct on (number) *
    from tasks
    order by number, carried desc
), steps as (
    select distinct on (task.number) task.number, s.kind, s.until, s.worker, s.note, s.at
    from task_steps as s
    cross join unnest(s.tasks) as task (number)
    where s.kind <> 'extend'
    order by task.number, s.number desc
), attempts as (
    select task.number, count(*) as leases
    from task_steps as s
    cross join unnest(s.tasks) as task (number)
    where s.kind = 'lease'
    group by task.number
), extensions as (
    select task.number, max(s.until) as until
    from task_steps as s
    cross join unnest(s.tasks) as task (number)
    where s.kind = 'extend'
    group by task.number
)
select
    t.number,
    t.agency,
    t.kind,
    t.unique_key,
    t.priority,
    case
        when s.kind in ('done', 'withheld', 'dead') then s.kind
        when s.kind = 'lease' and greatest(s.until, e.until) > clock_timestamp() then 'leased'
        else 'waiting'
    end as state,
    case when s.kind = 'retry' then s.until else t.run_at end as due_at,
    t.attempts + coalesce(a.leases, 0) as attempts,
    case when s.kind = 'lease' then s.worker end as worker,
    coalesce(s.note, t.last_error) as last_error,
    t.enqueued_at,
    s.at as changed_at,
    t.payload
from latest as t
left join steps as s using (number)
left join attempts as a using (number)
left join extensions as e using (number);

-- How much an agency gets at once and in a time, and whether it gets anything. '*' stands for every agency, or every kind.
-- A limit for an agency and every kind bounds the sum of them; one for every agency bounds each by itself.
create table queue_limits (
    agency text not null,
    kind text not null,
    concurrency integer,
    -- So many tasks in so many seconds, and so many of them at once.
    rate_tasks integer,
    rate_seconds integer,
    rate_burst integer,
    is_paused boolean not null default false,
    changed_at timestamptz not null default clock_timestamp(),
    constraint queue_limits_pkey primary key (agency, kind),
    constraint queue_limits_concurrency_check check (concurrency > 0),
    constraint queue_limits_rate_check check (
        (rate_tasks > 0 and rate_seconds > 0 and rate_burst > 0)
        or (rate_tasks is null and rate_seconds is null and rate_burst is null)
    )
);

-- How far the rates of agencies, or of their kinds, are used up by what was leased up to a step.
create table queue_gauges (
    agency text not null,
    kind text not null,
    -- In nanoseconds since 1970.
    full_at bigint not null,
    step bigint not null,
    constraint queue_gauges_pkey primary key (agency, kind)
);

-- Tasks that are enqueued again and again.
create table task_schedules (
    name text not null,
    cron text not null,
    -- An IANA name: by whose clocks.
    zone text not null,
    agency text not null,
    kind text not null,
    priority smallint not null,
    payload text not null,
    -- The last time for which a task was enqueued; written together with the task.
    last_due timestamptz not null default clock_timestamp(),
    constraint task_schedules_pkey primary key (name)
);

-- How the dispatcher sees its lanes, written when somebody asks. Nothing is lost with it.
create unlogged table queue_lanes (
    agency text not null,
    kind text not null,
    -- To be handed out now; later; with workers.
    ready bigint not null,
    scheduled bigint not null,
    leased bigint not null,
    -- Since when the one that has waited longest might have been handed out.
    oldest_at timestamptz,
    reported_at timestamptz not null,
    leader text not null,
    constraint queue_lanes_pkey primary key (agency, kind)
);

-- What happened, counted by the minute: what remains of tasks when their segments are emptied.
create table task_counts (
    minute timestamptz not null,
    agency text not null,
    kind text not null,
    leased bigint not null,
    done bigint not null,
    withheld bigint not null,
    retried bigint not null,
    dead bigint not null,
    -- From when tasks might be handed out to when they were, of those that were leased.
    waited interval not null,
    longest_wait interval not null,
    -- The last step that is counted.
    step bigint not null
);
create index task_counts_minute on task_counts using brin (minute);
create index task_counts_step on task_counts (step);

-- What is in the table of before. What was leased is handed out again; of what has ended, the last keep their keys.
create table ended_before as
select id, agency, kind, state, token, ended_at
from tasks_before
where state in ('done', 'withheld')
order by ended_at desc, id desc
limit 500000;

insert into tasks (segment, number, agency, kind, unique_key, priority, run_at, enqueued_at, attempts, last_error, payload)
select 1, id, agency, kind, unique_key, priority, due_at, created_at, attempts, last_error, payload::text
from tasks_before
where state in ('waiting', 'leased')
    or id in (select id from ended_before);

insert into task_steps (segment, number, kind, lease, tasks, at)
select
    1, row_number() over (order by max(ended_at), state, part), state, max(token), array_agg(id order by ended_at, id),
    max(ended_at)
from (
    select *, row_number() over (partition by state order by ended_at, id) / 500 as part
    from ended_before
) as e
group by state, part;

insert into task_counts (
    minute, agency, kind, leased, done, withheld, retried, dead, waited, longest_wait, step
)
select
    date_trunc('minute', ended_at), agency, kind, 0, count(*) filter (where state = 'done'),
    count(*) filter (where state = 'withheld'), 0, 0, interval '0', interval '0',
    (select max(number) from task_steps)
from ended_before
group by 1, agency, kind;

-- A token of before is none of those that come.
update queue_state
set step = greatest(
    (select coalesce(max(token), 0) from tasks_before),
    (select coalesce(max(number), 0) from task_steps)
);

insert into dead_letters (number, agency, kind, unique_key, payload, priority, attempts, error, enqueued_at, died_at)
select id, agency, kind, unique_key, payload::text, priority, attempts, coalesce(last_error, ''), created_at, ended_at
from tasks_before
where state = 'dead';

select setval('task_numbers', coalesce((select max(id) from tasks_before), 0) + 1, false);

drop table ended_before, tasks_before;
