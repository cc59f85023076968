import EventSourcing
import MusterDomain
import MusterGateway
import Testing

@Suite struct TokenTests {
    private let clock = HandClock(SmallTown.evening)

    private func authority(_ keys: TokenKeys? = nil) async throws -> TokenAuthority {
        await TokenAuthority(keys: try keys ?? .ephemeral(), now: { [clock] in clock.now })
    }

    private func token(_ authority: TokenAuthority, use: TokenUse = .access) async throws -> String {
        try await authority.makeToken(for: SmallTown.fire, log: GatewayFixture.log, use: use, lifetime: .seconds(60))
    }

    @Test func `A token says who its bearer is`() async throws {
        let authority = try await authority()
        let identity = try await authority.verify(token(authority), for: GatewayFixture.log, use: .access)
        #expect(identity.actor == SmallTown.fire)
    }

    @Test func `A token is good until its second is over`() async throws {
        let authority = try await authority()
        let token = try await token(authority)
        clock.set(SmallTown.evening + .seconds(59))
        _ = try await authority.verify(token, for: GatewayFixture.log, use: .access)
        clock.set(SmallTown.evening + .seconds(60))
        await #expect(throws: TokenError.expired) {
            try await authority.verify(token, for: GatewayFixture.log, use: .access)
        }
    }

    @Test func `A token for one log opens no other`() async throws {
        let authority = try await authority()
        let other = try #require(LogName("drill"))
        let token = try await token(authority)
        await #expect(throws: TokenError.otherLog) { try await authority.verify(token, for: other, use: .access) }
    }

    @Test func `A sign-in token is no bearer token`() async throws {
        let authority = try await authority()
        let token = try await token(authority, use: .signIn)
        await #expect(throws: TokenError.otherUse) {
            try await authority.verify(token, for: GatewayFixture.log, use: .access)
        }
    }

    @Test func `A token of another deployment is forged`() async throws {
        let token = try await token(try await authority())
        let other = try await authority()
        await #expect(throws: TokenError.forged) {
            try await other.verify(token, for: GatewayFixture.log, use: .access)
        }
    }

    @Test func `A token with one altered character is forged`() async throws {
        let authority = try await authority()
        var text = Array(try await token(authority))
        let middle = text.count / 2
        text[middle] = text[middle] == "A" ? "B" : "A"
        let altered = String(text)
        await #expect(throws: TokenError.forged) {
            try await authority.verify(altered, for: GatewayFixture.log, use: .access)
        }
    }

    @Test(arguments: ["", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", String(repeating: "x", count: 5_000)])
    func `What is no token at all is forged`(_ text: String) async throws {
        let authority = try await authority()
        await #expect(throws: TokenError.forged) {
            try await authority.verify(text, for: GatewayFixture.log, use: .access)
        }
    }
}
