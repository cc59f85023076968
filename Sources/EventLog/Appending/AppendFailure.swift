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
    /// No part of the log has room for the batch; nothing was written.
    case noPartition
    /// The log holds nothing at a position this session knew to be in it; nothing was written.
    case tailMissing

    init(_ error: PostgresError) {
        let reason = "\(error)"
        if error.isOutcomeUnknown || error.isConnectionLost {
            self = .lost(reason: reason)
            return
        }
        switch error.sqlState {
        case .some(.checkViolation) where error.constraint == nil && error.diagnostics?.table == "events":
            self = .noPartition
        case .some(.logWentBack): self = .tailMissing
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
        "command_keys_pkey", "stream_versions_pkey", "events_pkey", "streams_name_key", "streams_pkey",
    ]
}

extension SQLState {
    /// Raised by `append_events`: a position that was in the log is not any more.
    fileprivate static let logWentBack = SQLState("ML001")
}
