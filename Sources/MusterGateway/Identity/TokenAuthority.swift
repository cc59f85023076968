package import EventSourcing
import JWTKit
package import MusterDomain
import Synchronization

/// Signs the tokens of one deployment and verifies them: Ed25519 JWTs that name actor, log, use and expiry.
///
/// Verification of a token that was seen before costs a dictionary look-up; its expiry is checked each time.
package struct TokenAuthority: Sendable {
    /// Longer texts are refused before any work is done on them.
    package static let maximumTokenLength = 4_096

    private let keys: JWTKeyCollection
    private let signingKey: JWKIdentifier
    private let formTokens: FormTokens
    private let now: @Sendable () -> Timestamp
    private let verified = VerifiedTokens()

    /// - Parameter now: the clock by which tokens are dated and expire.
    package init(keys: TokenKeys, now: @escaping @Sendable () -> Timestamp) async {
        let collection = JWTKeyCollection()
        for key in keys.verifying {
            await collection.add(eddsa: key.key, kid: JWKIdentifier(string: key.id))
        }
        signingKey = JWKIdentifier(string: keys.signing.id)
        await collection.add(eddsa: keys.signing.key, kid: signingKey)
        self.keys = collection
        formTokens = FormTokens(secret: keys.signing.key)
        self.now = now
    }

    /// Makes a token for an actor in one log.
    ///
    /// - Parameter lifetime: from now; a year at most.
    package func makeToken(
        for actor: Actor,
        log: LogName,
        use: TokenUse,
        lifetime: Duration
    ) async throws -> String {
        var random = SystemRandomNumberGenerator()
        let time = now()
        let claims = TokenClaims(
            actor: actor,
            log: log,
            use: use,
            issuedAt: time,
            lifetime: min(lifetime, .seconds(366 * 86_400)),
            id: UniqueID(version7At: time, random: (random.next(), random.next()))
        )
        return try await keys.sign(claims, kid: signingKey)
    }

    /// Who the bearer of `token` is.
    ///
    /// - Throws: the first of: forged, other use, expired, other log.
    package func verify(_ token: String, for log: LogName, use: TokenUse) async throws(TokenError) -> Identity {
        let (identity, actualUse) = try await read(token)
        guard actualUse == use else { throw .otherUse }
        guard now() < identity.expiresAt else { throw .expired }
        guard identity.log == log else { throw .otherLog }
        return identity
    }

    /// The text that a form of this session must carry, so that no other site can send it.
    func formToken(of identity: Identity) -> String { formTokens.token(for: identity.token) }

    func isFormToken(_ text: String, of identity: Identity) -> Bool {
        formTokens.isToken(text, for: identity.token)
    }

    private func read(_ token: String) async throws(TokenError) -> (Identity, TokenUse) {
        guard token.utf8.count <= Self.maximumTokenLength else { throw .forged }
        if let known = verified[token] { return known }
        let claims: TokenClaims
        do {
            claims = try await keys.verify(token, as: TokenClaims.self)
        } catch {
            throw .forged
        }
        guard let identity = claims.identity, let use = TokenUse(rawValue: claims.use) else { throw .forged }
        verified.keep(identity, use, for: token)
        return (identity, use)
    }
}

/// The tokens whose signature was found good, at most `capacity`; two generations, the older is dropped when the younger
/// is full.
private final class VerifiedTokens: Sendable {
    private typealias Entry = (identity: Identity, use: TokenUse)

    private struct State {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private static let capacity = 10_000

    private let state = Mutex(State())

    subscript(token: String) -> (Identity, TokenUse)? {
        state.withLock { state in
            if let entry = state.young[token] { return entry }
            guard let entry = state.old[token] else { return nil }
            insert(entry, for: token, into: &state)
            return entry
        }
    }

    func keep(_ identity: Identity, _ use: TokenUse, for token: String) {
        state.withLock { insert((identity, use), for: token, into: &$0) }
    }

    private func insert(_ entry: Entry, for token: String, into state: inout State) {
        state.young[token] = entry
        if state.young.count >= Self.capacity / 2 {
            state.old = state.young
            state.young = [:]
        }
    }
}
