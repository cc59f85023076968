import CLibPQ

/// The keywords a session is started with: those of the connection string, and ours.
@safe
struct StartupSettings {
    /// What the connection string itself says.
    let given: [String: String]
    private(set) var settings: [(keyword: String, value: String)]

    /// - Throws: when the connection string cannot be read; the reason quotes no value.
    init(_ configuration: ConnectionConfiguration) throws(PostgresError) {
        given = try Self.parse(configuration.conninfo)
        let options = [given["options"], Self.options(configuration)].compactMap { $0 }.joined(separator: " ")
        // Later keywords win; those inside the connection string are expanded in place.
        settings = [
            ("dbname", configuration.conninfo),
            ("fallback_application_name", configuration.applicationName),
            ("client_encoding", "UTF8"),
            ("options", options),
        ]
    }

    mutating func set(_ keyword: String, to value: String) {
        settings.append((keyword, value))
    }

    /// Reads a connection string with libpq's own parser.
    static func parse(_ conninfo: String) throws(PostgresError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        defer { unsafe PQfreemem(message) }
        guard let options = unsafe PQconninfoParse(conninfo, &message) else {
            throw PostgresError(.connectFailed, statement: "connect", reason: "the connection string cannot be read")
        }
        defer { unsafe PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                values[unsafe String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return values
    }

    /// The server's settings for the session, as the `options` of the start-up packet.
    static func options(_ configuration: ConnectionConfiguration) -> String {
        var settings = [
            ("TimeZone", "UTC"),
            ("statement_timeout", milliseconds(configuration.statementTimeout)),
            ("lock_timeout", milliseconds(configuration.lockTimeout)),
            ("idle_in_transaction_session_timeout", milliseconds(configuration.idleInTransactionTimeout)),
        ]
        if let searchPath = configuration.searchPath { settings.append(("search_path", searchPath)) }
        if configuration.forceGenericPlans { settings.append(("plan_cache_mode", "force_generic_plan")) }
        if configuration.avoidsSequentialScans { settings.append(("enable_seqscan", "off")) }
        return settings.map { "-c \($0)=\(escaped($1))" }.joined(separator: " ")
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Double(seconds) * 1000 + Double(attoseconds) / 1e15
        // 0 would mean no limit at all.
        return String(Int32(min(max(milliseconds, 1), Double(Int32.max / 2))))
    }

    /// The server splits options at white space; a backslash keeps a character.
    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character.isWhitespace || character == "\\" { text.append("\\") }
            text.append(character)
        }
    }
}
