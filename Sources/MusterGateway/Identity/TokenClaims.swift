import EventSourcing
import JWTKit
import MusterDomain

/// What a token says, as JWT claims ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)).
///
/// `verify` leaves expiry and audience to `TokenAuthority`, which has the clock and names the fault in its own words.
struct TokenClaims: JWTPayload {
    static let issuer = "muster"

    let iss: String
    /// The log.
    let aud: String
    let sub: String
    let party: String
    let role: String
    let territory: String
    let use: String
    /// Seconds since 1970.
    let iat: Int64
    let exp: Int64
    let jti: String

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

extension TokenClaims {
    init(actor: Actor, log: LogName, use: TokenUse, issuedAt: Timestamp, lifetime: Duration, id: UniqueID) {
        iss = Self.issuer
        aud = log.rawValue
        sub = actor.person.rawValue
        party = actor.party.rawValue
        role = actor.role.rawValue
        territory = actor.territory.rawValue
        self.use = use.rawValue
        iat = issuedAt.microseconds / 1_000_000
        exp = (issuedAt + lifetime).microseconds / 1_000_000
        jti = id.description
    }

    /// Nil when a claim has not the form that Muster writes.
    var identity: Identity? {
        guard iss == Self.issuer, let log = LogName(aud), let person = PersonID(rawValue: sub),
            let party = PartyID(rawValue: party), let role = Role(rawValue: role),
            let territory = TerritoryID(rawValue: territory), exp > 0, exp < Self.latestSecond, jti.utf8.count <= 64
        else { return nil }
        return Identity(
            actor: Actor(person: person, party: party, role: role, territory: territory),
            log: log,
            token: jti,
            expiresAt: Timestamp(microseconds: exp * 1_000_000)
        )
    }

    /// 9999-12-31; later expiry would overflow microseconds.
    private static let latestSecond: Int64 = 253_402_214_400
}
