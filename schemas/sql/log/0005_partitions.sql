-- The log in partitions by position: an append costs the same however long the log is, and old partitions can be moved
-- away.

drop view recorded_events;

-- Where each version of each stream stands. One table over all partitions, also those that are detached: a key of each
-- partition could not see a version in another. Its uniqueness is what enforces the expected versions of writers.
create table stream_versions (
    -- streams.id << 32 | version.
    stream_version bigint not null
        constraint stream_versions_pkey primary key,
    position bigint not null
);

insert into stream_versions (stream_version, position)
select e.stream_version, e.position
from events as e
order by e.stream_version;

alter table events drop constraint events_stream_version_key;
alter table events rename constraint events_pkey to events_from_1_pkey;
alter table events rename to events_from_1;

create table events (
    position bigint not null
        constraint events_pkey primary key,
    stream_version bigint not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    command_id uuid not null,
    type_id smallint not null,
    ordinal smallint not null,
    data text not null,
    metadata text not null
) partition by range (position);

-- The partitions of the log, in a row without a gap; partition N is the table events_from_N. Some tens of rows.
create table event_partitions (
    first_position bigint not null
        constraint event_partitions_pkey primary key,
    last_position bigint not null,
    -- Null while the partition is attached to the log.
    detached_at timestamptz,
    -- When its last event was recorded, set when the partition is detached: what receipts of its commands say then.
    recorded_until timestamptz,
    constraint event_partitions_range check (first_position >= 1 and last_position >= first_position),
    constraint event_partitions_detached check ((detached_at is null) = (recorded_until is null))
);

-- What was written before there were partitions is the first one.
do $$
declare
    _size constant bigint := 5000000;
    _last bigint;
begin
    select (coalesce(max(e.position), 0) + _size - 1) / _size * _size
    into _last
    from events_from_1 as e;
    if _last = 0 then
        drop table events_from_1;
        return;
    end if;
    execute format('alter table events attach partition events_from_1 for values from (1) to (%s)', _last + 1);
    insert into event_partitions (first_position, last_position)
    values (1, _last);
end
$$;

-- Adds partitions until there is room for so many events after the last one. Attaching an empty table waits for no
-- reader and no writer, so this may run at any time beside them.
--
-- Returns the last position there is room for.
create function add_event_partitions(_room bigint, _size bigint)
returns bigint
language plpgsql
volatile
as $$
declare
    _tail bigint;
    _last bigint;
    _name text;
begin
    perform pg_advisory_xact_lock(1836412020, 'events'::regclass::oid::integer);
    select coalesce(max(e.position), 0)
    into _tail
    from events as e;
    select coalesce(max(p.last_position), 0)
    into _last
    from event_partitions as p;
    while _last < _tail + _room loop
        _name := 'events_from_' || _last + 1;
        execute format('create table %I (like events including all)', _name);
        -- Frozen as it fills, so that an old partition is never written again.
        execute format('alter table %I set (autovacuum_freeze_min_age = 0)', _name);
        execute format(
            'alter table events attach partition %I for values from (%s) to (%s)', _name, _last + 1, _last + _size + 1
        );
        insert into event_partitions (first_position, last_position)
        values (_last + 1, _last + _size);
        _last := _last + _size;
    end loop;
    return _last;
end
$$;

-- Takes a full partition out of the log. Its table stays where it is, under its name, and may be dumped, moved, dropped.
-- Waits for readers and writers of the log to pause, at most for the session's lock_timeout.
create function detach_event_partition(_first bigint)
returns void
language plpgsql
volatile
as $$
declare
    _name constant text := 'events_from_' || _first;
    _last bigint;
    _until timestamptz;
begin
    perform pg_advisory_xact_lock(1836412020, 'events'::regclass::oid::integer);
    select p.last_position
    into _last
    from event_partitions as p
    where p.first_position = _first and p.detached_at is null;
    if _last is null then
        raise exception 'no attached partition begins at position %', _first
            using errcode = 'ML002';
    end if;
    if not exists (select from events as e where e.position > _last) then
        raise exception 'the partition from position % holds the end of the log', _first
            using errcode = 'ML003';
    end if;
    execute format('alter table events detach partition %I', _name);
    execute format('select recorded_at from %I where position = $1', _name)
    into _until
    using _last;
    update event_partitions
    set detached_at = clock_timestamp(), recorded_until = _until
    where first_position = _first;
end
$$;

-- Puts a detached partition back, after looking whether it holds each of its positions. The looking reads all of it.
create function attach_event_partition(_first bigint)
returns void
language plpgsql
volatile
as $$
declare
    _name constant text := 'events_from_' || _first;
    _last bigint;
    _count bigint;
begin
    perform pg_advisory_xact_lock(1836412020, 'events'::regclass::oid::integer);
    select p.last_position
    into _last
    from event_partitions as p
    where p.first_position = _first and p.detached_at is not null;
    if _last is null then
        raise exception 'no detached partition begins at position %', _first
            using errcode = 'ML002';
    end if;
    execute format('select count(*) from %I where position between $1 and $2', _name)
    into _count
    using _first, _last;
    if _count <> _last - _first + 1 then
        raise exception 'table % holds % of the positions from % to %', _name, _count, _first, _last
            using errcode = 'ML004';
    end if;
    execute format('alter table events attach partition %I for values from (%s) to (%s)', _name, _first, _last + 1);
    update event_partitions
    set detached_at = null, recorded_until = null
    where first_position = _first;
end
$$;

drop function append_events;

-- Appends events whose versions the caller asserts, in one transaction of its own or the caller's.
--
-- What needs no position is done before the log's lock, so that several sessions do it side by side. Everything that
-- takes a lock on a key does so in one order (streams, command ids, log) and the caller sorts within each, so that two
-- appends cannot wait for each other. A wrong assertion ends in a unique violation, which undoes everything; the caller
-- then finds out which append was wrong. Where no partition has room (SQLSTATE 23514 on events) the caller adds some.
--
-- _known_tail is a position the caller knows to be in the log, 0 when it knows none: what is older is not looked at.
-- A log that has no such position any more has lost what was acknowledged (SQLSTATE ML001).
--
-- Each element of the events' arrays is one event, in the order they get their positions.
create function append_events(
    _known_tail bigint,
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
    where e.position >= _known_tail
    order by e.position desc
    limit 1;

    if first_position is null and _known_tail > 0 then
        raise exception 'position % was in the log and is not any more', _known_tail
            using errcode = 'ML001';
    end if;
    first_position := coalesce(first_position, 1);
    recorded_at := greatest(recorded_at, clock_timestamp());

    insert into stream_versions (stream_version, position)
    select v.stream_version, first_position - 1 + v.place
    from unnest(_stream_versions) with ordinality as v (stream_version, place);

    insert into events (
        position, stream_version, occurred_at, recorded_at, command_id, type_id, ordinal, data, metadata
    )
    select
        first_position - 1 + e.place, e.stream_version, e.occurred_at, append_events.recorded_at, e.command_id,
        e.type_id, e.ordinal, e.data, e.metadata
    from unnest(_stream_versions, _occurred_at, _commands, _type_ids, _ordinals, _data, _metadata) with ordinality
        as e (stream_version, occurred_at, command_id, type_id, ordinal, data, metadata, place);
end
$$;

-- For people who ask questions in SQL; without the partitions that are detached.
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
