import EventLog
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import MusterTesting
import NIOCore
import Postgres
import TaskQueue
import Testing

/// The door of a town over a queue with a dispatcher, in which Fire has one task that waits and one that was given up.
struct QueueDoor: Sendable {
    static let error = #"status 500 <script>alert("error")</script>"#
    /// A quotation mark with an accent is one character to whoever looks at characters.
    static let key = "W-2\"\u{301} onfocus=alert(1) autofocus"
    static let payload = #"{"text":"<script>alert(1)</script>","number":12345678901234567890.50,"quote":"\"'&"}"#

    let client: any TestClientProtocol
    let fixture: GatewayFixture
    let queue: Queue
    let pool: ConnectionPool
    /// The number of the dead letter.
    let dead: Int64

    static func with(_ log: String, _ body: @escaping @Sendable (QueueDoor) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("door-\(log)") { log in
            let logger = try TestDatabase.current.logger
            let queue = Queue(pool: log.pool, connecting: log.connecting, process: "door", logger: logger)
            var fixture = try await GatewayFixture()
            fixture.queue = queue
            let ready = fixture
            let application = Application(router: try ready.gateway.makeRouter())
            try await withThrowingTaskGroup { group in
                group.addTask { await Dispatcher(queue: queue, logger: logger).run() }
                defer { group.cancelAll() }
                while !queue.isLeading { try await Task.sleep(for: .milliseconds(1)) }
                let dead = try await fill(queue, log.pool)
                try await ready.whileFollowing {
                    try await ready.town.found()
                    _ = await ready.boards.wait(until: try await ready.store.tail(), timeout: .seconds(30))
                    try await application.test(.router) { client in
                        let door = QueueDoor(
                            client: client,
                            fixture: ready,
                            queue: queue,
                            pool: log.pool,
                            dead: dead
                        )
                        try await body(door)
                    }
                }
            }
        }
    }

    private static func fill(_ queue: Queue, _ pool: ConnectionPool) async throws -> Int64 {
        let dying = try NewTask(agency: "fire", kind: "whistle", uniqueKey: key, payload: Array(payload.utf8))
        queue.announce(try await pool.transaction { try await queue.enqueue([dying], in: $0) })
        let demand = Turn.Demand(of: ["fire"], amount: 1, term: .seconds(60))
        let leased = try #require(try await queue.lease(demand, worker: "test", patience: .seconds(30)).first)
        _ = try await queue.fail([TaskFailure(leased.grant, error: error, .bury)])
        let waiting = try NewTask(agency: "fire", kind: "whistle", uniqueKey: "W-3", payload: Array("{}".utf8))
        queue.announce(try await pool.transaction { try await queue.enqueue([waiting], in: $0) })
        return leased.grant.task.rawValue
    }

    // MARK: - Programs

    /// Without an actor the request bears no token.
    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        by actor: Actor?,
        type: String = "application/json"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.acceptLanguage: "en"]
        if body != nil { headers[.contentType] = type }
        if let actor { headers[.authorization] = "Bearer \(try await fixture.token(of: actor))" }
        return try await client.executeRequest(
            uri: "/v1/queue\(path)",
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
    }

    // MARK: - People

    /// The session cookie of somebody who took a link.
    func signIn(_ actor: Actor) async throws -> String {
        let answer = try await post(
            "/sign-in",
            "token=\(try await fixture.token(of: actor, use: .signIn))",
            cookie: nil
        )
        let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("muster-session=") })
        return String(cookie.prefix { $0 != ";" })
    }

    func page(_ path: String, cookie: String?) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "text/html", .acceptLanguage: "en"]
        if let cookie { headers[.cookie] = cookie }
        return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    func post(_ path: String, _ form: String, cookie: String?) async throws -> TestResponse {
        var headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .accept: "text/html", .acceptLanguage: "en",
        ]
        if let cookie { headers[.cookie] = cookie }
        return try await client.executeRequest(
            uri: path,
            method: .post,
            headers: headers,
            body: ByteBuffer(string: form)
        )
    }

    /// The token that the page's forms bear.
    func formToken(_ cookie: String) async throws -> String {
        let page = try await page("/queue", cookie: cookie).text
        let start = try #require(page.firstRange(of: "name=\"_form\" value=\""))
        return "_form=\(page[start.upperBound...].prefix { $0 != "\"" })"
    }
}
