package import EventSourcing

/// A log that takes the appends of many rows at once.
package protocol ImportLog: EventStore {
    /// One verdict for each append, in their order.
    func append(contentsOf appends: [Append]) async throws(AppendError) -> [Verdict]
}
