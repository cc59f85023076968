-- Boards that can be made again beside the rows that people read, and the events that are missing on a board because
-- nobody could read them.
--
-- The rows of a board belong to a generation. One is live, one may be in the making, and the one before the live one is
-- kept, so that there is a way back. Whoever reads takes the views: they show the live generations and change to others
-- for everyone at once. Programs of before this migration can no longer write boards, since these views bear the names of
-- what were tables; they say so and go on with everything else.

alter table board_projections rename to board_generations;
alter table board_generations rename constraint board_projections_position_check to board_generations_position_check;
alter table board_generations drop constraint board_projections_pkey;
alter table board_generations
    -- 1, 2, 3 … for each board; never used again.
    add column generation integer not null default 1,
    -- Somebody went back to it on purpose: a newer version does not write it, as it would for others.
    add column is_pinned boolean not null default false,
    -- How many events up to the position could not be read; the first of them are in board_parked_events.
    add column parked bigint not null default 0,
    add constraint board_generations_pkey primary key (board, generation),
    add constraint board_generations_generation_check check (generation > 0),
    add constraint board_generations_parked_check check (parked >= 0);
alter table board_generations alter column generation drop default;

alter table board_rows rename to board_generation_rows;
alter table board_generation_rows drop constraint board_rows_pkey;
alter table board_generation_rows
    add column generation integer not null default 1,
    add constraint board_generation_rows_pkey primary key (board, generation, key);
alter table board_generation_rows alter column generation drop default;

-- The events that could not be read, with what is wrong with them: written together with the rows and the position, by
-- the same writer. A version that can read them takes them away again. A thousand a board at most.
create table board_generation_parked (
    board text not null,
    generation integer not null,
    position bigint not null,
    stream text not null,
    type text not null,
    type_version smallint not null,
    recorded_at timestamptz not null,
    -- Where and which problem, never what the event holds.
    problems text[] not null,
    constraint board_generation_parked_pkey primary key (board, generation, position)
);

-- Which generation of a board people read.
create table live_boards (
    board text not null,
    generation integer not null,
    -- The one before, still there as it was; null when there is none.
    previous_generation integer,
    -- The highest number that was ever given, so that none is given twice.
    last_generation integer not null default 1,
    changed_at timestamptz not null default clock_timestamp(),
    constraint live_boards_pkey primary key (board)
);

insert into live_boards (board, generation)
select board, generation
from board_generations;

create view board_projections as
select
    g.board,
    g.version,
    g.epoch,
    g.holder,
    g.held_until,
    g.position,
    g.generation,
    g.is_pinned,
    g.parked
from live_boards as l
join board_generations as g using (board, generation);

create view board_rows as
select
    r.board,
    r.key,
    r.position,
    r.ordering,
    r.row
from live_boards as l
join board_generation_rows as r using (board, generation);

create view board_parked_events as
select
    p.board,
    p.position,
    p.stream,
    p.type,
    p.type_version,
    p.recorded_at,
    p.problems
from live_boards as l
join board_generation_parked as p using (board, generation);
