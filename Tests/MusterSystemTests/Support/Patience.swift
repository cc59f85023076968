import Testing

/// What a test waited for did not come about in time.
struct ImpatienceError: Error, CustomStringConvertible {
    let awaited: String
    let limit: Duration

    var description: String { "after \(limit) still no \(awaited)" }
}

/// Asks until there is an answer: other processes tell nobody when they have changed.
///
/// - Parameters:
///   - awaited: what is waited for, for the error.
///   - limit: after which it throws `ImpatienceError`.
func eventually<Answer>(
    _ awaited: String,
    within limit: Duration = .seconds(90),
    _ ask: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
        if let answer = try await ask() { return answer }
        guard ContinuousClock.now < deadline else { throw ImpatienceError(awaited: awaited, limit: limit) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// The same for something that becomes true.
func eventually(
    _ awaited: String,
    within limit: Duration = .seconds(90),
    isTrue ask: () async throws -> Bool
) async throws {
    _ = try await eventually(awaited, within: limit) { try await ask() ? true : nil }
}
