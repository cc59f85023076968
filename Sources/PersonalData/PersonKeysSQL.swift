import Postgres

enum PersonKeysSQL {
    /// Fixes the digest of the key-encryption key, unless another process has.
    static let claim = Statement(
        "person_keys_claim",
        """
        update person_key_state
        set wrapped_with = $1
        where wrapped_with is null
        """
    )

    static let wrappedWith = Statement(
        "person_keys_wrapped_with",
        """
        select wrapped_with
        from person_key_state
        """
    )

    /// The keys of some persons, and how many destructions there had been: both as of one moment. One row at least.
    static let read = Statement(
        "person_keys_read",
        """
        select s.destructions, k.person, k.number, k.wrapped_key
        from person_key_state as s
        left join person_keys as k
            on k.person = any($1)
        """
    )

    /// Makes a key for each person who has none that is alive. Sorted: sessions that insert in one order do not wait for
    /// each other in a ring. Whoever comes second inserts nothing and reads the first one's.
    static let make = Statement(
        "person_keys_make",
        """
        insert into person_keys (person, number, wrapped_key)
        select w.person, coalesce(max(k.number), 0) + 1, w.wrapped_key
        from unnest($1::text[], $2::bytea[]) as w (person, wrapped_key)
        left join person_keys as k
            on k.person = w.person
        group by w.person, w.wrapped_key
        having coalesce(bool_and(k.destroyed_at is not null or k.person is null), true)
        order by w.person
        on conflict do nothing
        """
    )

    /// Destroys what keys persons had at a time, and tells all processes. The number of keys.
    static let destroy = Statement(
        "person_keys_destroy",
        """
        with destroyed as (
            update person_keys as k
            set wrapped_key = null, destroyed_at = clock_timestamp()
            from unnest($1::text[], $2::timestamptz[]) as e (person, recorded_at)
            where k.person = e.person and k.destroyed_at is null and k.created_at <= e.recorded_at
            returning k.number
        ), told as (
            update person_key_state
            set destructions = destructions + 1
            where exists (select from destroyed)
        )
        select count(*)
        from destroyed
        """
    )

    static let count = Statement(
        "person_keys_count",
        """
        select count(*) filter (where destroyed_at is null), count(*) filter (where destroyed_at is not null)
        from person_keys
        where person = $1
        """
    )
}
