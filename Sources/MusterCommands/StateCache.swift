import EventSourcing
import MusterDomain

/// The folded subjects of the streams that were used last, at most `capacity` and at least half of that.
///
/// Two generations: what is used stays young; when the young are many, the old are dropped and the young become old.
struct StateCache: Sendable {
    private let half: Int
    private var young: [StreamName: any FoldedSubject] = [:]
    private var old: [StreamName: any FoldedSubject] = [:]

    init(capacity: Int) { half = max(1, capacity / 2) }

    mutating func folded(_ stream: StreamName) -> (any FoldedSubject)? {
        if let folded = young[stream] { return folded }
        guard let folded = old[stream] else { return nil }
        insert(folded, for: stream)
        return folded
    }

    /// Keeps `folded` unless a later version is there already.
    mutating func keep(_ folded: any FoldedSubject, for stream: StreamName) {
        if let present = self.folded(stream), present.version > folded.version { return }
        insert(folded, for: stream)
    }

    private mutating func insert(_ folded: any FoldedSubject, for stream: StreamName) {
        young[stream] = folded
        if young.count > half {
            old = young
            young = [:]
        }
    }
}
