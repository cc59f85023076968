/// One log as its writers and readers see it. PostgreSQL's implementation is `Log`; tests have one in memory, and both
/// pass the same conformance suite.
package protocol EventStore: Sendable {
    var name: LogName { get }
    var mode: LogMode { get }

    /// Appends all events of a command or none. Calls from many tasks share commits.
    ///
    /// - Throws: `AppendError` when there is no verdict. Cancelling the calling task does not cancel the append: the call
    ///   still returns its verdict.
    func append(_ append: Append) async throws(AppendError) -> Verdict

    /// The receipt of a command that was appended before; nil when this log does not know it (any more: at least 7 days).
    func receipt(of command: CommandID) async throws -> AppendReceipt?

    /// The events of some streams after the version that is told of each, those of one stream in the order of its versions
    /// and at most `limit` of it. One question, however many streams there are.
    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent]

    /// The events of the log after a position, dense and in order, at most `limit`; empty when there is nothing more yet.
    func events(after position: Position, limit: Int) async throws -> [RecordedEvent]

    /// The position of the last event; `.origin` when the log is empty.
    func tail() async throws -> Position
}

extension EventStore {
    /// The events of one stream after a version, in order, at most `limit`.
    package func events(
        of stream: StreamName,
        after version: StreamVersion,
        limit: Int
    ) async throws -> [RecordedEvent] {
        try await events(after: [stream: version], limit: limit)
    }
}
