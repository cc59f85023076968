import Postgres

/// The statements of `BoardRowsTable`; the tables and their invariants are in `schemas/sql/log/0003_boards.sql` and in
/// the migrations that follow it.
enum BoardRowsSQL {
    /// `$1` board, `$2` version, `$3` holder, `$4` lease in microseconds. A row only when the lease is ours now.
    ///
    /// Which generation is live is locked against those who make another live: what was live a moment ago is never taken.
    static let acquire = Statement(
        "board_rows.acquire",
        """
        with first as (
            insert into live_boards (board, generation)
            values ($1::text, 1)
            on conflict (board) do nothing
            returning generation
        ), present as (
            select generation
            from live_boards
            where board = $1::text
            for share
        ), live as (
            select generation
            from first
            union all
            select generation
            from present
        )
        insert into board_generations as held (board, generation, version, epoch, holder, held_until, position)
        select
            $1::text, live.generation, $2::integer, 1, $3::text,
            clock_timestamp() + $4::bigint * interval '1 microsecond', 0
        from live
        on conflict (board, generation) do update
        set version = excluded.version,
            epoch = held.epoch + 1,
            holder = excluded.holder,
            held_until = excluded.held_until
        where (held.version = excluded.version or held.version < excluded.version and not held.is_pinned)
          and (held.held_until < clock_timestamp() or held.holder = excluded.holder)
        returning generation, epoch, position
        """
    )

    /// `$1` board.
    static let position = Statement(
        "board_rows.position",
        """
        select position
        from board_projections
        where board = $1::text
        """
    )

    /// `$1` board, `$2` generation.
    static let rows = Statement(
        "board_rows.rows",
        """
        select key, ordering, row
        from board_generation_rows
        where board = $1::text
          and generation = $2::integer
        """
    )

    /// `$1` board, `$2` generation.
    static let parked = Statement(
        "board_rows.parked",
        """
        select position
        from board_generation_parked
        where board = $1::text
          and generation = $2::integer
        """
    )

    /// One statement, therefore one transaction in one round trip: the fence is passed, or nothing is written.
    ///
    /// `$1` board, `$2` generation, `$3` epoch, `$4` position, `$5` lease in microseconds, `$6` keys that are gone, `$7`
    /// `$8` `$9` keys, orders and rows that are new or altered, `$10` how many events are parked, `$11` positions of
    /// events that can be read now, `$12` and further: positions, streams, types, versions, recorded times and problems,
    /// a line each, of events that are newly parked. The answer is 1 when the epoch is still ours.
    static let write = Statement(
        "board_rows.write",
        """
        with fence as (
            update board_generations
            set position = $4::bigint,
                parked = $10::bigint,
                held_until = clock_timestamp() + $5::bigint * interval '1 microsecond'
            where board = $1::text
              and generation = $2::integer
              and epoch = $3::bigint
              and position <= $4::bigint
            returning epoch
        ), gone as (
            delete from board_generation_rows
            where board = $1::text
              and generation = $2::integer
              and key = any ($6::text[])
              and exists (select from fence)
        ), written as (
            insert into board_generation_rows (board, generation, key, position, ordering, row)
            select $1::text, $2::integer, changed.key, $4::bigint, changed.ordering, changed.row
            from unnest($7::text[], $8::text[], $9::json[]) as changed (key, ordering, row)
            where exists (select from fence)
            on conflict (board, generation, key) do update
            set position = excluded.position,
                ordering = excluded.ordering,
                row = excluded.row
        ), readable as (
            delete from board_generation_parked
            where board = $1::text
              and generation = $2::integer
              and position = any ($11::bigint[])
              and exists (select from fence)
        ), parked as (
            insert into board_generation_parked (
                board, generation, position, stream, type, type_version, recorded_at, problems
            )
            select
                $1::text, $2::integer, p.position, p.stream, p.type, p.type_version, p.recorded_at,
                string_to_array(p.problems, E'\\n')
            from unnest(
                $12::bigint[], $13::text[], $14::text[], $15::smallint[], $16::timestamptz[], $17::text[]
            ) as p (position, stream, type, type_version, recorded_at, problems)
            where exists (select from fence)
            on conflict (board, generation, position) do nothing
        )
        select count(*)
        from fence
        """
    )

    /// `$1` board, `$2` generation, `$3` epoch. Lets another writer begin at once.
    static let release = Statement(
        "board_rows.release",
        """
        update board_generations
        set held_until = clock_timestamp()
        where board = $1::text
          and generation = $2::integer
          and epoch = $3::bigint
        """
    )
}
