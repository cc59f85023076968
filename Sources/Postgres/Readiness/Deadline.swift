/// The instant by which work must end, inherited by everything called inside `withDeadline`.
package enum Deadline {
    @TaskLocal static var current: ContinuousClock.Instant?

    /// The earlier of the inherited deadline and the limit from now on.
    static func inherited(orWithin limit: Duration) -> ContinuousClock.Instant {
        let own = ContinuousClock.now.advanced(by: limit)
        guard let current, current < own else { return own }
        return current
    }
}

/// Runs the body so that every call to PostgreSQL in it ends within the limit, or earlier when the caller inherited an
/// earlier deadline. Code that is not a call to PostgreSQL is not interrupted.
package func withDeadline<T>(
    _ limit: Duration,
    isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> T
) async rethrows -> T {
    try await Deadline.$current.withValue(Deadline.inherited(orWithin: limit), operation: body)
}
