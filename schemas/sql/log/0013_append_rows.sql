-- Arrays become rows in the list of what is selected, one element of each array a row. In `from` every array would first be
-- copied whole into a store of its own, which took an eighth of the server's part of an append.

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
create or replace function append_events(
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
declare
    last_position bigint;
begin
    if cardinality(_stream_ids) > 0 then
        insert into streams (id, name)
        select unnest(_stream_ids), unnest(_stream_names);
    end if;

    insert into command_keys (command_id, first_event, event_count)
    select unnest(_command_ids), unnest(_first_events), unnest(_event_counts);

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
    last_position := first_position - 1 + cardinality(_stream_versions);
    recorded_at := greatest(recorded_at, clock_timestamp());

    insert into stream_versions (stream_version, position)
    select unnest(_stream_versions), generate_series(first_position, last_position);

    insert into events (
        position, stream_version, occurred_at, recorded_at, command_id, type_id, ordinal, data, metadata
    )
    select
        generate_series(first_position, last_position), unnest(_stream_versions), unnest(_occurred_at),
        append_events.recorded_at, unnest(_commands), unnest(_type_ids), unnest(_ordinals), unnest(_data),
        unnest(_metadata);
end
$$;
