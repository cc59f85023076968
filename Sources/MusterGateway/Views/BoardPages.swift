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

    private var views: [String: any BoardView] {
        var views: [String: any BoardView] = [:]
        for type in BoardCatalogue.all {
            if let view = view(of: type) { views[type.name] = view }
        }
        return views
    }

    private func view(of type: any Board.Type) -> (any BoardView)? {
        let offset = frame.configuration.offset
        switch type {
        case is OperationsBoard.Type:
            return OperationsView(board: boards.operations, templates: templates, offset: offset)
        case is WhistlesBoard.Type:
            return WhistlesView(board: boards.whistles, templates: templates, offset: offset)
        case let listed as any ListedBoard.Type: return list(listed)
        default: return nil
        }
    }

    private func list<B: ListedBoard>(_ type: B.Type) -> (any BoardView)? {
        boards.live(type).map { ListView(board: $0, templates: templates, offset: frame.configuration.offset) }
    }

    func add(to router: Router<GatewayContext>) {
        let views = views
        router.get("/") { _, _ in
            Response(status: .seeOther, headers: [.location: "/boards/operations"])
        }
        router.get("/boards/:board") { request, context in
            try check(request, context)
            guard let view = try views[context.parameters.require("board")] else { throw ProblemDetails.notFound }
            if let address = try PastCut.address(chosenIn: request, offset: frame.configuration.offset) {
                return Response(status: .seeOther, headers: [.location: address])
            }
            return try await page(view, request, context)
        }
        router.get("/boards/:board/events") { request, context in
            try check(request, context)
            let name = try context.parameters.require("board")
            guard let board = boards.board(named: name), let view = views[name] else { throw ProblemDetails.notFound }
            return try stream.response(
                of: board,
                after: BoardRoutes.lastSeen(request),
                context: context,
                beat: ServerSentEvent.beat
            ) { message($0, view, context.language, context.logger) }
        }
        router.get("/matters/:matter") { request, context in
            try check(request, context)
            return try await matter(request, context)
        }
        router.get("/matters/:matter/events") { request, context in
            try check(request, context)
            let name = try context.parameters.require("matter")
            return try changes(of: name, on: boards.operations, request, context)
        }
        router.get("/incidents/:incident") { request, context in
            try check(request, context)
            if let address = try PastCut.address(chosenIn: request, offset: frame.configuration.offset) {
                return Response(status: .seeOther, headers: [.location: address])
            }
            return try await incident(request, context)
        }
        router.get("/incidents/:incident/events") { request, context in
            try check(request, context)
            guard let board = boards.live(IncidentsBoard.self) else { throw ProblemDetails.notFound }
            return try changes(of: context.parameters.require("incident"), on: board, request, context)
        }
    }

    /// Tells a page that something on a board has happened to what it shows: the page is fetched anew.
    private func changes(
        of name: String,
        on board: some BoardFeed,
        _ request: Request,
        _ context: GatewayContext
    ) throws -> Response {
        let mention = Array("\"\(name)\"".utf8)
        let row = Array("\"\(name)/".utf8)
        return try stream.response(
            of: board,
            after: BoardRoutes.lastSeen(request),
            context: context,
            beat: ServerSentEvent.beat
        ) { update in
            guard case .change(let change) = update else {
                return ServerSentEvent(id: update.position, event: "reset", data: Array("{}".utf8)).buffer
            }
            // Its rows, its news and its vanished rows all bear its name.
            guard change.json.contains(mention) || change.json.contains(row) else { return nil }
            return ServerSentEvent(id: change.position, event: "change", data: Array("{}".utf8)).buffer
        }
    }

    private func check(_ request: Request, _ context: GatewayContext) throws {
        try access.checkReading(request, context)
        guard boards.isCaughtUp else { throw ProblemDetails.notReady }
    }

    /// The board as it is, or as it was when the address says so.
    private func snapshot<B: Board>(of board: LiveBoard<B>, _ request: Request) async throws -> BoardSnapshot<B> {
        guard let cut = try PastCut(request, offset: frame.configuration.offset) else { return board.snapshot() }
        return try await request.whileConnected {
            try await ProblemDetails.wordingPast {
                try await past.snapshot(of: B.self, cut, now: frame.now())
            }
        }
    }

    private func page(_ view: some BoardView, _ request: Request, _ context: GatewayContext) async throws -> Response {
        let snapshot = try await snapshot(of: view.board, request)
        let (head, name) = (snapshot.head, view.board.name)
        var fields = frame.fields(
            request,
            context,
            title: view.title[context.language],
            bodyClass: "",
            styles: ["board.css", "\(view.template).css"],
            scripts: ["board.js"],
            board: name
        )
        fields.merge(view.fields(snapshot, context.language)) { _, new in new }
        let past = PastFields(language: context.language, offset: frame.configuration.offset, head: head)
        fields.merge(past.fields(path: "/boards/\(name)")) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: head,
            events: "/boards/\(name)/events?lang=\(context.language.rawValue)",
            language: context.language
        )
        return try templates.response(view.template, fields)
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
            scripts: ["renew.js"]
        )
        fields.merge(page.fields()) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: head,
            events: "/matters/\(view.matter)/events",
            language: context.language
        )
        return try templates.response("matter", fields)
    }

    private func incident(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let name = try context.parameters.require("incident")
        guard let board = boards.live(IncidentsBoard.self) else { throw ProblemDetails.notFound }
        let snapshot = try await snapshot(of: board, request)
        // One that is over is not on the board; as of a time at which it was open it is.
        guard let row = snapshot.rows.first(where: { $0.key == name }) else { throw ProblemDetails.notFound }
        let briefing = try await ProblemDetails.wordingPast {
            try await IncidentBriefing.load(
                row.incident,
                from: matters.store,
                through: snapshot.head.position,
                until: snapshot.head.past?.asTrueAt
            )
        }
        let page = IncidentPage(
            language: context.language,
            offset: frame.configuration.offset,
            row: row,
            briefing: briefing,
            now: snapshot.head.now,
            soon: snapshot.head.soon
        )
        var fields = frame.fields(
            request,
            context,
            title: "\(Strings.words("incident")[context.language]) \(row.reference)",
            bodyClass: "",
            styles: ["board.css", "incident.css"],
            scripts: ["renew.js"],
            board: snapshot.head.board
        )
        fields.merge(page.fields()) { _, new in new }
        let past = PastFields(language: context.language, offset: frame.configuration.offset, head: snapshot.head)
        fields.merge(past.fields(path: "/incidents/\(row.incident)")) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: snapshot.head,
            events: "/incidents/\(row.incident)/events",
            language: context.language
        )
        return try templates.response("incident", fields)
    }

    // MARK: - Updates

    private func message(
        _ update: BoardUpdate,
        _ view: some BoardView,
        _ language: Language,
        _ logger: Logger
    ) -> ByteBuffer? {
        guard case .change(let change) = update else {
            return ServerSentEvent(id: update.position, event: "reset", data: Array("{}".utf8)).buffer
        }
        let name = view.board.name
        let key = RenderedChanges.Key(board: name, position: change.position, language: language)
        return rendered.message(key) {
            do {
                let data = try view.parts(change, language).message(of: change)
                return ServerSentEvent(id: change.position, event: "change", data: data)
            } catch {
                logger.error("change could not be drawn", metadata: ["board": "\(name)", "error": "\(error)"])
                return nil
            }
        }
    }
}
