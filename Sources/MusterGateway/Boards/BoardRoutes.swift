import EventSourcing
import HTTPTypes
import Hummingbird
import MusterBoards
import NIOCore
import Records

/// `GET /v1/boards/<name>` as JSON, now or as of a time, `/v1/boards/<name>/events` as an event stream, and `/v1/boards/<name>/parked`: the
/// events that are missing on it.
struct BoardRoutes: Sendable {
    let boards: LiveBoards
    let past: PastBoards
    let access: Access
    let stream: EventStream
    let rendered: RenderedChanges
    let offset: Duration
    let now: @Sendable () -> Timestamp

    func add(to router: Router<GatewayContext>) {
        router.get("/v1/boards") { request, context in
            try access.checkReading(request, context)
            return JSONAnswer.response { writer in
                writer.beginObject()
                writer.name("boards")
                writer.beginArray()
                for board in boards.all { writer.string(board.name) }
                writer.endArray()
                writer.endObject()
            }
        }
        router.get("/v1/boards/:board") { request, context in
            let board = try board(request, context)
            guard let cut = try PastCut(request, offset: offset), let type = BoardCatalogue.board(named: board.name)
            else { return JSONAnswer.response(board.encodedSnapshot().json) }
            // Whoever goes away while the log is read lets the reading end.
            return try await request.whileConnected {
                try await ProblemDetails.wordingPast {
                    JSONAnswer.response(try await past.encodedSnapshot(of: type, cut, now: now()))
                }
            }
        }
        router.get("/v1/boards/:board/parked") { request, context in
            let board = try board(request, context)
            return JSONAnswer.response(board.encodedParked())
        }
        router.get("/v1/boards/:board/events") { request, context in
            let board = try board(request, context)
            return try stream.response(of: board, after: Self.lastSeen(request), context: context) { update in
                switch update {
                case .change(let change):
                    let key = RenderedChanges.Key(board: board.name, position: change.position, language: nil)
                    return rendered.message(key) {
                        ServerSentEvent(id: change.position, event: "change", data: change.json)
                    }
                case .reset(let snapshot):
                    return ServerSentEvent(id: snapshot.position, event: "reset", data: snapshot.json).buffer
                }
            }
        }
    }

    private func board(_ request: Request, _ context: GatewayContext) throws -> any BoardFeed {
        try access.checkReading(request, context)
        guard let board = try boards.board(named: context.parameters.require("board")) else {
            throw ProblemDetails.notFound
        }
        guard boards.isCaughtUp else { throw ProblemDetails.notReady }
        return board
    }

    /// The position a watcher says it has seen: the header that browsers send when they reconnect, or `?after` the first
    /// time. Anything else means nothing was seen.
    static func lastSeen(_ request: Request) -> Position? {
        let text = request.headers[.lastEventID] ?? request.uri.queryParameters["after"].map { String($0) }
        return text.flatMap { Int64($0) }.flatMap { $0 >= 0 ? Position($0) : nil }
    }
}
