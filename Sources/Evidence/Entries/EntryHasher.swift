package import EventSourcing

/// Hashes one event after the other. Events of one append have the same metadata, which are hashed once.
package struct EntryHasher: Sendable {
    private var last: (metadata: [UInt8], hash: ContentHash)?

    package init() {}

    /// The hash of the event's entry as a leaf.
    package mutating func leafHash(of event: RecordedEvent) -> TreeHash {
        let hash: ContentHash
        if let last, last.metadata == event.metadata {
            hash = last.hash
        } else {
            hash = ContentHash(of: event.metadata)
            last = (event.metadata, hash)
        }
        return EventEntry(event, metadata: hash).leafHash
    }
}
