-- The logs of this database. Each has a schema of its own with the tables of schemas/sql/log, so that keys inside a log
-- leave the log out and a session bound to one log by its search_path cannot touch another.
create table muster.logs (
    name text not null
        constraint logs_pkey primary key
        constraint logs_name_form check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
    -- Fixed when the log is created: what runs on it depends on it.
    mode text not null
        constraint logs_mode_known check (mode in ('live', 'exercise', 'history')),
    schema_name text not null
        constraint logs_schema_name_key unique,
    created_at timestamptz not null default clock_timestamp()
);
