import Testing

@testable import Postgres

@Suite("Host names")
struct HostResolutionTests {
    @Test(
        "Directories and numbers need no look-up",
        arguments: ["/run/postgresql", "@abstract", "", "127.0.0.1", "::1"]
    )
    func numbers(host: String) {
        #expect(HostResolution.hosts(in: ["host": host]) == nil)
    }

    @Test("A given address is left alone")
    func givenAddress() {
        #expect(HostResolution.hosts(in: ["host": "db.example", "hostaddr": "10.0.0.1"]) == nil)
    }

    @Test("One port serves every host")
    func onePort() throws {
        let hosts = try #require(HostResolution.hosts(in: ["host": "localhost,/run", "port": "5433"]))
        #expect(hosts.map(\.port) == ["5433", "5433"])
    }

    @Test("A name is listed once for each address, a directory with none")
    func addresses() {
        let targets = HostResolution.resolveBlocking([("/run", "1"), ("localhost", "2")])
        #expect(targets.first == HostResolution.Target(host: "/run", port: "1", address: ""))
        #expect(targets.dropFirst().allSatisfy { $0.host == "localhost" && ["127.0.0.1", "::1"].contains($0.address) })
        #expect(targets.count > 1)
    }
}
