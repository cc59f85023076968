/// A call to PostgreSQL that failed: what was attempted, what was said, and what the caller may do about it.
///
/// The description never holds parameter values, passwords or the server's `DETAIL` (which quotes rows).
package struct PostgresError: Error, Sendable {
    /// Which part of the machinery said no.
    package enum Kind: Sendable, Hashable {
        /// The server answered with an error; `sqlState` is set.
        case server
        /// No session could be opened.
        case connectFailed
        /// The session ended while the call was under way, or before it.
        case connectionLost
        /// The call met its deadline.
        case deadline
        /// The task of the caller was cancelled.
        case cancelled
        /// A commit was acknowledged, but its replication was not confirmed.
        case replicationUnconfirmed
        /// The answer was not one that the protocol allows here, or the connection was used in a way it does not allow.
        case protocolViolation
        /// The parameters cannot be sent, or differ in type from those the statement was prepared with.
        case invalidParameters
        /// A row did not hold what the caller expected.
        case decoding
        /// Nobody gave a connection back within the waiting limits of the pool.
        case poolExhausted
        /// The pool has been shut down.
        case poolClosed
    }

    /// What is known about the effects of the call.
    package enum Outcome: Sendable, Hashable {
        /// The server certainly applied nothing.
        case notApplied
        /// The server may have applied everything: ask again with the same ids.
        case unknown
    }

    private final class Storage: Sendable {
        let kind: Kind
        let outcome: Outcome
        let statement: String
        let reason: String
        let diagnostics: ServerDiagnostics?

        init(kind: Kind, outcome: Outcome, statement: String, reason: String, diagnostics: ServerDiagnostics?) {
            self.kind = kind
            self.outcome = outcome
            self.statement = statement
            self.reason = reason
            self.diagnostics = diagnostics
        }
    }

    /// One reference, so that functions which throw this error return one word.
    private let storage: Storage

    init(
        _ kind: Kind,
        statement: String,
        reason: String,
        outcome: Outcome = .notApplied,
        diagnostics: ServerDiagnostics? = nil
    ) {
        self.storage = Storage(
            kind: kind,
            outcome: outcome,
            statement: statement,
            reason: reason,
            diagnostics: diagnostics
        )
    }

    package var kind: Kind { storage.kind }
    package var outcome: Outcome { storage.outcome }
    /// The name of the statement, or of the step (`connect`, `script`) that was attempted.
    package var statement: String { storage.statement }
    /// The server's message, or ours when the server did not speak.
    package var message: String { storage.reason }
    package var diagnostics: ServerDiagnostics? { storage.diagnostics }
    package var sqlState: SQLState? { diagnostics?.sqlState }
    package var severity: String? { diagnostics?.severity }
    package var constraint: String? { diagnostics?.constraint }

    /// Whether the session is gone and another is needed.
    package var isConnectionLost: Bool {
        switch kind {
        case .connectionLost, .connectFailed: true
        default: diagnostics?.endsSession ?? false
        }
    }

    /// Whether the effects may have been applied although the call failed.
    package var isOutcomeUnknown: Bool { outcome == .unknown }

    /// Whether the same call may well succeed when it is made again later, and making it again cannot double an effect.
    ///
    /// A call whose outcome is unknown is not retryable in this sense: only idempotent calls may be repeated.
    package var isRetryable: Bool {
        guard outcome == .notApplied else { return false }
        switch kind {
        case .poolExhausted, .connectionLost, .connectFailed, .deadline:
            guard let state = sqlState else { return true }
            return state.isTransient
        case .server:
            return sqlState?.isTransient ?? false
        case .cancelled, .replicationUnconfirmed, .protocolViolation, .invalidParameters, .decoding, .poolClosed:
            return false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var text = "\(statement): \(message)"
        var facts: [String] = []
        if let sqlState { facts.append("SQLSTATE \(sqlState)") }
        if let constraint { facts.append("constraint \(constraint)") }
        if isOutcomeUnknown { facts.append("outcome unknown") }
        if !facts.isEmpty { text += " (\(facts.joined(separator: ", ")))" }
        return text
    }
}

extension SQLState {
    /// Whether the condition passes by itself: repeat the transaction, or the connection, after a while.
    package var isTransient: Bool {
        switch conditionClass {
        case "08", "40", "53": self != .statementCompletionUnknown && self != .protocolViolation
        default:
            switch self {
            case .lockNotAvailable, .objectInUse, .adminShutdown, .crashShutdown, .cannotConnectNow,
                .idleSessionTimeout,
                .idleInTransactionSessionTimeout, .queryCanceled:
                true
            default: false
            }
        }
    }
}
