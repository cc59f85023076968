-- Boards as rows: for analysts, and for readers that do not fold the log themselves. A board has one writer at a time;
-- what it writes together with its position is always exactly the fold of the events up to that position.

-- One row a board: who may write it, and how far it has come.
create table board_projections (
    board text not null,
    -- The fold's version: a newer one takes over when the lease is free, an older one never does.
    version integer not null,
    -- Rises with every change of writer. Each write names the epoch it believes in, so that a writer that was paused
    -- past its lease changes nothing.
    epoch bigint not null,
    holder text not null,
    held_until timestamptz not null,
    -- Every event up to here is in the board's rows; written in the same statement as they are.
    position bigint not null,
    constraint board_projections_pkey primary key (board),
    constraint board_projections_position_check check (position >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Some thousand rows a board at most. Changed in place and often: free room in each page keeps updates off the index.
create table board_rows (
    board text not null,
    key text not null,
    -- The position at which the row was last written.
    position bigint not null,
    -- Sorting by this text gives the board's order.
    ordering text collate "C" not null,
    row json not null,
    constraint board_rows_pkey primary key (board, key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
