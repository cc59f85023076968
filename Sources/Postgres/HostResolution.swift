extension Connection {
    func resolveHosts(
        _ settings: inout StartupSettings,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) {}
}
