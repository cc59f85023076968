package import EventSourcing
import ServiceLifecycle

/// The events of a log after a position, for as long as it is iterated: dense, in order, in non-empty batches.
///
/// It never ends by itself. It ends when the task is cancelled or is to shut down gracefully, and when the log's handle
/// is shut down. A hole in the log is thrown as `LogError.hole`. Whoever iterates slowly is not waited for: what is no
/// longer in memory is read from the database.
package struct Subscription: AsyncSequence, Sendable {
    package typealias Element = [RecordedEvent]

    let position: Position
    let batchLimit: Int
    let tailer: Tailer
    let reader: EventReader

    package func makeAsyncIterator() -> Iterator {
        Iterator(subscription: self, position: position)
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let subscription: Subscription
        /// The last event that was handed out.
        package private(set) var position: Position

        /// The next batch; nil at the end.
        package mutating func next() async throws -> [RecordedEvent]? {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                switch try subscription.tailer.serve(after: position, limit: subscription.batchLimit) {
                case .events(let events):
                    return advance(events)
                case .notInMemory:
                    let events: [RecordedEvent]
                    do {
                        events = try await subscription.reader.page(after: position, limit: subscription.batchLimit)
                    } catch {
                        if Task.isCancelled { return nil }
                        throw error
                    }
                    if !events.isEmpty { return advance(events) }
                    await subscription.tailer.waitForEvents(after: position)
                case .upToDate:
                    await subscription.tailer.waitForEvents(after: position)
                case .ended:
                    return nil
                }
            }
            return nil
        }

        private mutating func advance(_ events: [RecordedEvent]) -> [RecordedEvent] {
            position = events.last?.position ?? position
            return events
        }
    }
}
