-- The analysts' door: views in a schema of their own, `analyst_NAME` for the log NAME, for the role muster_analyst. Whoever
-- comes by it reads events and boards and nothing that says something of a person: sealed values read as [sealed], names of
-- people as pseudonyms. The views run with the rights of this schema's owner, so the role needs none on the tables.
--
-- schemas/sql/README.md describes each view and has recipes.

-- One row: what pseudonyms are made with, the same in views and exports. Nobody but the owner reads it.
create table pseudonym_key (
    id boolean not null default true
        constraint pseudonym_key_pkey primary key
        constraint pseudonym_key_one_row check (id),
    key bytea not null
        constraint pseudonym_key_length check (octet_length(key) = 32)
);

-- Two random identifiers hold 244 bits from the server's strong source.
insert into pseudonym_key (key)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- The members of events that say something of a person (x-personal in schemas/events), and those that name one. A test
-- holds the rows to the descriptions of the events. Some tens of rows.
create table personal_members (
    type text not null,
    member text not null,
    -- Whether it is the name of a person, or of several, or an object that has one as its `worker`.
    is_name boolean not null,
    constraint personal_members_pkey primary key (type, member)
);

insert into personal_members (type, member, is_name)
values
    ('Appealed', 'reason', false),
    ('AppointmentEnded', 'person', true),
    ('CallAbandoned', 'caller', true),
    ('CallAbandoned', 'phone', false),
    ('CaseRegistered', 'person', true),
    ('CaseRuledOut', 'person', true),
    ('CaseRuledOut', 'text', false),
    ('CaseSuspected', 'person', true),
    ('CaseSuspected', 'places', false),
    ('CaseSuspected', 'text', false),
    ('CaseVerified', 'person', true),
    ('CaseVerified', 'places', false),
    ('CaseVerified', 'text', false),
    ('ConcealmentReported', 'text', false),
    ('DirectReportFiled', 'person', true),
    ('DirectReportFiled', 'text', false),
    ('FeedbackAsked', 'reporter', true),
    ('FeedbackGiven', 'text', false),
    ('GridDrawn', 'grid', true),
    ('GridMerged', 'into', true),
    ('GridSplit', 'parts', true),
    ('GridWorkerAssigned', 'person', true),
    ('GridWorkerRelieved', 'person', true),
    ('GridWorkerRelieved', 'replacedBy', true),
    ('GroupLeadAssigned', 'person', true),
    ('HelpOffered', 'text', false),
    ('HouseholdRegistered', 'contact', true),
    ('HouseholdRegistered', 'name', false),
    ('HouseholdRegistered', 'phone', false),
    ('InvestigatorAssigned', 'person', true),
    ('MatterMerged', 'reporters', true),
    ('MatterRaised', 'place', false),
    ('MatterRaised', 'reporter', true),
    ('MatterRaised', 'text', false),
    ('MatterRaised', 'title', false),
    ('MatterReopened', 'reason', false),
    ('MeasureChallenged', 'text', false),
    ('MemberDeclared', 'name', false),
    ('MemberDeclared', 'person', true),
    ('MemberDeclared', 'phone', false),
    ('MemberDeclared', 'place', false),
    ('PersonAppointed', 'person', true),
    ('RecordCorrected', 'name', false),
    ('RecordCorrected', 'person', true),
    ('RecordCorrected', 'phone', false),
    ('RecordCorrected', 'reason', false),
    ('ReportAnswered', 'reporter', true),
    ('ReportAnswered', 'text', false),
    ('ReportJoined', 'reporter', true),
    ('ReportSplit', 'contents', false),
    ('ReportSplit', 'reporter', true),
    ('ReportSubmitted', 'latitude', false),
    ('ReportSubmitted', 'longitude', false),
    ('ReportSubmitted', 'phone', false),
    ('ReportSubmitted', 'place', false),
    ('ReportSubmitted', 'reporter', true),
    ('ReportSubmitted', 'text', false),
    ('ReportersJoined', 'reporters', true),
    ('StepCompleted', 'person', true),
    ('StepCompleted', 'photo', false),
    ('StepCompleted', 'text', false),
    ('SubjectKeyErased', 'person', true),
    ('VisitRecorded', 'contact', true),
    ('VisitRecorded', 'note', false),
    ('VisitRecorded', 'undeclared', true),
    ('VulnerableFlagged', 'note', false),
    ('VulnerableFlagged', 'person', true);

