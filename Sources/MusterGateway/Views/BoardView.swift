import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// How one board becomes a page, and its changes parts of that page.
protocol BoardView: Sendable {
    associatedtype B: Board

    var board: LiveBoard<B> { get }
    /// The template of the page and of its style sheet.
    var template: String { get }
    var title: Words { get }

    /// The fields of the page's main part.
    func fields(_ snapshot: BoardSnapshot<B>, _ language: Language) -> Fields

    /// What a change alters on the page.
    func parts(_ change: BoardChange, _ language: Language) throws -> BoardParts
}

/// What a page replaces when its board has changed.
struct BoardParts {
    struct Row {
        let key: String
        /// In which section of the list it stands.
        let section: String
        let order: String
        let html: String
    }

    let asOf: Timestamp?
    let rows: [Row]
    /// By the id of the element that is filled anew.
    let parts: [(id: String, html: String)]

    /// As the script of the page reads it.
    func message(of change: BoardChange) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        writer.name("position")
        writer.integer(change.position.rawValue)
        if let asOf { writer.member("asOf", asOf.rfc3339) }
        writer.name("rows")
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.member("key", row.key)
            writer.member("section", row.section)
            writer.member("order", row.order)
            writer.member("html", row.html)
            writer.endObject()
        }
        writer.endArray()
        writer.name("removed")
        writer.beginArray()
        for key in change.removed { writer.string(key) }
        writer.endArray()
        writer.name("parts")
        writer.beginObject()
        for (id, html) in parts { writer.member(id, html) }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}

extension Templates {
    /// A part of a page, with the words that all templates use.
    func part(_ name: String, _ fields: Fields, _ language: Language) throws -> String {
        try render(name, fields.merging(["t": Strings.table(language)]) { first, _ in first })
    }
}

/// The operations board.
struct OperationsView: BoardView {
    let board: LiveBoard<OperationsBoard>
    let templates: Templates
    let offset: Duration
    let template = "operations"

    var title: Words { Strings.words("operations") }

    private func page(_ snapshot: BoardSnapshot<OperationsBoard>, _ language: Language) -> OperationsPage {
        OperationsPage(language: language, offset: offset, snapshot: snapshot)
    }

    func fields(_ snapshot: BoardSnapshot<OperationsBoard>, _ language: Language) -> Fields {
        page(snapshot, language).fields()
    }

    /// A row that has gone since the change was made is not sent: a later change says so.
    func parts(_ change: BoardChange, _ language: Language) throws -> BoardParts {
        let snapshot = board.snapshot()
        let page = page(snapshot, language)
        return BoardParts(
            asOf: snapshot.head.asOf,
            rows: try change.rows.compactMap { board.row($0.key) }.map { row in
                BoardParts.Row(
                    key: row.key,
                    section: "all",
                    order: row.order.text,
                    html: try templates.render("operations-row", page.clock.fields(row))
                )
            },
            parts: [
                ("departments", try templates.part("departments", page.departments(), language)),
                ("feed", try templates.part("feed", page.feed(), language)),
            ]
        )
    }
}

/// The whistles by department.
struct WhistlesView: BoardView {
    let board: LiveBoard<WhistlesBoard>
    let templates: Templates
    let offset: Duration
    let template = "whistles"

    var title: Words { Strings.words("whistlesTitle") }

    private func page(_ snapshot: BoardSnapshot<WhistlesBoard>, _ language: Language) -> WhistlesPage {
        WhistlesPage(language: language, offset: offset, snapshot: snapshot)
    }

    func fields(_ snapshot: BoardSnapshot<WhistlesBoard>, _ language: Language) -> Fields {
        page(snapshot, language).fields()
    }

    func parts(_ change: BoardChange, _ language: Language) throws -> BoardParts {
        let snapshot = board.snapshot()
        let page = page(snapshot, language)
        var parts = [("side", try templates.part("whistles-side", page.side(), language))]
        for department in snapshot.figures.departments {
            let head = try templates.part("whistles-head", page.head(department), language)
            parts.append(("head-\(department.party)", head))
        }
        return BoardParts(
            asOf: snapshot.head.asOf,
            rows: try change.rows.compactMap { board.row($0.key) }.compactMap { row in
                guard let department = row.department else { return nil }
                return BoardParts.Row(
                    key: row.key,
                    section: department.rawValue,
                    order: row.order.text,
                    html: try templates.render("whistles-row", page.clock.fields(row))
                )
            },
            parts: parts
        )
    }
}

/// Any board that is a list.
struct ListView<B: ListedBoard>: BoardView {
    let board: LiveBoard<B>
    let templates: Templates
    let offset: Duration
    let template = "list"

    var title: Words { B.words }

    private func page(_ snapshot: BoardSnapshot<B>, _ language: Language) -> ListPage<B> {
        ListPage(language: language, offset: offset, snapshot: snapshot)
    }

    func fields(_ snapshot: BoardSnapshot<B>, _ language: Language) -> Fields { page(snapshot, language).fields() }

    func parts(_ change: BoardChange, _ language: Language) throws -> BoardParts {
        let snapshot = board.snapshot()
        let page = page(snapshot, language)
        return BoardParts(
            asOf: snapshot.head.asOf,
            rows: try change.rows.compactMap { board.row($0.key) }.map { row in
                BoardParts.Row(
                    key: row.key,
                    section: row.heading.id,
                    order: row.order.text,
                    html: try templates.render("list-row", page.fields(row))
                )
            },
            parts: [
                ("counts", try templates.part("list-counts", page.counts(), language)),
                ("side", try templates.part("list-side", page.side(), language)),
            ]
        )
    }
}
