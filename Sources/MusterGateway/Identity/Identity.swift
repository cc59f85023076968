package import EventSourcing
package import MusterDomain

/// Who a request comes from, proven by a token.
package struct Identity: Hashable, Sendable {
    package let actor: Actor
    /// The one log the token is good for.
    package let log: LogName
    /// The token's own id (`jti`).
    package let token: String
    package let expiresAt: Timestamp

    package init(actor: Actor, log: LogName, token: String, expiresAt: Timestamp) {
        self.actor = actor
        self.log = log
        self.token = token
        self.expiresAt = expiresAt
    }
}

/// What a token may be used for. A link that travels by mail or terminal is never good as a bearer token.
package enum TokenUse: String, Hashable, Sendable {
    /// `Authorization: Bearer`, for agency systems and the command line.
    case access
    /// The `token` of a sign-in link: short-lived, and each is taken once by a process.
    case signIn = "sign-in"
    /// The session cookie of a browser.
    case session
}
