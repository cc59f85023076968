import EventLog
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterDomain
import MusterGateway
import MusterTesting
import NIOCore
import TaskQueue
import Testing

/// `GET /v1/tasks/deliveries` over a log with one delivery to Fire that arrived, one that did not, and one to Police.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct DeliveryDoorTests {
    private static func delivery(_ number: Int64, to party: String, _ outcome: Delivery.Outcome) -> Delivery {
        let task = LeasedTask(
            grant: Grant(task: TaskNumber(number), token: FencingToken(1)),
            agency: party,
            kind: "whistle",
            uniqueKey: "\(party)-\(number)",
            payload: "{}",
            priority: 0,
            attempt: 1,
            leasedUntil: SmallTown.evening,
            enqueuedAt: SmallTown.evening
        )
        return Delivery(
            of: task,
            message: task.uniqueKey,
            startedAt: SmallTown.evening,
            duration: .milliseconds(20),
            status: outcome == .delivered ? 204 : 500,
            answerBytes: 0,
            outcome: outcome,
            note: nil,
            circuit: nil
        )
    }

    /// The answers to questions of somebody, in a town where Fire has an officer.
    private func ask(_ log: String, _ queries: String..., by actor: Actor?) async throws -> [TestResponse] {
        try await TestDatabase.current.withLog(log) { log in
            let logger = try TestDatabase.current.logger
            let queue = Queue(pool: log.pool, connecting: log.connecting, process: "door", logger: logger)
            let deliveries = DeliveryLog(queue: queue, logger: logger)
            deliveries.add(Self.delivery(1, to: "fire", .delivered))
            deliveries.add(Self.delivery(2, to: "fire", .failed))
            deliveries.add(Self.delivery(3, to: "police", .delivered))
            try await deliveries.flush()
            var fixture = try await GatewayFixture()
            fixture.queue = queue
            let ready = fixture
            try await ready.town.found()
            var headers: HTTPFields = [.acceptLanguage: "en"]
            if let actor { headers[.authorization] = "Bearer \(try await ready.token(of: actor))" }
            let (asked, application) = (headers, Application(router: try ready.gateway.makeRouter()))
            return try await ready.whileFollowing {
                try await application.test(.router) { client in
                    var answers: [TestResponse] = []
                    for query in queries {
                        let uri = "/v1/tasks/deliveries\(query)"
                        let answer = try await client.executeRequest(uri: uri, method: .get, headers: asked, body: nil)
                        answers.append(answer)
                    }
                    return answers
                }
            }
        }
    }

    private func messages(_ answer: TestResponse) -> [String] {
        answer.text.matches(of: /"message":"([^"]*)"/).map { String($0.1) }
    }

    @Test func `A party sees what was delivered to it, and nothing else`() async throws {
        let answers = try await ask("own", "", "?failed=true", "?limit=1", "?party=fire", by: SmallTown.fire)
        #expect(answers.map(messages) == [["fire-2", "fire-1"], ["fire-2"], ["fire-2"], ["fire-2", "fire-1"]])
        #expect(try #require(answers.first).text.hasSuffix("\"circuits\":[]}"))
        let others = try await ask("others", "?party=police", by: SmallTown.fire)
        #expect(others.map(\.status) == [.forbidden])
    }

    @Test func `Who holds no post sees nothing of the party`() async throws {
        let answers = try await ask("no-post", "", "?party=fire", by: SmallTown.nightOfficer)
        #expect(answers.map(\.status) == [.forbidden, .forbidden])
        #expect(answers.allSatisfy { $0.text.contains("\"code\":\"no-post\"") })
    }

    @Test func `The administrator sees all, or one party's`() async throws {
        let answers = try await ask("all", "", "?party=police", by: SmallTown.administrator)
        #expect(answers.map(messages) == [["police-3", "fire-2", "fire-1"], ["police-3"]])
    }

    @Test(arguments: [SmallTown.resident, SmallTown.system])
    func `Those who act for no party see nothing`(_ actor: Actor) async throws {
        let answers = try await ask("role-\(actor.role.rawValue)", "", by: actor)
        #expect(answers.map(\.status) == [.forbidden])
    }

    @Test func `Without a token nothing is shown`() async throws {
        let statuses = try await ask("nobody", "", by: nil).map(\.status)
        #expect(statuses == [.unauthorized])
    }

    @Test func `A limit out of bounds is refused`() async throws {
        let answers = try await ask("bounds", "?limit=0", "?limit=1001", "?limit=many", by: SmallTown.fire)
        #expect(answers.map(\.status) == [.badRequest, .badRequest, .badRequest])
    }
}
