import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterCommands
import MusterDomain
import MusterGateway
import MusterTesting
import NIOCore
import Records
import Testing

@Suite(.timeLimit(.minutes(20))) struct CommandDoorTests {
    private static let id = "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f"

    private static func report(id: String = id, log: String = "heyan", place: String = "Dongqiao 7") -> String {
        """
        {"command":"SubmitReport","id":"\(id)","log":"\(log)","data":{"report":"R-1","channel":"web",\
        "kind":"blocked-passage","territory":"dq-02","place":"\(place)","text":"Two cars block it."}}
        """
    }

    /// Runs `body` against a founded town, with a bearer token of `actor`.
    private func withDoor(
        as actor: Actor? = SmallTown.resident,
        configure: (inout GatewayFixture) -> Void = { _ in },
        _ body: @escaping @Sendable (any TestClientProtocol, HTTPFields) async throws -> Void
    ) async throws {
        var fixture = try await GatewayFixture()
        configure(&fixture)
        let ready = fixture
        try await ready.whileFollowing {
            try await ready.town.found()
            var headers: HTTPFields = [.contentType: "application/json"]
            if let actor { headers[.authorization] = "Bearer \(try await ready.token(of: actor))" }
            let application = Application(router: try ready.gateway.makeRouter())
            try await application.test(.router) { [headers] client in try await body(client, headers) }
        }
    }

    private func post(
        _ client: any TestClientProtocol,
        _ body: String,
        _ headers: HTTPFields
    ) async throws -> TestResponse {
        try await client.executeRequest(
            uri: "/v1/commands",
            method: .post,
            headers: headers,
            body: ByteBuffer(string: body)
        )
    }

    @Test func `A command that is taken answers 201 with its place in the log`() async throws {
        try await withDoor { client, headers in
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.status == .created)
            #expect(answer.text.contains("\"outcome\":\"appended\",\"first\":"))
        }
    }

    @Test func `The same id again answers 200 with the first place`() async throws {
        try await withDoor { client, headers in
            let first = try await post(client, Self.report(), headers)
            let second = try await post(client, Self.report(), headers)
            #expect(second.status == .ok)
            #expect(second.text == first.text.replacing("appended", with: "repeated"))
        }
    }

    @Test(arguments: [
        (AppendError.unavailable(reason: "could not extend file (SQLSTATE 53100)"), "unavailable"),
        (.regressed(acknowledged: Position(9), found: Position(7)), "unavailable"),
        (.outcomeUnknown, "outcome-unknown"),
        (.overloaded(retryAfter: .seconds(3)), "overloaded"),
    ])
    func `A log that gives no verdict is a 503 that says when to come again, and then the same id is taken`(
        fault: AppendError,
        code: String
    ) async throws {
        let breakLog: @Sendable (inout GatewayFixture) -> Void = { fixture in
            let clock = fixture.clock
            let store = FlakyStore(fixture.store, faults: [fault])
            fixture.handler = CommandHandler(store: store, limits: .standard, now: { clock.now })
        }
        try await withDoor(configure: breakLog) { client, headers in
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains("\"code\":\"\(code)\""))
            #expect(answer.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
            // Machinery is for the log, not for callers.
            #expect(!answer.text.contains("SQLSTATE"))
            let again = try await post(client, Self.report(), headers)
            #expect(again.status == (fault == .outcomeUnknown ? .ok : .created))
        }
    }

    @Test func `Prefer wait answers when the boards include the write`() async throws {
        try await withDoor { client, headers in
            var headers = headers
            headers[.prefer] = "wait=10"
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.text.contains("\"isOnBoards\":true"))
            #expect(answer.headers[.preferenceApplied] == "wait=10")
        }
    }

    @Test func `Without a token nothing is written`() async throws {
        try await withDoor(as: nil) { client, headers in
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.text.contains("token-missing"))
        }
    }

    @Test func `Too many attempts without a token are told to wait`() async throws {
        try await withDoor(as: nil, configure: { $0.configuration.limits.attemptsAtOnce = 1 }) { client, headers in
            _ = try await post(client, Self.report(), headers)
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.status == .tooManyRequests)
            #expect(answer.headers[.retryAfter] == "2")
        }
    }

    @Test func `A forged token is named as such in the caller's language`() async throws {
        try await withDoor(as: nil) { client, headers in
            var headers = headers
            headers[.authorization] = "Bearer a.b.c"
            headers[.acceptLanguage] = "fr, zh-CN;q=0.8, en;q=0.5"
            let answer = try await post(client, Self.report(), headers)
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.contentLanguage] == "zh-Hans")
            #expect(answer.text.contains("令牌不是本系统签发"))
        }
    }

    @Test(arguments: [
        ("{", "malformed", ""), ("[]", "type", ""), ("{}", "required", "/command"),
        (
            #"{"command":"FlyAway","id":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f","log":"heyan","data":{}}"#, "unknown",
            "/command"
        ),
        (#"{"command":"SubmitReport","id":"7","log":"heyan","data":{}}"#, "uuid", "/id"),
        (
            #"{"command":"SubmitReport","id":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f","log":"heyan","data":{"place":7}}"#,
            "type", "/data/place"
        ),
        (
            #"{"command":"SubmitReport","id":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f","log":"heyan","data":{},"more":1}"#,
            "unknown", "/more"
        ),
    ])
    func `What is wrong is named with a pointer`(_ body: String, _ code: String, _ pointer: String) async throws {
        try await withDoor { client, headers in
            let answer = try await post(client, body, headers)
            #expect(answer.status == .badRequest)
            #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
            #expect(answer.text.contains("{\"pointer\":\"\(pointer)\",\"code\":\"\(code)\""))
        }
    }

    @Test func `A text with control characters is refused`() async throws {
        try await withDoor { client, headers in
            let answer = try await post(client, Self.report(place: "a\\u0007b"), headers)
            #expect(answer.text.contains("{\"pointer\":\"/data/place\",\"code\":\"control-character\""))
        }
    }

    @Test func `A future time is invalid`() async throws {
        try await withDoor { client, headers in
            let body = Self.report().replacing("\"data\"", with: "\"occurredAt\":\"2027-01-01T00:00:00Z\",\"data\"")
            let answer = try await post(client, body, headers)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("{\"pointer\":\"/occurredAt\",\"code\":\"future\""))
        }
    }

    @Test func `A body of more than a megabyte is too large`() async throws {
        try await withDoor { client, headers in
            let place = String(repeating: "x", count: 1 << 20)
            let status = try await post(client, Self.report(place: place), headers).status
            #expect(status == .contentTooLarge)
        }
    }

    @Test func `Another content type is not taken`() async throws {
        try await withDoor { client, headers in
            var headers = headers
            headers[.contentType] = "text/xml"
            let status = try await post(client, "<a/>", headers).status
            #expect(status == .unsupportedMediaType)
        }
    }

    @Test func `A command for a log that is not here is not found`() async throws {
        try await withDoor { client, headers in
            let answer = try await post(client, Self.report(log: "elsewhere"), headers)
            #expect(answer.status == .notFound)
            #expect(answer.text.contains("\"pointer\":\"/log\""))
        }
    }

    @Test func `A token for another log is forbidden`() async throws {
        let other = try #require(LogName("drill"))
        let fixture = try await GatewayFixture()
        let token = try await fixture.token(of: SmallTown.resident, log: other)
        let application = Application(router: try fixture.gateway.makeRouter())
        try await application.test(.router) { client in
            let headers: HTTPFields = [.contentType: "application/json", .authorization: "Bearer \(token)"]
            let status = try await post(client, Self.report(), headers).status
            #expect(status == .forbidden)
        }
    }

    @Test func `A refusal names its rule, its reason and what to do`() async throws {
        try await withDoor(as: SmallTown.property) { client, headers in
            let body = """
                {"command":"BlowWhistle","id":"\(Self.id)","log":"heyan","data":{"matter":"M-1","kind":"emergency",\
                "urgency":"emergency","duty":"passage.enforce","departments":["fire"],"basis":"x"}}
                """
            let answer = try await post(client, body, headers)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("\"rule\":\"R1.1\""))
            #expect(answer.text.contains("\"advice\":"))
        }
    }

    @Test func `A command about a matter that is not there answers 404 or 422 with its rule`() async throws {
        try await withDoor(as: SmallTown.fire) { client, headers in
            let body = """
                {"command":"AcceptWhistle","id":"\(Self.id)","log":"heyan","data":{"matter":"M-1","department":"fire"}}
                """
            let answer = try await post(client, body, headers)
            #expect([.notFound, .unprocessableContent].contains(answer.status))
            #expect(answer.text.contains("\"rule\":"))
        }
    }

    // MARK: - Batches

    @Test func `A batch gives a verdict a line, and one bad line harms no other`() async throws {
        try await withDoor { client, headers in
            var headers = headers
            headers[.contentType] = "application/x-ndjson"
            let second = Self.report(id: "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e50").replacing("R-1", with: "R-2")
            let answer = try await post(client, "\(Self.report())\nnot json\n\n\(second)", headers)
            #expect(answer.status == .ok)
            let lines = answer.text.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.first?.hasPrefix("{\"line\":1,\"status\":201,") == true)
            #expect(lines.dropFirst().first?.hasPrefix("{\"line\":2,\"status\":400,\"problem\":") == true)
            #expect(lines.last?.hasPrefix("{\"line\":4,\"status\":201,") == true)
        }
    }

    @Test func `A line that is too long is refused alone`() async throws {
        try await withDoor(configure: { $0.configuration.limits.batchLineBytes = 400 }) { client, headers in
            var headers = headers
            headers[.contentType] = "application/x-ndjson"
            let long = Self.report(place: String(repeating: "x", count: 500))
            let answer = try await post(client, "\(long)\n\(Self.report())\n", headers)
            let lines = answer.text.split(separator: "\n")
            #expect(lines.first?.hasPrefix("{\"line\":1,\"status\":413,") == true)
            #expect(lines.last?.hasPrefix("{\"line\":2,\"status\":201,") == true)
        }
    }

    @Test func `A batch ends at its bound of lines`() async throws {
        try await withDoor(configure: { $0.configuration.limits.batchLines = 1 }) { client, headers in
            var headers = headers
            headers[.contentType] = "application/x-ndjson"
            let answer = try await post(client, "\(Self.report())\n\(Self.report())\n\(Self.report())\n", headers)
            let lines = answer.text.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.contains("too-many-lines") == true)
        }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

extension HTTPField.Name {
    static var prefer: HTTPField.Name { HTTPField.Name("Prefer") ?? .via }
    static var preferenceApplied: HTTPField.Name { HTTPField.Name("Preference-Applied") ?? .via }
}
