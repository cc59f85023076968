import EventSourcing
import Postgres

/// What a failed attempt to write a batch means.
enum AppendFailure: Error {
    /// Someone else wrote what the batch did not know of; nothing was written. Ask again and repeat.
    case surprise
    /// The session is gone or given up. What had been sent may be written.
    case lost(reason: String)
    /// The server cannot write now; nothing was written.
    case unavailable(reason: String)
    /// The server does not take what one of the appends holds; nothing was written.
    case refused(reason: String)
    /// The server stands behind what was acknowledged; nothing may be written any more.
    case regressed(AppendError)

    init(_ error: PostgresError) {
        let reason = "\(error)"
        if error.isOutcomeUnknown || error.isConnectionLost {
            self = .lost(reason: reason)
            return
        }
        switch error.sqlState {
        case .some(.uniqueViolation) where Self.keys.contains(error.constraint ?? ""): self = .surprise
        case .some(let state) where state.isInClass("40"): self = .surprise
        case .some(let state) where state.isInClass("22") || state.isInClass("23") || state.isInClass("54"):
            self = .refused(reason: reason)
        case .none where error.kind == .invalidParameters: self = .refused(reason: reason)
        default: self = .unavailable(reason: reason)
        }
    }

    /// Constraints that enforce what the writers assert.
    private static let keys: Set = [
        "command_keys_pkey", "events_stream_version_key", "events_pkey", "streams_name_key", "streams_pkey",
    ]
}
