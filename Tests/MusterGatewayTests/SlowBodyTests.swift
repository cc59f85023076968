import HTTPTypes
import Logging
import MusterGateway
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(20))) struct SlowBodyTests {
    /// Runs `body` against a door that gives bodies so much time, with the port it listens on.
    private func withDoor(
        bodyTime: Duration,
        _ body: @escaping @Sendable (GatewayFixture, Int) async throws -> Void
    ) async throws {
        var fixture = try await GatewayFixture()
        fixture.configuration.port = 0
        fixture.configuration.limits.bodyTime = bodyTime
        let ready = fixture
        try await ready.whileFollowing {
            try await ready.town.found()
            let (ports, tell) = AsyncStream.makeStream(of: Int.self)
            let server = try ready.gateway.makeApplication { tell.yield($0) }
            let services = ServiceGroup(services: [server], logger: Logger(label: "test"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                for await port in ports {
                    try await body(ready, port)
                    break
                }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    /// Everything the server says to these parts of a request, until it closes the connection; between two parts some
    /// time passes.
    private static func answer(to parts: [String], at port: Int) async throws -> String {
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(
            host: "127.0.0.1",
            port: port
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await connection.executeThenClose { inbound, outbound in
            for part in parts {
                try await outbound.write(ByteBuffer(string: part))
                try await Task.sleep(for: .milliseconds(50))
            }
            var text = ""
            for try await chunk in inbound { text += String(buffer: chunk) }
            return text
        }
    }

    private static func head(_ token: String, length: Int, closing: Bool = false) -> String {
        """
        POST /v1/commands HTTP/1.1\r\nHost: slow\r\nAuthorization: Bearer \(token)\r\n\
        Content-Type: application/json\r\nContent-Length: \(length)\r\n\
        Connection: \(closing ? "close" : "keep-alive")\r\n\r\n
        """
    }

    private static let command = """
        {"command":"SubmitReport","id":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f","log":"heyan","data":{"report":"R-1",\
        "channel":"web","kind":"blocked-passage","territory":"dq-02","place":"Dongqiao 7","text":"Cars block it."}}
        """

    @Test(arguments: ["", "{\"command\":"])
    func `A body that does not arrive in time is answered 408, and the connection ends`(part: String) async throws {
        try await withDoor(bodyTime: .milliseconds(200)) { fixture, port in
            let tail = try await fixture.store.tail()
            let token = try await fixture.token(of: SmallTown.resident)
            // At once: a client that was late with a second part would find the connection closed.
            let text = try await Self.answer(to: [Self.head(token, length: 300) + part], at: port)
            #expect(text.hasPrefix("HTTP/1.1 408 "))
            #expect(text.contains("\"code\":\"too-slow\""))
            #expect(try await fixture.store.tail() == tail)
        }
    }

    @Test func `A body that comes in pieces within its time is taken`() async throws {
        try await withDoor(bodyTime: .seconds(30)) { fixture, port in
            let token = try await fixture.token(of: SmallTown.resident)
            let half = Self.command.count / 2
            let parts = [
                Self.head(token, length: Self.command.utf8.count, closing: true), String(Self.command.prefix(half)),
                String(Self.command.dropFirst(half)),
            ]
            let text = try await Self.answer(to: parts, at: port)
            #expect(text.hasPrefix("HTTP/1.1 201 "))
        }
    }
}
