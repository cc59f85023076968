package import EventSourcing

/// Reading a log otherwise than in its order, as exports do.
extension Log {
    /// Events stream by stream, as far as they stand up to a position.
    ///
    /// - Parameters:
    ///   - category: the streams that are wanted; nil for all.
    ///   - limit: how many events are passed at most, of other categories too.
    /// - Throws: `LogError.detached` when an event is in a partition that is away, `PostgresError`.
    package func streamPage(
        of category: String? = nil,
        after cursor: StreamCursor,
        through last: Position,
        limit: Int
    ) async throws -> StreamPage {
        try await reader.streamPage(of: category, after: cursor, through: last, limit: limit)
    }

    /// The streams that began up to a position, in the order of their numbers.
    ///
    /// - Parameter limit: how many are looked at, later ones too.
    package func streamNames(
        after cursor: StreamCursor,
        through last: Position,
        limit: Int
    ) async throws -> StreamListing {
        try await reader.streamNames(after: cursor, through: last, limit: limit)
    }

    /// How many events of each type there are up to a position.
    package func typeCounts(through last: Position) async throws -> [EventType: Int] {
        try await reader.typeCounts(through: last)
    }

    /// The key of the log's pseudonyms, 32 bytes: views and exports give a person the same one. It is a secret.
    package func pseudonymKey() async throws -> [UInt8] { try await reader.pseudonymKey() }
}
