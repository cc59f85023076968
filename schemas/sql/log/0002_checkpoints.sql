-- How far each reader of the log has come. A reader sets its row in the transaction of its effects, so that each event
-- counts exactly once. Some tens of rows, updated in place: room on the page keeps the updates out of the index.
create table checkpoints (
    name text not null
        constraint checkpoints_pkey primary key,
    position bigint not null
        constraint checkpoints_position_not_negative check (position >= 0),
    updated_at timestamptz not null default clock_timestamp()
) with (fillfactor = 50);
