-- The analysts' door gives pseudonyms for the ids of imported cases and rows too, where a mapping calls them personal: `case`
-- and `key` among what it names.

-- Rows of several mappings share the streams of cases, so that what one of them says of cases holds for all, and for the
-- keys of all rows, which may be made of the same. A log without any import says nothing, so that its cases may be anybody.
--
-- Imports of before did not tell whether their cases and keys say something of a person (they lack `ofCase`): where anything
-- does, these are taken to do so too.
create or replace view personal_attributes as
select
    jsonb_object_agg(
        c.mapping,
        case when c.has_personal_cases then c.attributes || c.of_case else c.attributes end
    ) as mappings,
    coalesce(bool_or(c.has_personal_cases), true) as has_personal_cases
from (
    select
        i.mapping,
        i.attributes,
        i.of_case,
        bool_or(i.attributes ? 'case') over () as has_personal_cases
    from (
        select
            n.mapping,
            case
                when n.of_case is null and n.attributes <> '[]' then n.attributes || '["case", "key"]'
                else n.attributes
            end as attributes,
            coalesce(n.of_case, '[]') as of_case
        from (
            select distinct on (d.data ->> 'mapping')
                d.data ->> 'mapping' as mapping,
                d.data -> 'ofCase' as of_case,
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
        ) as n
    ) as i
) as c;

do $migration$
declare
    _log constant text := current_schema();
    _door constant text := regexp_replace(current_schema(), '^log_', 'analyst_');
    -- One value each for the whole query.
    _key constant text := format('(select k.key from %I.pseudonym_key as k)', current_schema());
    _personal constant text := format('(select p.mappings from %I.personal_attributes as p)', current_schema());
    _cases constant text := format('(select p.has_personal_cases from %I.personal_attributes as p)', current_schema());
begin
    -- Whether the key of an imported row says something of a person.
    execute format($sql$
        create function %1$I.has_personal_key(_personal jsonb, _cases boolean, _data jsonb)
        returns boolean
        language sql
        immutable
        parallel safe
        as $$
            select _cases or coalesce(_personal -> (_data #>> '{mapping,name}') ? 'key', true)
        $$
    $sql$, _door);

    -- An imported row. Of a mapping that no import names, everything may say something of a person.
    execute format($sql$
        create function %1$I.open_row_data(_key bytea, _personal jsonb, _cases boolean, _data jsonb)
        returns jsonb
        language sql
        immutable
        parallel safe
        as $$
            select case
                when not _cases and _personal -> (_data #>> '{mapping,name}') = '[]' then _data
                else
                    _data
                    || case
                        when _data ? 'key' and %1$I.has_personal_key(_personal, _cases, _data) then
                            jsonb_build_object('key', %1$I.pseudonym(_key, _data ->> 'key'))
                        else '{}'
                    end
                    || case
                        when _data ? 'attributes' then
                            jsonb_build_object(
                                'attributes',
                                coalesce(
                                    (
                                        select jsonb_object_agg(
                                            a.key,
                                            case
                                                when a.value = 'null'
                                                    or not coalesce(
                                                        _personal -> (_data #>> '{mapping,name}') ? a.key, true
                                                    )
                                                    then a.value
                                                else to_jsonb(%1$I.pseudonym(_key, a.value #>> '{}'))
                                            end
                                        )
                                        from jsonb_each(_data -> 'attributes') as a (key, value)
                                    ),
                                    '{}'
                                )
                            )
                        else '{}'
                    end
            end
        $$
    $sql$, _door);

    execute format($sql$
        create or replace view %1$I.events as
        select
            e.position,
            split_part(s.name, '-', 1) as category,
            case
                when t.name = 'RowImported' then
                    case
                        when %5$s then %1$I.pseudonym(%3$s, substr(s.name, strpos(s.name, '-') + 1))
                        else substr(s.name, strpos(s.name, '-') + 1)
                    end
                else
                    %1$I.stream_id(
                        %3$s, split_part(s.name, '-', 1), substr(s.name, strpos(s.name || '-', '-') + 1), t.name
                    )
            end as case_id,
            (e.stream_version & 4294967295)::integer as version,
            t.name as type,
            t.version as type_version,
            e.occurred_at,
            e.recorded_at,
            case
                -- The id of a row is made of its key.
                when t.name = 'RowImported' and %1$I.has_personal_key(%4$s, %5$s, e.data::jsonb) then
                    %1$I.pseudonym(%3$s, e.command_id::text || '.' || e.ordinal)
                else e.command_id::text || '.' || e.ordinal
            end as event_id,
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
                when t.name = 'RowImported' then %1$I.open_row_data(%3$s, %4$s, %5$s, e.data::jsonb)
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
    $sql$, _door, _log, _key, _personal, _cases);

    execute format($sql$
        create or replace view %1$I.imported_rows as
        select
            r.position,
            r.case_id,
            r.data ->> 'key' as key,
            coalesce((r.data ->> 'revision')::integer, 1) as revision,
            row_number() over (partition by r.mapping, r.key order by r.position desc) = 1 as is_current,
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
                case
                    when %5$s then %1$I.pseudonym(%3$s, substr(s.name, strpos(s.name, '-') + 1))
                    else substr(s.name, strpos(s.name, '-') + 1)
                end as case_id,
                e.occurred_at,
                d.data #>> '{mapping,name}' as mapping,
                d.data ->> 'key' as key,
                %1$I.open_row_data(%3$s, %4$s, %5$s, d.data) as data
            from %2$I.events as e
            join %2$I.streams as s on s.id = (e.stream_version >> 32)::integer
            join %2$I.event_types as t on t.id = e.type_id
            cross join lateral (select e.data::jsonb as data) as d
            where t.name = 'RowImported'
            -- Otherwise each column would open its row anew.
            offset 0
        ) as r
    $sql$, _door, _log, _key, _personal, _cases);

    execute format('drop function %I.open_row_data(bytea, jsonb, jsonb)', _door);
end
$migration$;
