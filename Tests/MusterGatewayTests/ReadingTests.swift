import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterGateway
import Synchronization
import Testing

/// Who may read where boards are open to this machine alone.
@Suite(.timeLimit(.minutes(20))) struct ReadingTests {
    private func status(host: String, _ headers: HTTPFields = [:]) async throws -> HTTPResponse.Status {
        var fixture = try await GatewayFixture()
        fixture.configuration.openReading = .onLoopback
        fixture.configuration.host = host
        let ready = fixture
        let status = Mutex(HTTPResponse.Status.internalServerError)
        try await ready.whileFollowing {
            let application = Application(router: try ready.gateway.makeRouter())
            try await application.test(.live) { client in
                let answer = try await client.executeRequest(
                    uri: "/v1/boards/operations",
                    method: .get,
                    headers: headers,
                    body: nil
                )
                status.withLock { $0 = answer.status }
            }
        }
        return status.withLock { $0 }
    }

    @Test func `From this machine boards are read without a token`() async throws {
        #expect(try await status(host: "127.0.0.1") == .ok)
    }

    @Test(arguments: ["X-Forwarded-For", "Forwarded"])
    func `What a proxy hands on needs a token`(_ header: String) async throws {
        let name = try #require(HTTPField.Name(header))
        #expect(try await status(host: "127.0.0.1", [name: "for=192.0.2.7"]) == .unauthorized)
    }

    @Test func `A door that others can reach asks everybody for a token`() async throws {
        #expect(try await status(host: "0.0.0.0") == .unauthorized)
    }
}
