/// What the writer of an append believes about the stream; the log refuses the append (a conflict) when it is not so.
package enum ExpectedVersion: Hashable, Sendable {
    /// The stream's last event has this version; `exactly(.none)` means the same as `noStream`.
    case exactly(StreamVersion)
    /// The stream has no event yet.
    case noStream
    /// The stream has at least one event.
    case streamExists
    /// No belief: append after whatever is there.
    case any
}
