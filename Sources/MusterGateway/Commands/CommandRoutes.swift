import EventSourcing
import HTTPTypes
import Hummingbird
import MusterDomain
import NIOCore
import Records

/// `POST /v1/commands`, one or a batch, and `GET /v1/commands`, the catalogue.
struct CommandRoutes: Sendable {
    private static let single = "application/json"
    private static let batch = "application/x-ndjson"

    let door: CommandDoor
    let access: Access
    let limiter: RateLimiter
    let configuration: GatewayConfiguration
    let now: @Sendable () -> Timestamp

    func add(to router: Router<GatewayContext>) {
        let catalogue = ByteBuffer(bytes: CommandCatalogueDocument.json())
        router.post("/v1/commands") { request, context in try await post(request, context) }
        router.get("/v1/commands") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: catalogue)
            )
        }
    }

    private func post(_ request: Request, _ context: GatewayContext) async throws -> Response {
        guard case .bearer = context.credential else {
            if let wait = limiter.admit(context.address, now: now()) { throw ProblemDetails.tooMany(retryAfter: wait) }
            _ = try access.writer(context)
            throw ProblemDetails.tokenMissing
        }
        let identity = try access.writer(context)
        switch request.mediaType {
        case Self.single: return try await postOne(request, identity, context)
        case Self.batch: return postBatch(request, identity, context)
        default: throw ProblemDetails.mediaType("\(Self.single), \(Self.batch)")
        }
    }

    private func postOne(_ request: Request, _ identity: Identity, _ context: GatewayContext) async throws -> Response {
        let limits = configuration.limits
        let bytes = try await BodyReader.read(request, context, maximumBytes: limits.bodyBytes, time: limits.bodyTime)
        let wait = Self.waitPreference(request.headers).map { min($0, limits.waitTime) }
        let answer = await door.answer(bytes, from: identity, wait: wait, logger: context.logger)
        switch answer {
        case .refused(let problem):
            return problem.response(in: context.language, requestID: context.requestID)
        case .accepted(let id, let outcome, let isOnBoards):
            var writer = JSONWriter()
            writer.beginObject()
            CommandAnswer.write(id, outcome, isOnBoards, to: &writer)
            writer.endObject()
            var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
            if let wait, isOnBoards == true { headers[.preferenceApplied] = "wait=\(wait.components.seconds)" }
            return Response(
                status: answer.status,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
            )
        }
    }

    private func postBatch(_ request: Request, _ identity: Identity, _ context: GatewayContext) -> Response {
        let batch = CommandBatch(
            door: door,
            limits: configuration.limits,
            identity: identity,
            language: context.language,
            requestID: context.requestID,
            logger: context.logger
        )
        return Response(
            status: .ok,
            headers: [.contentType: "\(Self.batch); charset=utf-8"],
            body: batch.body(of: request)
        )
    }

    /// The seconds of `Prefer: wait=N` ([RFC 7240 §4.3](https://www.rfc-editor.org/rfc/rfc7240#section-4.3)).
    static func waitPreference(_ headers: HTTPFields) -> Duration? {
        for preference in (headers[.prefer] ?? "").prefix(500).split(separator: ",") {
            let pair = preference.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "wait" else { continue }
            guard let seconds = Int(pair[1].filter { $0 != " " }), (1...86_400).contains(seconds) else { return nil }
            return .seconds(seconds)
        }
        return nil
    }
}

extension Request {
    /// The media type of the body, without parameters, in lower case.
    var mediaType: String {
        let field = headers[.contentType] ?? ""
        // As nearly everybody sends it.
        if field == "application/json" { return field }
        return field.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }
}
