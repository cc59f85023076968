package import EventSourcing

/// Why policies cannot go on: a person must look.
package enum PolicyError: Error, Hashable, Sendable {
    /// An event of a known type does not decode; passing over it would make every later reaction wrong.
    case unreadableEvent(position: Position, reason: String)
    /// A policy made a task that breaks the queue's bounds.
    case invalidTask(key: String, reason: String)
}

extension PolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadableEvent(let position, let reason): "the event at position \(position) cannot be read: \(reason)"
        case .invalidTask(let key, let reason): "delivery \(key) cannot be enqueued: \(reason)"
        }
    }
}
