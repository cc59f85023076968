package import EventSourcing
import MusterDispatch
package import MusterDomain
import MusterGateway

/// Signs tokens and sign-in links with the keys of a directory, which are made when there are none.
package struct TokenSigner: Sendable {
    private static let linkLifetime = Duration.seconds(3_600)

    private let tokens: TokenAuthority

    package init(keyDirectory: String) async throws {
        tokens = await TokenAuthority(keys: try TokenKeys.load(directory: keyDirectory), now: Timestamp.now)
    }

    package func token(for actor: Actor, log: LogName, lifetime: Duration) async throws -> String {
        try await tokens.makeToken(for: actor, log: log, use: .access, lifetime: lifetime)
    }

    /// - Parameter url: where people reach the gateway, as `http://127.0.0.1:8080`.
    package func signInLink(for actor: Actor, log: LogName, at url: String) async throws -> String {
        let token = try await tokens.makeToken(for: actor, log: log, use: .signIn, lifetime: Self.linkLifetime)
        return "\(url.hasSuffix("/") ? String(url.dropLast()) : url)/sign-in?token=\(token)"
    }

    /// The secret by which a party checks its webhooks, in the form that receivers' libraries take.
    package static func webhookSecret(of party: PartyID, keyDirectory: String) throws -> String {
        try WebhookKey.secrets(directory: keyDirectory).secret(of: party).text
    }
}
