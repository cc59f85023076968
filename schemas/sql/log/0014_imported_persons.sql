-- The analysts' door gives pseudonyms for what a mapping calls personal in the rows of imports, as exports do.

-- What the newest import by each mapping calls personal, as an object: {"MAPPING": ["ATTRIBUTE", …]}. Imports of before say
-- it in the YAML of their mapping alone. Of that, whatever is called `resource` is taken for a person, as it is where a
-- mapping says nothing else; the pattern may find too much, and never too little. Some tens of imports.
create view personal_attributes as
select jsonb_object_agg(i.mapping, i.attributes) as mappings
from (
    select distinct on (d.data ->> 'mapping')
        d.data ->> 'mapping' as mapping,
        coalesce(
            d.data -> 'personal',
            (
                select jsonb_agg(m.words[1])
                from regexp_matches(
                    d.data ->> 'mappingText', 'resource["'']?\s*:\s*["'']?([a-z0-9-]+)', 'g'
                ) as m (words)
            ),
            '[]'
        ) as attributes
    from streams as s
    join stream_versions as v
        on v.stream_version >= s.id::bigint << 32 and v.stream_version < (s.id::bigint + 1) << 32
    join events as e on e.position = v.position
    join event_types as t on t.id = e.type_id
    cross join lateral (select e.data::jsonb as data) as d
    where starts_with(s.name, 'import-') and t.name = 'ImportStarted'
    order by d.data ->> 'mapping', e.position desc
) as i;

do $migration$
declare
    _log constant text := current_schema();
    _door constant text := regexp_replace(current_schema(), '^log_', 'analyst_');
    -- One value each for the whole query.
    _key constant text := format('(select k.key from %I.pseudonym_key as k)', current_schema());
    _personal constant text := format('(select p.mappings from %I.personal_attributes as p)', current_schema());
begin
    -- An imported row. Of a mapping that no import names, every attribute may say something of a person.
    execute format($sql$
        create function %1$I.open_row_data(_key bytea, _personal jsonb, _data jsonb)
        returns jsonb
        language sql
        immutable
        parallel safe
        as $$
            select case
                when _personal -> (_data #>> '{mapping,name}') = '[]' or _data -> 'attributes' is null then _data
                else _data || jsonb_build_object(
                    'attributes',
                    coalesce(
                        (
                            select jsonb_object_agg(
                                a.key,
                                case
                                    when a.value = 'null'
                                        or not coalesce(_personal -> (_data #>> '{mapping,name}') ? a.key, true)
                                        then a.value
                                    else to_jsonb(%1$I.pseudonym(_key, a.value #>> '{}'))
                                end
                            )
                            from jsonb_each(_data -> 'attributes') as a (key, value)
                        ),
                        '{}'
                    )
                )
            end
        $$
    $sql$, _door);

    execute format($sql$
        create or replace view %1$I.events as
        select
            e.position,
            split_part(s.name, '-', 1) as category,
            %1$I.stream_id(%3$s, split_part(s.name, '-', 1), substr(s.name, strpos(s.name || '-', '-') + 1), t.name)
                as case_id,
            (e.stream_version & 4294967295)::integer as version,
            t.name as type,
            t.version as type_version,
            e.occurred_at,
            e.recorded_at,
            e.command_id::text || '.' || e.ordinal as event_id,
            case
                when m.metadata ->> 'role' = 'system' or m.metadata ->> 'person' = 'anonymous' then
                    m.metadata ->> 'person'
                else %1$I.pseudonym(%3$s, m.metadata ->> 'person')
            end as person,
            m.metadata ->> 'party' as party,
            m.metadata ->> 'role' as role,
            m.metadata ->> 'territory' as territory,
            m.metadata ->> 'correlation' as correlation,
            m.metadata ->> 'causation' as causation,
            case
                when t.name = 'RowImported' then %1$I.open_row_data(%3$s, %4$s, e.data::jsonb)
                when exists (select from %2$I.personal_members as p where p.type = t.name) then
                    (
                        select jsonb_object_agg(
                            d.key,
                            case p.is_name
                                when true then %1$I.pseudonymous(%3$s, d.value)
                                when false then case when d.value = 'null' then d.value else '"[sealed]"' end
                                else d.value
                            end
                        )
                        from jsonb_each(%1$I.open_data(e.data)) as d (key, value)
                        left join %2$I.personal_members as p on p.type = t.name and p.member = d.key
                    )
                else %1$I.open_data(e.data)
            end as data
        from %2$I.events as e
        join %2$I.streams as s on s.id = (e.stream_version >> 32)::integer
        join %2$I.event_types as t on t.id = e.type_id
        cross join lateral (select e.metadata::jsonb as metadata) as m
    $sql$, _door, _log, _key, _personal);

    execute format($sql$
        create or replace view %1$I.imported_rows as
        select
            r.position,
            r.case_id,
            r.data ->> 'key' as key,
            coalesce((r.data ->> 'revision')::integer, 1) as revision,
            row_number() over (
                partition by r.data #>> '{mapping,name}', r.data ->> 'key'
                order by r.position desc
            ) = 1 as is_current,
            r.data #>> '{mapping,name}' as mapping,
            (r.data #>> '{mapping,version}')::integer as mapping_version,
            r.data ->> 'source' as source,
            (r.data ->> 'row')::bigint as source_row,
            r.occurred_at,
            r.data ->> 'activity' as activity,
            (r.data ->> 'started')::timestamptz as started_at,
            r.data -> 'stages' as stages,
            r.data -> 'attributes' as attributes
        from (
            select
                e.position,
                substr(s.name, strpos(s.name, '-') + 1) as case_id,
                e.occurred_at,
                %1$I.open_row_data(%3$s, %4$s, e.data::jsonb) as data
            from %2$I.events as e
            join %2$I.streams as s on s.id = (e.stream_version >> 32)::integer
            join %2$I.event_types as t on t.id = e.type_id
            where t.name = 'RowImported'
        ) as r
    $sql$, _door, _log, _key, _personal);
end
$migration$;
