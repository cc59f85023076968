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

/// `POST /v1/tasks/lease` over a queue with one task of Fire's, in a town where Fire has an officer.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct TaskDoorTests {
    private struct Door: Sendable {
        let client: any TestClientProtocol
        let fixture: GatewayFixture

        /// What the door answers to somebody; without an actor the request bears no token.
        func ask(_ body: String, by actor: Actor?) async throws -> TestResponse {
            var headers: HTTPFields = [.contentType: "application/json", .acceptLanguage: "en"]
            if let actor { headers[.authorization] = "Bearer \(try await fixture.token(of: actor))" }
            return try await client.executeRequest(
                uri: "/v1/tasks/lease",
                method: .post,
                headers: headers,
                body: ByteBuffer(string: body)
            )
        }

        /// Sends a command of the administrator's, and returns when the door knows what it changed.
        func decree(_ command: any Command) async throws {
            try await fixture.town.send(command, by: SmallTown.administrator)
            let tail = try await fixture.store.tail()
            try #require(await fixture.boards.wait(until: tail, timeout: .seconds(30)))
        }

        /// Leases the task and gives the words that acknowledge it.
        func lease(for seconds: Int = 60) async throws -> Substring {
            let answer = try await ask("{\"max\": 5, \"leaseSeconds\": \(seconds)}", by: SmallTown.fire).text
            let start = try #require(answer.firstRange(of: "{\"tasks\":[{"))
            let end = try #require(answer.firstRange(of: ",\"key\""))
            return answer[start.upperBound..<end.lowerBound]
        }
    }

    /// Each test has a log of its own.
    private func withDoor(_ log: String, _ body: @escaping @Sendable (Door) async throws -> Void) async throws {
        try await TestDatabase.current.withLog(log) { log in
            let logger = try TestDatabase.current.logger
            let queue = Queue(pool: log.pool, connecting: log.connecting, process: "door", logger: logger)
            let task = try NewTask(agency: "fire", kind: "whistle", uniqueKey: "W-1", payload: Array("{}".utf8))
            _ = try await log.pool.transaction { try await queue.enqueue([task], in: $0) }
            var fixture = try await GatewayFixture()
            fixture.queue = queue
            let ready = fixture
            try await ready.town.found()
            let application = Application(router: try ready.gateway.makeRouter())
            try await withThrowingTaskGroup { group in
                group.addTask { await Dispatcher(queue: queue, logger: logger).run() }
                defer { group.cancelAll() }
                while !queue.isLeading { try await Task.sleep(for: .milliseconds(1)) }
                try await ready.whileFollowing {
                    try await application.test(.router) { client in
                        try await body(Door(client: client, fixture: ready))
                    }
                }
            }
        }
    }

    @Test func `A party's token takes its party's tasks`() async throws {
        try await withDoor("take") { door in
            let answer = try await door.ask(#"{"max": 5}"#, by: SmallTown.fire)
            #expect(answer.status == .ok)
            #expect(answer.text.contains("\"key\":\"W-1\""))
            #expect(answer.text.contains("\"refused\":[]"))
        }
    }

    @Test func `A task that was acknowledged does not come again`() async throws {
        try await withDoor("acknowledge") { door in
            let grant = try await door.lease()
            let answer = try await door.ask("{\"max\": 5, \"acknowledge\": [{\(grant)}]}", by: SmallTown.fire)
            #expect(answer.text == #"{"tasks":[],"refused":[]}"#)
        }
    }

    @Test func `Another party's token takes nothing and acknowledges nothing`() async throws {
        try await withDoor("other") { door in
            let grant = try await door.lease()
            let answer = try await door.ask("{\"max\": 5, \"acknowledge\": [{\(grant)}]}", by: SmallTown.police)
            #expect(answer.text == "{\"tasks\":[],\"refused\":[{\(grant)}]}")
        }
    }

    @Test func `Who is taken off while holding leases takes nothing more, and the successor has what was held`()
        async throws
    {
        try await withDoor("gone") { door in
            let grant = try await door.lease(for: 5)
            let town = door.fixture.town
            let (gone, successor) = (SmallTown.fire, SmallTown.nightOfficer)
            try await door.decree(
                EndAppointment(
                    person: gone.person,
                    role: gone.role,
                    party: gone.party,
                    territory: gone.territory,
                    at: town.clock.now
                )
            )
            let demand = "{\"max\": 5, \"waitSeconds\": 30, \"acknowledge\": [{\(grant)}]}"
            for actor in [gone, successor] {
                let refusal = try await door.ask(demand, by: actor)
                #expect(refusal.status == .forbidden)
                #expect(refusal.text.contains("\"code\":\"no-post\""))
            }

            try await door.decree(
                AppointPerson(
                    person: successor.person,
                    role: successor.role,
                    party: successor.party,
                    territory: successor.territory,
                    from: town.clock.now
                )
            )
            let refusedWithoutWaiting = try await door.ask(demand, by: SmallTown.police).text
            #expect(refusedWithoutWaiting == "{\"tasks\":[],\"refused\":[{\(grant)}]}")
            let answer = try await door.ask(#"{"max": 5, "waitSeconds": 30}"#, by: successor).text
            #expect(answer.contains("\"key\":\"W-1\""))
            #expect(answer.contains("\"attempt\":2"))
            let late = try await door.ask("{\"max\": 0, \"acknowledge\": [{\(grant)}]}", by: successor).text
            #expect(late == "{\"tasks\":[],\"refused\":[{\(grant)}]}")
        }
    }

    @Test(arguments: [SmallTown.resident, SmallTown.system])
    func `Those who act for no party lease nothing`(_ actor: Actor) async throws {
        try await withDoor("role-\(actor.role.rawValue)") { door in
            let answer = try await door.ask(#"{"max": 5}"#, by: actor)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("This token leases no tasks"))
        }
    }

    @Test func `Without a token nothing is leased`() async throws {
        try await withDoor("nobody") { door in
            let status = try await door.ask(#"{"max": 5}"#, by: nil).status
            #expect(status == .unauthorized)
        }
    }

    @Test func `A demand beyond the bounds is told where it is wrong`() async throws {
        try await withDoor("bounds") { door in
            let answer = try await door.ask(#"{"max": 5000}"#, by: SmallTown.fire)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("\"pointer\":\"/max\""))
        }
    }
}
