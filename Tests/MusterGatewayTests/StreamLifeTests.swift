import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MusterGateway
import ServiceLifecycle
import Synchronization
import Testing

/// What streams do while nothing happens, and when the process stops.
@Suite(.timeLimit(.minutes(20))) struct StreamLifeTests {
    /// Waits between heartbeats: the first at once, then the caller is told and the heart stands still.
    private final class Heart: Sendable {
        private let beats = Atomic<Int>(0)
        private let (beaten, tell) = AsyncStream.makeStream(of: Void.self)

        @Sendable func sleep(_: Duration) async throws {
            if beats.wrappingAdd(1, ordering: .relaxed).oldValue == 0 { return }
            tell.yield()
            try await Task.sleep(for: .seconds(3_600))
        }

        /// Returns when a heartbeat has been sent.
        func waitForBeat() async {
            for await _ in beaten { return }
        }
    }

    /// The text of a stream that has beaten once before its boards stopped.
    private func quietStream(_ path: String) async throws -> String {
        let heart = Heart()
        var fixture = try await GatewayFixture()
        fixture.sleep = heart.sleep
        let ready = fixture
        let (following, tell) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await ready.whileFollowing {
                    tell.yield()
                    await heart.waitForBeat()
                }
            }
            for await _ in following { break }
            let application = Application(router: try ready.gateway.makeRouter())
            return try await application.test(.router) { client in
                try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil).text
            }
        }
    }

    @Test func `A stream on which nothing happens says that it is there`() async throws {
        let text = try await quietStream("/v1/boards/operations/events?after=0")
        #expect(text == "retry: 2000\n\n: still here\n\n")
    }

    @Test func `A page's stream beats so that its script hears it`() async throws {
        let text = try await quietStream("/boards/operations/events?after=0")
        #expect(text == "retry: 2000\n\nevent: beat\ndata: {}\n\n")
    }

    @Test func `On shutdown streams end and the server returns`() async throws {
        let heart = Heart()
        var fixture = try await GatewayFixture()
        fixture.sleep = heart.sleep
        fixture.configuration.port = 0
        let ready = fixture
        try await ready.whileFollowing {
            let (ports, tell) = AsyncStream.makeStream(of: Int.self)
            let server = try ready.gateway.makeApplication { tell.yield($0) }
            let services = ServiceGroup(services: [server], logger: Logger(label: "test"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                var port: Int?
                for await listening in ports {
                    port = listening
                    break
                }
                let address = try #require(port)
                group.addTask {
                    await heart.waitForBeat()
                    await services.triggerGracefulShutdown()
                }
                let answer = try await TestClient.withClient(
                    host: "127.0.0.1",
                    port: address
                ) { client in
                    try await client.get("/v1/boards/operations/events?after=0")
                }
                #expect(answer.status == .ok)
                #expect(answer.body.map { String(buffer: $0) }?.hasPrefix("retry: 2000\n\n") == true)
                try await group.waitForAll()
            }
        }
    }
}
