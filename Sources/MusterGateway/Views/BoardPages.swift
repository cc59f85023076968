import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import MusterBoards
import MusterDomain
import NIOCore
import Records

/// The boards and matters as pages, and the event streams that keep these pages up to date.
struct BoardPages: Sendable {
    let boards: LiveBoards
    let past: PastBoards
    let matters: Matters
    let access: Access
    let templates: Templates
    let frame: PageFrame
    let stream: EventStream
    let rendered: RenderedChanges

    func add(to router: Router<GatewayContext>) {
        router.get("/") { _, _ in
            Response(status: .seeOther, headers: [.location: "/boards/operations"])
        }
        router.get("/boards/operations") { request, context in
            try check(request, context)
            if let address = try PastCut.address(chosenIn: request, offset: frame.configuration.offset) {
                return Response(status: .seeOther, headers: [.location: address])
            }
            let snapshot = try await snapshot(of: boards.operations, request)
            let page = OperationsPage(
                language: context.language,
                offset: frame.configuration.offset,
                snapshot: snapshot
            )
            return try response("operations", page.fields(), snapshot.head, request, context)
        }
        router.get("/boards/whistles") { request, context in
            try check(request, context)
            if let address = try PastCut.address(chosenIn: request, offset: frame.configuration.offset) {
                return Response(status: .seeOther, headers: [.location: address])
            }
            let snapshot = try await snapshot(of: boards.whistles, request)
            let page = WhistlesPage(language: context.language, offset: frame.configuration.offset, snapshot: snapshot)
            return try response("whistles", page.fields(), snapshot.head, request, context)
        }
        router.get("/boards/:board/events") { request, context in
            try check(request, context)
            guard let board = try boards.board(named: context.parameters.require("board")) else {
                throw ProblemDetails.notFound
            }
            return try stream.response(
                of: board,
                after: BoardRoutes.lastSeen(request),
                context: context,
                beat: ServerSentEvent.beat
            ) { message($0, of: board.name, context.language, context.logger) }
        }
        router.get("/matters/:matter") { request, context in
            try check(request, context)
            return try await matter(request, context)
        }
        router.get("/matters/:matter/events") { request, context in
            try check(request, context)
            let name = try context.parameters.require("matter")
            let mention = Array("\"\(name)\"".utf8)
            let row = Array("\"\(name)/".utf8)
            return try stream.response(
                of: boards.operations,
                after: BoardRoutes.lastSeen(request),
                context: context,
                beat: ServerSentEvent.beat
            ) { update in
                guard case .change(let change) = update else {
                    return ServerSentEvent(id: update.position, event: "reset", data: Array("{}".utf8)).buffer
                }
                // Its rows, its news and its vanished rows all bear the matter's name.
                guard change.json.contains(mention) || change.json.contains(row) else { return nil }
                return ServerSentEvent(id: change.position, event: "change", data: Array("{}".utf8)).buffer
            }
        }
    }

    private func check(_ request: Request, _ context: GatewayContext) throws {
        try access.checkReading(request, context)
        guard boards.isCaughtUp else { throw ProblemDetails.notReady }
    }

    /// The board as it is, or as it was when the address says so.
    private func snapshot<B: Board>(of board: LiveBoard<B>, _ request: Request) async throws -> BoardSnapshot<B> {
        guard let cut = try PastCut(request, offset: frame.configuration.offset) else { return board.snapshot() }
        return try await request.body.consumeWithCancellationOnInboundClose { _ in
            try await ProblemDetails.wordingPast {
                try await past.snapshot(of: B.self, cut, now: frame.now())
            }
        }
    }

