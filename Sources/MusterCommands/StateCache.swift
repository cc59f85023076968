import EventSourcing
import MusterDomain

/// A subject as far as it was folded.
struct Loaded<Subject: Aggregate>: Sendable {
    var state = Subject()
    var version = StreamVersion.none
}

/// The folded states of the streams that were used last, at most `capacity` and at least half of that.
///
/// Two generations: what is used stays young; when the young are many, the old are dropped and the young become old.
struct StateCache: Sendable {
    private let half: Int
    private var young: [StreamName: any Sendable] = [:]
    private var old: [StreamName: any Sendable] = [:]

    init(capacity: Int) { half = max(1, capacity / 2) }

    mutating func state<Subject>(of stream: StreamName, as _: Subject.Type) -> Loaded<Subject>? {
        if let loaded = young[stream] as? Loaded<Subject> { return loaded }
        guard let loaded = old[stream] as? Loaded<Subject> else { return nil }
        insert(loaded, for: stream)
        return loaded
    }

    /// Keeps `loaded` unless a later version is there already.
    mutating func keep<Subject>(_ loaded: Loaded<Subject>, for stream: StreamName) {
        if let present = state(of: stream, as: Subject.self), present.version > loaded.version { return }
        insert(loaded, for: stream)
    }

    private mutating func insert(_ loaded: some Sendable, for stream: StreamName) {
        young[stream] = loaded
        if young.count > half {
            old = young
            young = [:]
        }
    }
}
