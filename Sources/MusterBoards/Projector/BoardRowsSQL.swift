import Postgres

/// The statements of `BoardRowsTable`; the tables and their invariants are in `schemas/sql/log/0003_boards.sql`.
enum BoardRowsSQL {
    /// `$1` board, `$2` version, `$3` holder, `$4` lease in microseconds. A row only when the lease is ours now.
    static let acquire = Statement(
        "board_rows.acquire",
        """
        insert into board_projections as held (board, version, epoch, holder, held_until, position)
        values ($1::text, $2::integer, 1, $3::text, clock_timestamp() + $4::bigint * interval '1 microsecond', 0)
        on conflict (board) do update
        set version = excluded.version,
            epoch = held.epoch + 1,
            holder = excluded.holder,
            held_until = excluded.held_until
        where held.version <= excluded.version
          and (held.held_until < clock_timestamp() or held.holder = excluded.holder)
        returning epoch, position
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

    /// `$1` board.
    static let rows = Statement(
        "board_rows.rows",
        """
        select key, ordering, row
        from board_rows
        where board = $1::text
        """
    )

    /// One statement, therefore one transaction in one round trip: the fence is passed, or nothing is written.
    ///
    /// `$1` board, `$2` epoch, `$3` position, `$4` lease in microseconds, `$5` keys that are gone, `$6` `$7` `$8` keys,
    /// orders and rows that are new or altered. The answer is 1 when the epoch is still ours.
    static let write = Statement(
        "board_rows.write",
        """
        with fence as (
            update board_projections
            set position = $3::bigint,
                held_until = clock_timestamp() + $4::bigint * interval '1 microsecond'
            where board = $1::text
              and epoch = $2::bigint
              and position <= $3::bigint
            returning epoch
        ), gone as (
            delete from board_rows
            where board = $1::text
              and key = any ($5::text[])
              and exists (select from fence)
        ), written as (
            insert into board_rows (board, key, position, ordering, row)
            select $1::text, changed.key, $3::bigint, changed.ordering, changed.row
            from unnest($6::text[], $7::text[], $8::json[]) as changed (key, ordering, row)
            where exists (select from fence)
            on conflict (board, key) do update
            set position = excluded.position,
                ordering = excluded.ordering,
                row = excluded.row
        )
        select count(*)
        from fence
        """
    )

    /// `$1` board, `$2` epoch. Lets another writer begin at once.
    static let release = Statement(
        "board_rows.release",
        """
        update board_projections
        set held_until = clock_timestamp()
        where board = $1::text
          and epoch = $2::bigint
        """
    )
}
