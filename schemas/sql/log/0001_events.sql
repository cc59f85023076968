-- The log itself. Rows are inserted once and never changed: nothing here is the target of an update or a delete.

-- Names of streams as small numbers, given in order of first use, so that the key over them grows mostly at its right
-- edge. Writers take numbers from the sequence in blocks and insert the row together with the stream's first event.
create sequence stream_ids as integer increment by 512;

create table streams (
    id integer not null
        constraint streams_pkey primary key,
    name text not null
        constraint streams_name_key unique
        constraint streams_name_length check (octet_length(name) between 1 and 200)
);

-- Stored names of events: some hundreds at most, read once by each process.
create table event_types (
    id smallint generated always as identity
        constraint event_types_pkey primary key,
    name text not null,
    version smallint not null,
    constraint event_types_name_version_key unique (name, version)
);

-- Hot queries: append at the right edge, pages by position, one stream by version.
create table events (
    -- 1, 2, 3 … without a hole and in commit order: numbered under the log's lock.
    position bigint not null
        constraint events_pkey primary key,
    -- streams.id << 32 | version: one key of eight bytes costs a tenth less than two columns. Versions are 1, 2, 3 … in
    -- their stream. Its uniqueness is what enforces the expected versions of writers.
    stream_version bigint not null
        constraint events_stream_version_key unique,
    -- As the actor says.
    occurred_at timestamptz not null,
    -- The clock of this server under the log's lock, never before that of the event before.
    recorded_at timestamptz not null,
    command_id uuid not null,
    type_id smallint not null,
    -- Of the event among those of its command.
    ordinal smallint not null,
    -- JSON, in text: parsing it into jsonb would cost more than all the rest of the insert.
    data text not null,
    metadata text not null
);

-- A command id names its append for good: asking again finds the first answer. The key is inserted before the log's lock
-- is taken, when no position is known yet; the first event's stream and version are, and lead to it.
create table command_keys (
    command_id uuid not null
        constraint command_keys_pkey primary key,
    -- events.stream_version of the first event of the append.
    first_event bigint not null,
    event_count smallint not null
);

-- The lock of this log: held by whoever gives positions, until the end of the transaction. Schemas of several logs share
-- the database's advisory locks, so the table's own id tells them apart.
create function lock_log()
returns void
language sql
volatile
as $$
    select pg_advisory_xact_lock(1836412019, 'events'::regclass::oid::integer);
$$;

-- Appends events whose versions the caller asserts, in one transaction of its own or the caller's.
--
-- What needs no position is done before the log's lock, so that several sessions do it side by side. Everything that
-- takes a lock on a key does so in one order (streams, command ids, log) and the caller sorts within each, so that two
-- appends cannot wait for each other. A wrong assertion ends in a unique violation, which undoes everything; the caller
-- then finds out which append was wrong.
--
-- Each part of the events' arrays is one event, in the order they get their positions.
create function append_events(
    _stream_ids integer[],
    _stream_names text[],
    _command_ids uuid[],
    _first_events bigint[],
    _event_counts smallint[],
    _stream_versions bigint[],
    _occurred_at timestamptz[],
    _commands uuid[],
    _type_ids smallint[],
    _ordinals smallint[],
    _data text[],
    _metadata text[],
    out first_position bigint,
    out recorded_at timestamptz
)
language plpgsql
volatile
as $$
begin
    if cardinality(_stream_ids) > 0 then
        insert into streams (id, name)
        select s.id, s.name
        from unnest(_stream_ids, _stream_names) as s (id, name);
    end if;

    insert into command_keys (command_id, first_event, event_count)
    select k.command_id, k.first_event, k.event_count
    from unnest(_command_ids, _first_events, _event_counts) as k (command_id, first_event, event_count);

    perform lock_log();

    -- A statement of its own: its snapshot must be younger than the lock.
    select e.position + 1, e.recorded_at
    into first_position, recorded_at
    from events as e
    order by e.position desc
    limit 1;

    first_position := coalesce(first_position, 1);
    recorded_at := greatest(recorded_at, clock_timestamp());

    insert into events (
        position, stream_version, occurred_at, recorded_at, command_id, type_id, ordinal, data, metadata
    )
    select
        first_position - 1 + e.place, e.stream_version, e.occurred_at, append_events.recorded_at, e.command_id, e.type_id,
        e.ordinal, e.data, e.metadata
    from unnest(_stream_versions, _occurred_at, _commands, _type_ids, _ordinals, _data, _metadata) with ordinality
        as e (stream_version, occurred_at, command_id, type_id, ordinal, data, metadata, place);
end
$$;

-- For people who ask questions in SQL.
create view recorded_events as
select
    e.position,
    s.name as stream,
    (e.stream_version & 4294967295)::integer as version,
    t.name as type,
    t.version as type_version,
    e.occurred_at,
    e.recorded_at,
    e.command_id,
    e.ordinal,
    e.data::jsonb as data,
    e.metadata::jsonb as metadata
from events as e
join streams as s on s.id = e.stream_version >> 32
join event_types as t on t.id = e.type_id;
