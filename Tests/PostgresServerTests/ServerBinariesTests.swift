import Testing

@testable import PostgresServer

@Suite("Installed servers")
struct ServerBinariesTests {
    @Test(
        "The major version is read from what the server says",
        arguments: [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", 15),
            ("postgres (PostgreSQL) 17beta1\n", 17),
            ("postgres (PostgreSQL) 9.6.24\n", 9),
        ]
    )
    func version(answer: String, expected: Int) {
        #expect(ServerBinaries.major(in: answer) == expected)
    }

    @Test("Anything else has no version", arguments: ["", "postgres", "postgres (PostgreSQL) ", "mysqld 8.0"])
    func noVersion(answer: String) {
        #expect(ServerBinaries.major(in: answer) == nil)
    }

    @Test("A machine without a server gets the line that installs one", .timeLimit(.minutes(20)))
    func missing() async throws {
        let error = await #expect(throws: ClusterError.binariesMissing(searched: ["/nowhere", "/usr/share"])) {
            try await ServerBinaries.installed(in: ["/nowhere", "/usr/share", "/nowhere"])
        }
        #expect(error?.description.contains("sudo apt-get install postgresql") == true)
    }
}
