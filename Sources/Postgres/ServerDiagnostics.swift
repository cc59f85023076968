/// Every field of an error or notice the server sent, copied out of the result at once.
///
/// See https://www.postgresql.org/docs/15/protocol-error-fields.html
package struct ServerDiagnostics: Sendable, Hashable {
    /// `ERROR`, `FATAL`, `PANIC`, `WARNING`, `NOTICE`, `DEBUG`, `INFO` or `LOG`, never translated.
    package var severity: String
    package var sqlState: SQLState
    package var message: String
    /// May quote values of rows: kept for people at a prompt, never logged or sent on.
    package var detail: String?
    package var hint: String?
    package var context: String?
    package var position: Int?
    package var schema: String?
    package var table: String?
    package var column: String?
    package var dataType: String?
    package var constraint: String?
    /// The function of the server's source that reported the condition; not part of any translation.
    package var sourceFunction: String?

    /// Whether the server ends the session after this report.
    var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }

    /// Whether a commit was acknowledged although no standby has confirmed it.
    ///
    /// A commit cancelled while it waits for a synchronous standby answers with success and this mere warning.
    /// Its SQLSTATE is the general `01000` and its text is translated; the reporting function names it exactly.
    var saysReplicationIsUncertain: Bool {
        severity == "WARNING" && sourceFunction == "SyncRepWaitForLSN"
    }
}
