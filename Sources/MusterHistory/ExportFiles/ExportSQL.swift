import Postgres

/// What exports ask of a log besides its events.
enum ExportSQL {
    /// The streams of imports.
    static let imports = Statement(
        "export_imports",
        """
        select s.name
        from streams as s
        where starts_with(s.name, 'import-')
        order by s.id
        """
    )

    /// The rows of a range of positions that are not the first of their key. A quotation mark inside a text has a backslash
    /// before it, so that few other rows hold the word.
    static let revisions = Statement(
        "export_revisions",
        """
        select r.data #>> '{mapping,name}', r.data ->> 'key', max((r.data ->> 'revision')::bigint)
        from (
            select e.data::json as data
            from events as e
            join event_types as t on t.id = e.type_id
            where e.position > $1 and e.position <= $2
                and t.name = 'RowImported'
                and position('"revision":' in e.data) > 0
            offset 0
        ) as r
        where r.data ->> 'revision' is not null
            and r.data #>> '{mapping,name}' is not null
            and r.data ->> 'key' is not null
        group by 1, 2
        """
    )
}
