package import EventSourcing

/// A place in a log that is read stream by stream, in the order in which the streams began to be written.
///
/// Of one log, the order never changes: streams are numbered once.
package struct StreamCursor: Hashable, Sendable {
    /// Streams and versions packed into one number, as the log keeps them.
    let packed: Int64

    init(packed: Int64) { self.packed = packed }

    /// Before the first stream.
    package static let origin = StreamCursor(packed: 0)
}

/// Some events of a log that is read stream by stream.
package struct StreamPage: Sendable {
    /// Those of a stream follow each other, in the order of their versions. A page may be empty and not the last.
    package let events: [RecordedEvent]
    /// Where to go on; nil at the end.
    package let next: StreamCursor?
    /// How many events were passed, of other categories too.
    package let passed: Int
}

/// The name of a stream, for whoever lists them.
package struct StreamListing: Sendable {
    package let streams: [StreamName]
    /// Where to go on; nil at the end.
    package let next: StreamCursor?
}
