import Postgres

/// The statements of `BoardGenerations`; the tables are in `schemas/sql/log`.
enum BoardGenerationsSQL {
    /// `$1` board. There is a live generation from here on, though it may hold nothing yet.
    static let ensure = Statement(
        "board_generations.ensure",
        """
        insert into live_boards (board, generation)
        values ($1::text, 1)
        on conflict (board) do nothing
        """
    )

    /// `$1` board. Whoever changes which generation is live holds this lock first, then those of the generations.
    static let lockLive = Statement(
        "board_generations.lock_live",
        """
        select generation, previous_generation, last_generation
        from live_boards
        where board = $1::text
        for update
        """
    )

    /// `$1` board. While they are locked nobody writes them.
    static let lock = Statement(
        "board_generations.lock",
        """
        select generation, version, epoch, position, holder, held_until > clock_timestamp()
        from board_generations
        where board = $1::text
        order by generation
        for update
        """
    )

    /// `$1` board. Version and position of the live generation.
    static let live = Statement(
        "board_generations.live",
        """
        select generation, version, position
        from board_projections
        where board = $1::text
        """
    )

    /// `$1` board, `$2` generation.
    static let number = Statement(
        "board_generations.number",
        """
        update live_boards
        set last_generation = $2::integer
        where board = $1::text
        """
    )

    /// `$1` board, `$2` generation, `$3` version, `$4` holder, `$5` lease in microseconds.
    static let create = Statement(
        "board_generations.create",
        """
        insert into board_generations (board, generation, version, epoch, holder, held_until, position)
        values (
            $1::text, $2::integer, $3::integer, 1, $4::text,
            clock_timestamp() + $5::bigint * interval '1 microsecond', 0
        )
        """
    )

    /// `$1` board, `$2` generation, `$3` epoch, `$4` lease in microseconds. No row when it is not ours any more.
    static let renew = Statement(
        "board_generations.renew",
        """
        update board_generations
        set held_until = clock_timestamp() + $4::bigint * interval '1 microsecond'
        where board = $1::text
          and generation = $2::integer
          and epoch = $3::bigint
        returning epoch
        """
    )

    /// `$1` board, `$2` the generation that becomes live, `$3` the one that is kept.
    static let makeLive = Statement(
        "board_generations.make_live",
        """
        update live_boards
        set generation = $2::integer,
            previous_generation = $3::integer,
            changed_at = clock_timestamp()
        where board = $1::text
        """
    )

    /// `$1` board, `$2` generation, `$3` whether only its own version may write it. Its writer, if it has one, is fenced
    /// out, and the next may begin at once.
    static let open = Statement(
        "board_generations.open",
        """
        update board_generations
        set epoch = epoch + 1,
            holder = '',
            held_until = clock_timestamp(),
            is_pinned = $3::boolean
        where board = $1::text
          and generation = $2::integer
        """
    )

    /// `$1` board, `$2` generation. Its writer is fenced out, and nobody becomes another.
    static let close = Statement(
        "board_generations.close",
        """
        update board_generations
        set epoch = epoch + 1,
            holder = '',
            held_until = 'infinity'
        where board = $1::text
          and generation = $2::integer
        """
    )

    /// `$1` board, `$2` generations that are not needed. The lock on the live board is held.
    static let drop = Statement(
        "board_generations.drop",
        """
        with rows as (
            delete from board_generation_rows
            where board = $1::text
              and generation = any ($2::integer[])
        ), parked as (
            delete from board_generation_parked
            where board = $1::text
              and generation = any ($2::integer[])
        )
        delete from board_generations
        where board = $1::text
          and generation = any ($2::integer[])
        """
    )
}
