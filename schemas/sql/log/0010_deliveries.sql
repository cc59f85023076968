-- What became of each attempt to bring a task to an agency's own system, and tasks that are given back without an attempt.
--
-- Written by inserts alone, in batches, and kept in a ring of segments: when the current one is full, or old, the next
-- begins, which is truncated first. So the last month is kept, and no more than a million attempts.

-- A lease that is given back is none of the task's attempts: it was not the task that failed.
alter table task_steps
    drop constraint task_steps_kind_check,
    add constraint task_steps_kind_check
        check (kind in ('lease', 'extend', 'over', 'done', 'withheld', 'retry', 'back', 'dead'));

create or replace view task_standings as
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
    select task.number, count(*) filter (where s.kind = 'lease') - count(*) filter (where s.kind = 'back') as leases
    from task_steps as s
    cross join unnest(s.tasks) as task (number)
    where s.kind in ('lease', 'back')
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
    case when s.kind in ('retry', 'back') then s.until else t.run_at end as due_at,
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

create sequence delivery_numbers as bigint;

-- One row.
create table delivery_state (
    is_only boolean not null default true,
    -- Where new rows go, from which number on, and since when.
    segment smallint not null default 1,
    first_number bigint not null default 1,
    since timestamptz not null default clock_timestamp(),
    constraint delivery_state_pkey primary key (is_only),
    constraint delivery_state_is_only_check check (is_only)
);
insert into delivery_state default values;

-- Two hundred bytes each; no payloads, no secrets, no addresses.
create table deliveries (
    segment smallint not null,
    number bigint not null default nextval('delivery_numbers'),
    agency text not null,
    task bigint not null,
    -- As the receiver knows it: the header webhook-id.
    message text not null,
    attempt integer not null,
    -- By the sender's clock.
    started_at timestamptz not null,
    duration interval not null,
    -- Of the answer; null when there was none.
    status smallint,
    -- How much of the answer was read.
    answer_bytes bigint not null,
    outcome text not null,
    -- What went wrong, or was odd.
    note text,
    -- Since when, and until when, the sender asks the agency no more, as it sees it after this attempt; null while it does.
    circuit_open_since timestamptz,
    circuit_probe_at timestamptz,
    constraint deliveries_outcome_check check (outcome in ('delivered', 'failed', 'returned', 'buried', 'unrecorded'))
) partition by list (segment);

create table deliveries_1 partition of deliveries for values in (1);
create table deliveries_2 partition of deliveries for values in (2);
create table deliveries_3 partition of deliveries for values in (3);
create table deliveries_4 partition of deliveries for values in (4);

-- The last ones of all; of an agency, the last of which says how its circuit stands; those that failed.
create index deliveries_number on deliveries (number);
create index deliveries_agency on deliveries (agency, number);
create index deliveries_failed on deliveries (number) where outcome <> 'delivered';

-- Begins the next segment when the current one holds so many rows, or is so old. Whoever comes second does nothing.
create function turn_deliveries(most_rows bigint, longest interval) returns boolean
language plpgsql
as $$
declare
    next_number bigint;
    next_segment smallint;
begin
    select case when s.is_called then s.last_value + 1 else s.last_value end into strict next_number
    from delivery_numbers as s;
    select d.segment % 4 + 1 into next_segment
    from delivery_state as d
    where next_number - d.first_number >= most_rows
        or (next_number > d.first_number and clock_timestamp() - d.since >= longest)
    for update skip locked;
    if not found then
        return false;
    end if;
    execute format('truncate %I', 'deliveries_' || next_segment);
    update delivery_state
    set segment = next_segment, first_number = next_number, since = clock_timestamp();
    return true;
end
$$;
