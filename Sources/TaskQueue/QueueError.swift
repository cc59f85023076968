/// Why a worker got no answer from the queue. What it said may have been written down all the same: saying it again is
/// harmless.
package enum QueueError: Error, Hashable, Sendable {
    /// Nobody leads just now, or the database cannot be reached. Try again in a moment.
    case unavailable(reason: String)
    /// Too many workers wait already. Try again later.
    case overloaded
}

extension QueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let reason): "the task queue cannot be reached: \(reason)"
        case .overloaded: "too many workers wait at the task queue"
        }
    }
}