do $migration$
declare
    _log constant text := current_schema();
    _door constant text := regexp_replace(current_schema(), '^log_', 'analyst_');
    -- One value for the whole query, where a join would have the planner guess at many rows.
    _key constant text := format('(select k.key from %I.pseudonym_key as k)', current_schema());
begin
    execute format('create schema %I', _door);
    execute format('comment on schema %I is %L', _door, 'For analysts: read alone, nothing of a person. schemas/sql/README.md');

    -- 64 bits of a keyed digest: whoever lacks the key can neither undo it nor try names.
    execute format($sql$
        create function %1$I.pseudonym(_key bytea, _person text)
        returns text
        language sql
        immutable
        parallel safe
        as $$
            select 'p-' || left(
                encode(sha256(_key || sha256(_key || convert_to(_person, 'UTF8'))), 'hex'),
                16
            )
        $$
    $sql$, _door);

    -- The names of people in a member of an event.
    execute format($sql$
        create function %1$I.pseudonymous(_key bytea, _value jsonb)
        returns jsonb
        language plpgsql
        immutable
        parallel safe
        as $$
        begin
            case jsonb_typeof(_value)
            when 'string' then
                return to_jsonb(%1$I.pseudonym(_key, _value #>> '{}'));
            when 'array' then
                return coalesce(
                    (
                        select jsonb_agg(%1$I.pseudonymous(_key, e.value) order by e.place)
                        from jsonb_array_elements(_value) with ordinality as e (value, place)
                    ),
                    _value
                );
            when 'object' then
                if _value ->> 'worker' is null then
                    return _value;
                end if;
                return _value || jsonb_build_object('worker', %1$I.pseudonym(_key, _value ->> 'worker'));
            else
                return _value;
            end case;
        end
        $$
    $sql$, _door);

    -- An id of a stream, in the categories whose ids name a person.
    execute format($sql$
        create function %1$I.stream_id(_key bytea, _category text, _id text, _type text)
        returns text
        language sql
        immutable
        parallel safe
        as $$
            select case
                when _category = 'person' then %1$I.pseudonym(_key, _id)
                when _category = 'case' and _type <> 'RowImported' and split_part(_id, '/', 2) <> '' then
                    split_part(_id, '/', 1) || '/' || %1$I.pseudonym(_key, split_part(_id, '/', 2)) || '/'
                        || split_part(_id, '/', 3)
                else _id
            end
        $$
    $sql$, _door);

    -- A quotation mark inside a text has a backslash before it, so that nothing but a sealed value begins like one.
    execute format($sql$
        create function %1$I.open_data(_data text)
        returns jsonb
        language sql
        immutable
        parallel safe
        as $$
            select case
                when position('{"enc1":"' in _data) > 0 then
                    regexp_replace(_data, '\{"enc1":"[^"]*"\}', '"[sealed]"', 'g')::jsonb
                else _data::jsonb
            end
        $$
    $sql$, _door);

    -- A row of a board: numbers, truths and times as they are, and of texts those that are known to say nothing of a
    -- person. What a later board adds is sealed until it is named here.
    execute format($sql$
        create function %1$I.open_row(_value jsonb, _is_open boolean)
        returns jsonb
        language plpgsql
        immutable
        parallel safe
        as $$
        begin
            case jsonb_typeof(_value)
            when 'object' then
                return coalesce(
                    (
                        select jsonb_object_agg(
                            m.key,
                            %1$I.open_row(
                                m.value,
                                m.key = any('{
                                    key,order,matter,reference,kind,urgency,territory,territoryName,party,partyName,step,
                                    stepWords,state,stateWords,status,statusWords,level,levelWords,kindWords,duty,dutyWords,
                                    task,department,incident,directive,measure,grid,community,parent,issuer,issuerName,
                                    owner,asset,report,request,call,notice,inquiry,directReport,playbook,playbookName,
                                    phase,group,round,side,mode,since,due,at,startedAt,finishedAt,askedAt,issuedAt,
                                    recalledAt,occurredAt,recordedAt,effectiveFrom,approveBy,notBefore,upAt,lastVisit,
                                    version,responsible,responsibleName,role,section,channel,day,ground
                                }'::text[])
                                or _is_open and m.key in ('en', 'zh')
                            )
                        )
                        from jsonb_each(_value) as m (key, value)
                    ),
                    _value
                );
            when 'array' then
                return coalesce(
                    (
                        select jsonb_agg(%1$I.open_row(e.value, _is_open) order by e.place)
                        from jsonb_array_elements(_value) with ordinality as e (value, place)
                    ),
                    _value
                );
            when 'string' then
                return case when _is_open then _value else '"[sealed]"' end;
            else
                return _value;
            end case;
        end
        $$
    $sql$, _door);

    -- Every event, in the order of the log.
    execute format($sql$
        create view %1$I.events as
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
    $sql$, _door, _log, _key);

    -- The rows of imports. A row that changed is there in each of its revisions; the highest is current.
    execute format($sql$
        create view %1$I.imported_rows as
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
                e.data::jsonb as data
            from %2$I.events as e
            join %2$I.streams as s on s.id = (e.stream_version >> 32)::integer
            join %2$I.event_types as t on t.id = e.type_id
            where t.name = 'RowImported'
        ) as r
    $sql$, _door, _log);

    -- One row an activity of a case, however the log came to be: what process mining begins with.
    execute format($sql$
        create view %1$I.activities as
        select
            e.position,
            e.category,
            e.case_id,
            e.type as activity,
            e.occurred_at as at,
            null::timestamptz as started_at,
            e.party as agency,
            e.person as resource,
            e.territory as place
        from %1$I.events as e
        where e.type not in ('RowImported', 'ImportStarted', 'ImportFinished')
        union all
        select
            r.position,
            'case',
            r.case_id,
            r.activity,
            r.occurred_at,
            r.started_at,
            r.attributes ->> 'agency',
            r.attributes ->> 'resource',
            r.attributes ->> 'place'
        from %1$I.imported_rows as r
        where r.is_current and r.activity is not null
        union all
        select
            r.position,
            'case',
            r.case_id,
            g.stage,
            g.at::timestamptz,
            null,
            r.attributes ->> 'agency',
            r.attributes ->> 'resource',
            r.attributes ->> 'place'
        from %1$I.imported_rows as r
        cross join lateral jsonb_each_text(r.stages) as g (stage, at)
        where r.is_current and r.activity is null
    $sql$, _door);

    -- How far each board has come.
    execute format($sql$
        create view %1$I.boards as
        select b.board, b.version, b.position, b.parked
        from %2$I.board_projections as b
    $sql$, _door, _log);

    -- What people read on the boards, in the boards' order.
    execute format($sql$
        create view %1$I.board_rows as
        select b.board, b.key, b.position, b.ordering, %1$I.open_row(b.row::jsonb, false) as row
        from %2$I.board_rows as b
    $sql$, _door, _log);

    -- A role belongs to the whole server and may be there from another log or database. Making one takes a right that the
    -- owner of a database need not have; README.md says what to do then.
    if not exists (select from pg_roles as r where r.rolname = 'muster_analyst') then
        begin
            create role muster_analyst nologin;
        exception
            when duplicate_object or unique_violation then
                null;
            when insufficient_privilege then
                raise notice 'the role muster_analyst is missing and cannot be made here';
        end;
    end if;
    if exists (select from pg_roles as r where r.rolname = 'muster_analyst') then
        execute format('grant usage on schema %I to muster_analyst', _door);
        execute format('grant select on all tables in schema %I to muster_analyst', _door);
    end if;
end
$migration$;
