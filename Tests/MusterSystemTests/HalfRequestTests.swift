import Foundation
import Testing

extension Processes {
    @Suite("Requests that end half-way") struct HalfRequestTests {
        @Test("Who leaves before a request is whole harms nobody else", .timeLimit(.minutes(20)))
        func leaving() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let port = try #require(URL(string: daemon.door.url)?.port)
                for path in [
                    "/v1/boards/operations?position=1", "/boards/operations?position=1", "/v1/boards/operations",
                ] {
                    for rest in ["", "x", "0123456789"] {
                        let request = "GET \(path) HTTP/1.1\\r\\nHost: half\\r\\nContent-Length: 10\\r\\n\\r\\n\(rest)"
                        let leaving = "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '\(request)' >&3; exec 3>&-"
                        for _ in 0..<5 { #expect(try await house.run("/bin/bash", "-c", leaving).status == 0) }
                    }
                }
                let answer = try await daemon.door.get("/v1/boards/operations?position=1")
                #expect(answer.status == 200)
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
            }
        }
    }
}
