import Postgres

/// The statements of the delivery log.
enum DeliverySQL {
    static let insert = Statement(
        "deliveries.insert",
        """
        insert into deliveries (
            segment, agency, task, message, attempt, started_at, duration, status, answer_bytes, outcome, note,
            circuit_open_since, circuit_probe_at
        )
        select
            s.segment, d.agency, d.task, d.message, d.attempt, d.started_at, d.microseconds * interval '1 microsecond',
            d.status, d.answer_bytes, d.outcome, d.note, d.open_since, d.probe_at
        from delivery_state as s
        cross join unnest(
            $1::text[], $2::bigint[], $3::text[], $4::integer[], $5::timestamptz[], $6::bigint[], $7::smallint[],
            $8::bigint[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[]
        ) with ordinality as d (
            agency, task, message, attempt, started_at, microseconds, status, answer_bytes, outcome, note, open_since,
            probe_at, place
        )
        order by d.place
        """
    )

    static let turn = Statement(
        "deliveries.turn",
        "select turn_deliveries($1::bigint, make_interval(secs => $2::double precision))"
    )

    // The newest first, each by an index of its own.

    static let all = Statement(
        "deliveries.all",
        """
        select
            agency, task, message, attempt, started_at, (extract(epoch from duration) * 1000000)::bigint, status,
            answer_bytes, outcome, note, circuit_open_since, circuit_probe_at
        from deliveries
        order by number desc
        limit $1::integer
        """
    )

    static let failed = Statement(
        "deliveries.failed",
        """
        select
            agency, task, message, attempt, started_at, (extract(epoch from duration) * 1000000)::bigint, status,
            answer_bytes, outcome, note, circuit_open_since, circuit_probe_at
        from deliveries
        where outcome <> 'delivered'
        order by number desc
        limit $1::integer
        """
    )

    static let ofAgency = Statement(
        "deliveries.of_agency",
        """
        select
            agency, task, message, attempt, started_at, (extract(epoch from duration) * 1000000)::bigint, status,
            answer_bytes, outcome, note, circuit_open_since, circuit_probe_at
        from deliveries
        where agency = $2::text
        order by number desc
        limit $1::integer
        """
    )

    static let failedOfAgency = Statement(
        "deliveries.failed_of_agency",
        """
        select
            agency, task, message, attempt, started_at, (extract(epoch from duration) * 1000000)::bigint, status,
            answer_bytes, outcome, note, circuit_open_since, circuit_probe_at
        from deliveries
        where outcome <> 'delivered' and agency = $2::text
        order by number desc
        limit $1::integer
        """
    )

    /// The last delivery of each agency that is not asked for now. Goes from one agency to the next in the index.
    static let circuits = Statement(
        "deliveries.circuits",
        """
        with recursive agencies as (
            select min(agency) as agency
            from deliveries
            union all
            select (select min(d.agency) from deliveries as d where d.agency > a.agency)
            from agencies as a
            where a.agency is not null
        )
        select
            d.agency, d.task, d.message, d.attempt, d.started_at, (extract(epoch from d.duration) * 1000000)::bigint,
            d.status, d.answer_bytes, d.outcome, d.note, d.circuit_open_since, d.circuit_probe_at
        from agencies as a
        cross join lateral (
            select *
            from deliveries
            where agency = a.agency
            order by number desc
            limit 1
        ) as d
        where d.circuit_open_since is not null
            and a.agency = coalesce($1::text, a.agency)
        order by d.agency
        """
    )
}
