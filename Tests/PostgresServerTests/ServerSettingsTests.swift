import Testing

@testable import PostgresServer

@Suite("Settings of a private server")
struct ServerSettingsTests {
    @Test(
        "Shared buffers grow with memory, and stay modest",
        arguments: [(0, "64MB"), (512 << 20, "64MB"), (4 << 30, "256MB"), (64 << 30, "512MB")]
    )
    func sharedBuffers(memoryBytes: Int, expected: String) {
        #expect(ServerSettings.defaults(memoryBytes: memoryBytes)["shared_buffers"] == expected)
    }

    @Test("A socket path never exceeds what the system can bind", arguments: [1, 60, 70, 80, 90, 200])
    func socketPathLength(length: Int) {
        let directory = SocketDirectory.path(dataDirectory: "/" + String(repeating: "d", count: length) + "/postgres")
        #expect((directory + "/.s.PGSQL.5432").utf8.count <= 107)
    }

    @Test("Two long directories do not share a socket")
    func distinctSockets() {
        let long = "/" + String(repeating: "d", count: 200)
        #expect(
            SocketDirectory.path(dataDirectory: long + "/a/postgres")
                != SocketDirectory.path(dataDirectory: long + "/b/postgres")
        )
    }
}
