import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import Testing

/// Streams end when the boards stop, so that what they sent can be looked at whole.
@Suite(.timeLimit(.minutes(20))) struct EventStreamTests {
    /// The text of a stream over an evening that has been played, and the position before it.
    private func stream(
        _ path: String,
        fromEvening: Bool,
        over setup: TestingSetup = .router,
        boards: LiveBoards.Configuration = .init(),
        configure: (inout GatewayFixture) -> Void = { _ in }
    ) async throws -> (response: TestResponse, before: Position, after: Position) {
        var fixture = try await GatewayFixture(boards: boards)
        configure(&fixture)
        let (live, store) = (fixture.boards, fixture.store)
        // Somebody looks after each command, which makes it a change.
        fixture.town.afterEach = {
            _ = await live.wait(until: try await store.tail(), timeout: .seconds(30))
            for board in live.all { _ = board.encodedSnapshot() }
        }
        let ready = fixture
        try await ready.whileFollowing {
            try await ready.town.found()
            try await ready.town.playEvening()
            _ = await ready.boards.wait(until: try await ready.store.tail(), timeout: .seconds(30))
        }
        let before = try #require(
            try await ready.store.events(of: Matter.stream(SmallTown.blockedLane), after: .none, limit: 1).first
        ).position.advanced(by: -1)
        let after = try await ready.store.tail()
        let application = Application(router: try ready.gateway.makeRouter())
        let response = try await application.test(setup) { client in
            let headers: HTTPFields = fromEvening ? [.lastEventID: "\(before)"] : [:]
            return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
        }
        return (response, before, after)
    }

    @Test(arguments: [TestingSetup.router, .live])
    func `A stream goes on after the position that was seen`(_ setup: TestingSetup) async throws {
        let (response, before, after) = try await stream(
            "/v1/boards/operations/events",
            fromEvening: true,
            over: setup
        )
        let ids = response.text.split(separator: "\n").compactMap {
            $0.hasPrefix("id: ") ? Int64($0.dropFirst(4)) : nil
        }
        #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
        let first = try #require(ids.first)
        #expect(first > before.rawValue && first <= before.rawValue + 3)
        #expect(ids.last == after.rawValue)
        #expect(ids == ids.sorted())
        #expect(!response.text.contains("event: reset"))
    }

    @Test func `A stream without a position begins with the whole board`() async throws {
        let (response, _, after) = try await stream("/v1/boards/whistles/events", fromEvening: false)
        #expect(response.text.hasPrefix("retry: 2000\n\nid: \(after)\nevent: reset\ndata: {\"board\":\"whistles\""))
    }

    @Test func `A page's stream carries rows as they are drawn`() async throws {
        let (response, _, _) = try await stream("/boards/operations/events?lang=en", fromEvening: true)
        #expect(response.text.contains("\"section\":\"all\",\"order\":"))
        #expect(response.text.contains("<tr role=\\\"row\\\" data-key=\\\"M-0412/fire\\\""))
        #expect(response.text.contains("\"departments\":\""))
    }

    @Test func `A matter's stream tells of that matter alone`() async throws {
        let (mine, _, _) = try await stream("/matters/M-0430/events", fromEvening: true)
        let (board, _, _) = try await stream("/v1/boards/operations/events", fromEvening: true)
        let count = mine.text.ranges(of: "event: change").count
        #expect(count > 0)
        #expect(count < board.text.ranges(of: "event: change").count)
    }

    @Test func `A watcher that stayed away too long begins anew`() async throws {
        var boards = LiveBoards.Configuration()
        boards.ringChanges = 4
        let (response, _, after) = try await stream(
            "/v1/boards/operations/events",
            fromEvening: true,
            boards: boards
        )
        #expect(response.text.hasPrefix("retry: 2000\n\nid: \(after)\nevent: reset\n"))
    }

    @Test func `When too many watch the next one is told to wait`() async throws {
        let (response, _, _) = try await stream(
            "/v1/boards/operations/events",
            fromEvening: true,
            configure: { $0.configuration.limits.watchers = 0 }
        )
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] == "10")
    }
}

extension HTTPField.Name {
    static var lastEventID: HTTPField.Name { HTTPField.Name("Last-Event-ID") ?? .via }
}
