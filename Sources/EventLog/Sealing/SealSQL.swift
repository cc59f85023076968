import Postgres

/// The statements of sealing; the tables and their invariants are in `schemas/sql/log`, in the migration `evidence`.
enum SealSQL {
    // MARK: Writing

    /// `$1` origin, `$2` holder, `$3` lease in microseconds. A row only when the lease is ours now.
    static let acquire = Statement(
        "seal_acquire",
        """
        insert into seals as held (origin, epoch, holder, held_until, size)
        values ($1::text, 1, $2::text, clock_timestamp() + $3::bigint * interval '1 microsecond', 0)
        on conflict (id) do update
        set epoch = held.epoch + 1,
            holder = excluded.holder,
            held_until = excluded.held_until
        where held.held_until < clock_timestamp() or held.holder = excluded.holder
        returning origin, epoch, size
        """
    )

    /// One statement, therefore one transaction in one round trip: the fence is passed, or nothing is written.
    ///
    /// `$1` epoch, `$2` size before, `$3` size, `$4` lease in microseconds, `$5` `$6` `$7` full tiles, `$8` `$9` edge,
    /// `$10` note, `$11` keys. The answer is 1 when epoch and size were still ours.
    static let write = Statement(
        "seal_write",
        """
        with fence as (
            update seals
            set size = $3::bigint,
                held_until = clock_timestamp() + $4::bigint * interval '1 microsecond'
            where epoch = $1::bigint
              and size = $2::bigint
            returning size
        ), tiles as (
            insert into seal_tiles (level, tile, hashes)
            select t.level, t.tile, t.hashes
            from unnest($5::smallint[], $6::bigint[], $7::bytea[]) as t (level, tile, hashes)
            where exists (select from fence)
        ), edge as (
            insert into seal_edge (level, hashes)
            select e.level, e.hashes
            from unnest($8::smallint[], $9::bytea[]) as e (level, hashes)
            where exists (select from fence)
            on conflict (level) do update
            set hashes = excluded.hashes
        ), checkpoint as (
            insert into seal_checkpoints (size, note)
            select $3::bigint, $10::text
            where exists (select from fence)
        ), keys as (
            insert into seal_keys (key)
            select k.key
            from unnest($11::text[]) as k (key)
            where exists (select from fence)
            on conflict (key) do nothing
        )
        select count(*)
        from fence
        """
    )

    /// `$1` epoch, `$2` lease in microseconds. Counts 1 when the epoch is still ours.
    static let renew = Statement(
        "seal_renew",
        """
        update seals
        set held_until = clock_timestamp() + $2::bigint * interval '1 microsecond'
        where epoch = $1::bigint
        """
    )

    /// `$1` epoch. Lets another sealer begin at once.
    static let release = Statement(
        "seal_release",
        """
        update seals
        set held_until = clock_timestamp()
        where epoch = $1::bigint
        """
    )

    /// `$1` size, `$2` witness, `$3` line.
    static let cosign = Statement(
        "seal_cosign",
        """
        insert into seal_cosignatures (size, witness, line)
        values ($1::bigint, $2::text, $3::text)
        on conflict (size, witness) do nothing
        """
    )

    // MARK: Reading

    static let state = Statement("seal_state", "select origin, size from seals")

    static let edge = Statement("seal_edge", "select level, hashes from seal_edge order by level")

    static let keys = Statement("seal_keys", "select key from seal_keys order by used_since, key")

    static let latest = Statement(
        "seal_latest",
        """
        select c.size, c.note, c.signed_at,
            array(select s.line from seal_cosignatures as s where s.size = c.size order by s.witness)
        from seal_checkpoints as c
        order by c.size desc
        limit 1
        """
    )

    /// `$1` size before, `$2` limit.
    static let checkpoints = Statement(
        "seal_checkpoints",
        """
        select c.size, c.note, c.signed_at,
            array(select s.line from seal_cosignatures as s where s.size = c.size order by s.witness)
        from seal_checkpoints as c
        where c.size > $1::bigint
        order by c.size
        limit $2::bigint
        """
    )

    /// `$1` `$2` first and last position. The partitions that hold some of them and are detached.
    static let detached = Statement(
        "seal_detached",
        """
        select p.first_position, p.last_position
        from event_partitions as p
        where p.detached_at is not null
          and p.first_position <= $2::bigint
          and p.last_position >= $1::bigint
        """
    )

    /// `$1` witness.
    static let cosigned = Statement(
        "seal_cosigned",
        "select coalesce(max(size), 0) from seal_cosignatures where witness = $1::text"
    )

    /// `$1` `$2` levels and numbers of tiles. Of one snapshot, so that a tile is seen either at the edge or full.
    static let tiles = Statement(
        "seal_tiles",
        """
        select w.level, w.tile, coalesce(t.hashes, e.hashes)
        from unnest($1::smallint[], $2::bigint[]) as w (level, tile)
        left join seal_tiles as t on t.level = w.level and t.tile = w.tile
        left join (
            select edge.level, edge.hashes, seals.size >> (8 * (edge.level + 1)) as tile
            from seal_edge as edge
            cross join seals
        ) as e on e.level = w.level and e.tile = w.tile
        """
    )
}