    private func response(
        _ name: String,
        _ content: Fields,
        _ head: BoardHead,
        _ request: Request,
        _ context: GatewayContext
    ) throws -> Response {
        let title = Strings.words(name == "whistles" ? "whistlesTitle" : name)[context.language]
        var fields = frame.fields(
            request,
            context,
            title: title,
            bodyClass: "",
            styles: ["board.css", "\(name).css"],
            scripts: ["board.js"]
        )
        fields.merge(content) { _, new in new }
        let past = PastFields(language: context.language, offset: frame.configuration.offset, head: head)
        fields.merge(past.fields(path: "/boards/\(name)")) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: head,
            events: "/boards/\(name)/events?lang=\(context.language.rawValue)",
            language: context.language
        )
        return try templates.response(name, fields)
    }

    private func matter(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let head = boards.operations.snapshot().head
        let view = try await matters.load(context.parameters.require("matter"))
        let page = MatterPage(
            language: context.language,
            offset: frame.configuration.offset,
            view: view,
            now: head.now,
            soon: head.soon
        )
        var fields = frame.fields(
            request,
            context,
            title: "\(Strings.words("matter")[context.language]) \(view.reference)",
            bodyClass: "",
            styles: ["board.css", "matter.css"],
            scripts: ["matter.js"]
        )
        fields.merge(page.fields()) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: head,
            events: "/matters/\(view.matter)/events",
            language: context.language
        )
        return try templates.response("matter", fields)
    }

    // MARK: - Updates

    private func message(
        _ update: BoardUpdate,
        of board: String,
        _ language: Language,
        _ logger: Logger
    ) -> ByteBuffer? {
        guard case .change(let change) = update else {
            return ServerSentEvent(id: update.position, event: "reset", data: Array("{}".utf8)).buffer
        }
        let key = RenderedChanges.Key(board: board, position: change.position, language: language)
        return rendered.message(key) {
            do {
                let data =
                    board == OperationsBoard.name
                    ? try operations(change, language) : try whistles(change, language)
                return ServerSentEvent(id: change.position, event: "change", data: data)
            } catch {
                logger.error("change could not be drawn", metadata: ["board": "\(board)", "error": "\(error)"])
                return nil
            }
        }
    }

    private func operations(_ change: BoardChange, _ language: Language) throws -> [UInt8] {
        let snapshot = boards.operations.snapshot()
        let page = OperationsPage(language: language, offset: frame.configuration.offset, snapshot: snapshot)
        let words: Fields = ["t": Strings.table(language)]
        return try encode(
            change,
            asOf: snapshot.head.asOf,
            rows: change.rows.compactMap { row in
                boards.operations.row(row.key).map { ("all", $0, page.clock.fields($0)) }
            },
            template: "operations-row",
            parts: [
                (
                    "departments",
                    try templates.render("departments", page.departments().merging(words) { first, _ in first })
                ),
                ("feed", try templates.render("feed", page.feed().merging(words) { first, _ in first })),
            ]
        )
    }

    private func whistles(_ change: BoardChange, _ language: Language) throws -> [UInt8] {
        let snapshot = boards.whistles.snapshot()
        let page = WhistlesPage(language: language, offset: frame.configuration.offset, snapshot: snapshot)
        let words: Fields = ["t": Strings.table(language)]
        var parts = [("side", try templates.render("whistles-side", page.side().merging(words) { first, _ in first }))]
        for department in snapshot.figures.departments {
            let fields = page.head(department).merging(words) { first, _ in first }
            parts.append(("head-\(department.party)", try templates.render("whistles-head", fields)))
        }
        return try encode(
            change,
            asOf: snapshot.head.asOf,
            rows: change.rows.compactMap { row in
                boards.whistles.row(row.key).flatMap { row in
                    row.department.map { ($0.rawValue, row, page.clock.fields(row)) }
                }
            },
            template: "whistles-row",
            parts: parts
        )
    }

    /// A row that has gone since the change was made is not sent: a later change says so.
    private func encode(
        _ change: BoardChange,
        asOf: Timestamp?,
        rows: [(section: String, row: ClockRow, fields: Fields)],
        template: String,
        parts: [(id: String, html: String)]
    ) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        writer.name("position")
        writer.integer(change.position.rawValue)
        if let asOf { writer.member("asOf", asOf.rfc3339) }
        writer.name("rows")
        writer.beginArray()
        for (section, row, fields) in rows {
            writer.beginObject()
            writer.member("key", row.key)
            writer.member("section", section)
            writer.member("order", row.order.text)
            writer.member("html", try templates.render(template, fields))
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
