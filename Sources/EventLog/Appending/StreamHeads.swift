import EventSourcing

/// The heads of the streams written or asked about last: what a writer may believe without asking.
///
/// A remembered head is never ahead of the log, only behind it when another process has written. Believing an old one
/// therefore ends in a unique violation, never in a gap.
struct StreamHeads {
    private var young: [StreamName: StreamHead] = [:]
    private var old: [StreamName: StreamHead] = [:]
    private let generationLimit: Int

    /// - Parameter limit: how many heads are remembered at most; the least recently used half goes first.
    init(limit: Int) {
        generationLimit = max(1, limit / 2)
    }

    subscript(stream: StreamName) -> StreamHead? {
        mutating get {
            if let head = young[stream] { return head }
            guard let head = old[stream] else { return nil }
            self[stream] = head
            return head
        }
        set {
            if young.count >= generationLimit {
                old = young
                young = [:]
            }
            young[stream] = newValue
            if newValue == nil { old[stream] = nil }
        }
    }

    mutating func forgetAll() {
        young = [:]
        old = [:]
    }
}
