import Testing

@testable import Postgres

@Suite("Start-up settings")
struct StartupSettingsTests {
    private func options(_ change: (inout ConnectionConfiguration) -> Void) throws -> String? {
        var configuration = ConnectionConfiguration(conninfo: "dbname=x options='-c geqo=off'")
        change(&configuration)
        return try StartupSettings(configuration).settings.last { $0.keyword == "options" }?.value
    }

    @Test("Options of the connection string are kept")
    func kept() throws {
        #expect(try options { _ in }?.hasPrefix("-c geqo=off -c TimeZone=UTC") == true)
    }

    @Test("White space in a value is escaped")
    func escaped() throws {
        #expect(try options { $0.searchPath = "a, b" }?.contains(#"-c search_path=a,\ b"#) == true)
    }

    @Test(
        "A time limit is never zero, which would mean none",
        arguments: [Duration.zero, .microseconds(1), .seconds(-1)]
    )
    func neverZero(limit: Duration) throws {
        #expect(try options { $0.lockTimeout = limit }?.contains("-c lock_timeout=1 ") == true)
    }

    @Test("A configuration never shows its connection string")
    func redacted() {
        let configuration = ConnectionConfiguration(conninfo: "password=hunter2")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(dumped)".contains("hunter2"))
    }

    @Test("A connection string that cannot be read is refused without quoting it")
    func unreadable() {
        let error = #expect(throws: PostgresError.self) {
            try StartupSettings(ConnectionConfiguration(conninfo: "password=secret nonsense"))
        }
        #expect(error?.kind == .connectFailed)
        #expect(error?.description.contains("secret") == false)
    }
}
