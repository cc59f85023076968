package import EventSourcing

/// Why a log is not sealed any further, or a receipt not given: an alarm, not something to try again.
package enum SealError: Error, Hashable, Sendable {
    /// The log has fewer sealed events than this process has sealed itself (a bad failover, or an old backup).
    case regressed(log: LogName, sealed: Int, found: Int)
    /// The stored tree is not the one that was signed.
    case treeDiffers(log: LogName, size: Int)
    /// The event at a position is not the one that was sealed.
    case eventDiffers(log: LogName, position: Position)
    /// The name cannot be the name of a key: it is empty, or holds white space or a plus.
    case invalidOrigin(String)
}

extension SealError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .regressed(let log, let sealed, let found):
            "log \(log) was sealed up to position \(sealed), and now only up to \(found)"
        case .treeDiffers(let log, let size):
            "log \(log): the stored tree of size \(size) is not the one that was signed"
        case .eventDiffers(let log, let position):
            "log \(log): position \(position) differs from what was sealed"
        case .invalidOrigin(let origin):
            "'\(origin)' cannot name a log in its checkpoints"
        }
    }
}
