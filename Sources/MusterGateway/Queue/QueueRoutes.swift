import HTTPTypes
import Hummingbird
import Records
import TaskQueue

/// `/v1/queue`: how the task queue stands, its dead letters and limits, for those who run it.
///
/// It is read with a token or a session; it is changed with a token alone.
struct QueueRoutes: Sendable {
    let desk: QueueDesk
    let access: Access
    let operators: QueueAccess
    let configuration: GatewayConfiguration

    func add(to router: Router<GatewayContext>) {
        router.get("/v1/queue") { _, context in
            try check(context)
            return JSONAnswer.response(try await desk.report(context.logger).json)
        }
        router.get("/v1/queue/schedules") { _, context in
            try check(context)
            let schedules = try await desk.schedules(context.logger)
            return JSONAnswer.response { writer in
                writer.object { writer in
                    writer.array("schedules") { writer in
                        for schedule in schedules { schedule.write(to: &writer) }
                    }
                }
            }
        }
        router.get("/v1/queue/dead") { request, context in try await deadLetters(request, context) }
        router.get("/v1/queue/dead/:number") { _, context in
            try check(context)
            let letter = try await desk.letter(try number(context), context.logger)
            return JSONAnswer.response { letter.write(to: &$0, withPayload: true) }
        }
        router.post("/v1/queue/dead/:number/resend") { request, context in try await resend(request, context) }
        router.post("/v1/queue/agencies/:agency/pause") { _, context in try await pause(true, context) }
        router.post("/v1/queue/agencies/:agency/resume") { _, context in try await pause(false, context) }
        router.put("/v1/queue/limits") { request, context in try await setLimit(request, context) }
    }

    private func check(_ context: GatewayContext) throws {
        try operators.check(try access.session(context))
    }

    private func writer(_ context: GatewayContext) throws -> Identity {
        let identity = try access.writer(context)
        try operators.check(identity)
        return identity
    }

    private func number(_ context: GatewayContext) throws -> Int64 {
        guard let number = context.parameters.get("number").flatMap({ Int64($0) }), number > 0 else {
            throw ProblemDetails.notFound
        }
        return number
    }

    private func deadLetters(_ request: Request, _ context: GatewayContext) async throws -> Response {
        try check(context)
        let query = FormFields(request.uri.query.map { Array($0.utf8) } ?? [])
        let after = try Self.number(query, "after", 0...Int64.max) ?? 0
        let limit = try Self.number(query, "limit", 1...Int64(QueueDesk.maximumLetters)) ?? 50
        let letters = try await desk.letters(
            of: query["agency"],
            after: after,
            limit: Int(limit),
            context.logger
        )
        return JSONAnswer.response { writer in
            writer.object { writer in
                writer.array("letters") { writer in
                    for letter in letters { letter.write(to: &writer, withPayload: false) }
                }
                // Where the next page begins; null when this was the last.
                writer.name("after")
                if letters.count == limit, let last = letters.last {
                    writer.integer(last.task.rawValue)
                } else {
                    writer.null()
                }
            }
        }
    }

    static func number(_ query: FormFields, _ name: String, _ range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let number = Int64(text), range.contains(number) else { throw ProblemDetails.notANumber(name, range) }
        return number
    }

    private func resend(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let identity = try writer(context)
        let number = try number(context)
        let limits = configuration.limits
        let bytes = try await BodyReader.read(request, context, maximumBytes: limits.bodyBytes, time: limits.bodyTime)
        var payload: [UInt8]?
        if !bytes.isEmpty {
            guard request.mediaType == "application/json" else { throw ProblemDetails.mediaType("application/json") }
            do throws(Problems) {
                payload = try Self.payload(in: bytes)
            } catch {
                throw ProblemDetails(error)
            }
        }
        let tasks = try await desk.resend([number], payload: payload, by: identity, context.logger)
        return JSONAnswer.response { writer in
            writer.object { writer in
                writer.name("task")
                if let task = tasks.first { writer.integer(task.rawValue) } else { writer.null() }
            }
        }
    }

    /// The text of the one member that may be there.
    private static func payload(in bytes: [UInt8]) throws(Problems) -> [UInt8]? {
        var reader = JSONReader(bytes)
        let members = try reader.members()
        try reader.end()
        var payload: [UInt8]?
        for member in members {
            guard member.name == "payload", payload == nil else {
                throw Problems("unknown", Words("is not taken here, or is there twice", zh: "此处不接受，或重复"))
                    .under(member.name)
            }
            var value = reader.at(member.start)
            try value.skipValue()
            payload = Array(bytes[member.start..<value.index])
        }
        return payload
    }

    private func pause(_ isPaused: Bool, _ context: GatewayContext) async throws -> Response {
        let identity = try writer(context)
        let agency = FormFields.text(ofPathPart: try context.parameters.require("agency"))
        try await desk.pause(agency, isPaused, by: identity, context.logger)
        return JSONAnswer.response { writer in
            writer.object { writer in
                writer.member("agency", agency)
                writer.name("paused")
                writer.boolean(isPaused)
            }
        }
    }

    private func setLimit(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let identity = try writer(context)
        guard request.mediaType == "application/json" else { throw ProblemDetails.mediaType("application/json") }
        let limits = configuration.limits
        let bytes = try await BodyReader.read(request, context, maximumBytes: limits.bodyBytes, time: limits.bodyTime)
        let limit: LimitRequest
        do throws(Problems) {
            limit = try LimitRequest.record.decode(bytes)
        } catch {
            throw ProblemDetails(error)
        }
        try await desk.setLimit(limit, by: identity, context.logger)
        return JSONAnswer.response(try await desk.report(context.logger).limits.json)
    }
}
