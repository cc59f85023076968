-- Tasks on their way to an agency: enqueued by a policy, leased by whoever works for the agency, ended once.
--
-- Expected size: hundreds open, some hundred thousand ended until they are pruned. Every change of state is an update,
-- and so a dead row; autovacuum is told to come early.
create table tasks (
    id bigint generated always as identity,
    agency text not null,
    kind text not null,
    -- Whoever enqueues the same key for the same agency again adds nothing, also when the task has ended.
    unique_key text not null,
    -- json, not jsonb: the receiver gets the bytes that were signed for.
    payload json not null,
    -- Higher comes first.
    priority smallint not null,
    state text not null default 'waiting',
    -- Waiting: from when it may be leased. Leased: when the lease ends and it may be leased again, with no sweep between.
    due_at timestamptz not null,
    -- How often it was leased. A worker that dies with the task has used an attempt up.
    attempts integer not null default 0,
    -- Grows with each lease and never falls, so that an older lease is known for what it is.
    token bigint not null default 0,
    worker text,
    last_error text,
    created_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    constraint tasks_pk primary key (id),
    constraint tasks_unique_key unique (agency, unique_key),
    constraint tasks_state check (state in ('waiting', 'leased', 'done', 'withheld', 'dead')),
    constraint tasks_payload_size check (octet_length(payload::text) <= 65536),
    constraint tasks_worker check ((state = 'leased') = (worker is not null)),
    constraint tasks_ended check ((state in ('done', 'withheld', 'dead')) = (ended_at is not null))
)
with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);

-- The hot query: the next tasks of one agency. Also answers which agencies have work at all.
create index tasks_open on tasks (agency, priority desc, due_at, id) where state in ('waiting', 'leased');

-- Dead letters are listed, ended tasks pruned by age.
create index tasks_dead on tasks (id) where state = 'dead';
create index tasks_ended_at on tasks (ended_at) where state in ('done', 'withheld');
