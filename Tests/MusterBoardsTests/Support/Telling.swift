import EventSourcing
import Synchronization

/// A story that is told bit by bit, as a log grows.
final class Telling: Sendable {
    private let told: Mutex<[RecordedEvent]>

    init(_ events: some Sequence<RecordedEvent>) { told = Mutex(Array(events)) }

    convenience init(_ story: Story) { self.init(story.events) }

    func tell(_ event: RecordedEvent) { told.withLock { $0.append(event) } }

    var tail: Position { told.withLock { $0.last?.position ?? .origin } }

    func events(after position: Position, limit: Int) -> [RecordedEvent] {
        told.withLock { Array($0.dropFirst(Int(position.rawValue)).prefix(limit)) }
    }
}

/// Says that something is over.
final class Flag: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() { raised.store(true, ordering: .relaxed) }
}
