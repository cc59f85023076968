import Postgres
import Testing

@Suite("Connecting", .timeLimit(.minutes(20)))
struct ConnectTests {
    private func connectError(_ conninfo: String, timeout: Duration = .seconds(5)) async -> PostgresError? {
        var configuration = ConnectionConfiguration(conninfo: conninfo)
        configuration.connectTimeout = timeout
        do throws(PostgresError) {
            await (try Connection.connect(configuration, logger: TestDatabase.logger)).close()
            return nil
        } catch {
            return error
        }
    }

    @Test("A session has the settings it was configured with")
    func settings() async throws {
        try await TestDatabase.withConnection {
            $0.searchPath = "pg_catalog, public"
            $0.forceGenericPlans = true
            $0.lockTimeout = .milliseconds(1500)
        } _: { connection in
            let rows = try await connection.query(
                Statement(
                    "tests_settings",
                    """
                    select current_setting('application_name'), current_setting('TimeZone'),
                        current_setting('client_encoding'), current_setting('search_path'),
                        current_setting('plan_cache_mode'), current_setting('lock_timeout')
                    """
                )
            )
            let values = try (0..<6).map { try rows[0].value($0, as: String.self) }
            #expect(values == ["postgres-tests", "UTC", "UTF8", "pg_catalog, public", "force_generic_plan", "1500ms"])
        }
    }

    @Test("A server that is not there is a failure that may pass")
    func noServer() async throws {
        let error = await connectError("host=/nonexistent-socket-directory")
        #expect(error?.kind == .connectFailed)
        #expect(error?.isRetryable == true)
    }

    @Test("A host that is not known is a failure to connect")
    func unknownHost() async throws {
        #expect(await connectError("host=no-such-host.invalid")?.kind == .connectFailed)
    }

    @Test("A host that never answers is given up at the deadline")
    func silentHost() async throws {
        // Reserved for documentation (RFC 5737): nothing answers there.
        // The system itself would go on trying for longer than this suite's time limit.
        let error = await connectError("host=192.0.2.1", timeout: .milliseconds(200))
        #expect(error?.kind == .connectFailed)
    }

    @Test("A password never stands in an error")
    func secret() async throws {
        let error = await connectError("host=/nonexistent-socket-directory password=hunter2")
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("A URL is accepted too")
    func url() async throws {
        #expect(await connectError("postgresql:///x?host=/nonexistent-socket-directory")?.kind == .connectFailed)
    }

    @Test("A closed connection refuses calls")
    func closed() async throws {
        let connection = try await Connection.connect(
            try TestDatabase.configuration(),
            logger: TestDatabase.logger
        )
        await connection.close()
        let error = await #expect(throws: PostgresError.self) { try await connection.script("select 1") }
        #expect(error?.kind == .connectionLost)
        #expect(error?.outcome == .notApplied)
    }
}
