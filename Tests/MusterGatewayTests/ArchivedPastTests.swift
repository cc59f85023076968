import EventLog
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterCommands
import MusterDomain
import MusterGateway
import MusterTesting
import Testing

/// What looks into the past of a log of which a part is archived: partitions of ten events, whose first ones are away.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct ArchivedPastTests {
    private struct Door: Sendable {
        let client: any TestClientProtocol
        let log: Log
        let logs: LogDatabase

        func get(_ path: String, page: Bool = false) async throws -> TestResponse {
            let headers: HTTPFields = page ? [.accept: "text/html"] : [.acceptLanguage: "en"]
            return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
        }

        func detach(_ firsts: Int64...) async throws {
            for first in firsts { try await logs.detachPartition(from: Position(first), of: log.name) }
        }
    }

    /// A gateway over a log of an exercise that holds an evening; its boards had caught up before anything was archived.
    private func withEvening(_ body: @escaping @Sendable (Door) async throws -> Void) async throws {
        var small = LogConfiguration()
        small.partitionEvents = 10
        small.appendEventLimit = 10
        small.batchEventLimit = 10
        let database = try TestDatabase.current
        let name = "a-\(UInt64.random(in: 0 ... .max))"
        try await database.withLog(name, mode: .exercise, configuration: small) { log in
            var fixture = try await GatewayFixture(mode: .exercise)
            let clock = fixture.clock
            fixture.handler = CommandHandler(store: log, limits: .standard, now: { clock.now })
            let town = SmallTown(handler: fixture.handler, clock: clock)
            try await town.found()
            try await town.playEvening()
            let last = try #require(try await log.events(after: .origin, limit: 1_000).last)
            try #require(last.position > Position(40))
            // The log has a clock of its own.
            clock.set(max(clock.now, last.recordedAt) + .seconds(60))
            let ready = fixture
            try await ready.whileFollowing {
                let application = Application(router: try ready.gateway.makeRouter())
                try await application.test(.router) { client in
                    let logs = LogDatabase(conninfo: database.conninfo, logger: database.logger)
                    try await body(Door(client: client, log: log, logs: logs))
                }
            }
        }
    }

    private func expectArchived(_ answer: TestResponse, _ words: String) {
        #expect(answer.status == .gone, "\(answer.text)")
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(answer.text.contains("\"code\":\"archived\""), "\(answer.text)")
        #expect(answer.text.contains(words), "\(answer.text)")
    }

    @Test func `A board that needs archived events is gone, and the positions that are away are named`() async throws {
        try await withEvening { door in
            let event = try #require(try await door.log.events(after: Position(34), limit: 1).first)
            try await door.detach(1, 11)
            let time = event.recordedAt.rfc3339
            for query in ["position=35", "position=5", "position=20", "asKnownAt=\(time)", "asTrueAt=\(time)"] {
                let answer = try await door.get("/v1/boards/operations?\(query)")
                expectArchived(answer, "Positions 1 to 20 are detached from the log")
            }
            let page = try await door.get("/boards/whistles?lang=en&position=35", page: true)
            #expect(page.status == .gone)
            #expect(page.text.contains("Positions 1 to 20 are detached from the log"), "\(page.text)")
            // What is not archived is not called so.
            let beyond = try await door.get("/v1/boards/operations?position=100000")
            #expect(beyond.status == .notFound)
            let live = try await door.get("/v1/boards/operations")
            #expect(live.status == .ok)
        }
    }

    @Test func `A board that needs none of the archived events is shown`() async throws {
        try await withEvening { door in
            let whole = try await door.get("/v1/boards/operations?position=10").text
            try await door.detach(11)
            let before = try await door.get("/v1/boards/operations?position=10")
            #expect(before.status == .ok)
            #expect(before.text == whole)
            for position in [11, 20, 21] {
                let answer = try await door.get("/v1/boards/operations?position=\(position)")
                expectArchived(answer, "Positions 11 to 20 are detached from the log")
            }
        }
    }

    @Test func `What was archived and is attached again is shown as before`() async throws {
        try await withEvening { door in
            let whole = try await door.get("/v1/boards/operations?position=35")
            #expect(whole.status == .ok)
            try await door.detach(1, 11)
            let away = try await door.get("/v1/boards/operations?position=35")
            #expect(away.status == .gone)
            for first in [1, 11] as [Int64] {
                try await door.logs.attachPartition(from: Position(first), of: door.log.name)
            }
            let again = try await door.get("/v1/boards/operations?position=35")
            #expect(again.status == .ok)
            #expect(again.text == whole.text)
        }
    }

    @Test func `A matter with archived events is gone, as JSON and as page`() async throws {
        try await withEvening { door in
            let path = "matters/M-0412"
            let whole = try await door.get("/v1/\(path)")
            #expect(whole.status == .ok)
            let stream = try await door.log.events(of: Matter.stream(MatterID("M-0412")), after: .none, limit: 1)
            let raised = try #require(stream.first).position.rawValue
            let first = (raised - 1) / 10 * 10 + 1
            try await door.detach(first)
            let answer = try await door.get("/v1/\(path)")
            expectArchived(answer, "Positions \(first) to \(first + 9) are detached from the log")
            let page = try await door.get("/\(path)?lang=en", page: true)
            #expect(page.status == .gone)
        }
    }
}
