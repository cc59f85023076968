import Testing

@testable import Postgres

@Suite("Failures to connect")
struct ConnectFailureTests {
    @Test("The SQLSTATE is read from a server's refusal, and the source's place dropped")
    func refusal() {
        let failure = ConnectFailure(
            verboseText: """
                connection to server on socket "/run/.s.PGSQL.5432" failed: FATAL:  28P01: password authentication failed
                LOCATION:  auth_failed, auth.c:335
                """
        )
        #expect(failure.sqlState == .invalidPassword)
        #expect(
            failure.message
                == #"connection to server on socket "/run/.s.PGSQL.5432" failed: FATAL:  password authentication failed"#
        )
    }

    @Test("Without a server there is no SQLSTATE")
    func noServer() {
        let text = #"connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory"#
        #expect(ConnectFailure(verboseText: text) == ConnectFailure(verboseText: text + "\n"))
        #expect(ConnectFailure(verboseText: text).sqlState == nil)
    }
}
