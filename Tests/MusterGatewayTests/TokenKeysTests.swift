import EventSourcing
import Glibc
import MusterGateway
import Testing

@Suite struct TokenKeysTests {
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = "/tmp/muster-keys-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer {
            for name in ["1.key.pem", "2.key.pem"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        try await body(path)
    }

    private func token(_ keys: TokenKeys) async throws -> String {
        try await TokenAuthority(keys: keys, now: { SmallTown.evening })
            .makeToken(for: SmallTown.fire, log: GatewayFixture.log, use: .access, lifetime: .seconds(60))
    }

    private func verify(_ token: String, with keys: TokenKeys) async throws -> Identity {
        try await TokenAuthority(keys: keys, now: { SmallTown.evening })
            .verify(token, for: GatewayFixture.log, use: .access)
    }

    @Test func `The first start makes a key that only its owner can read`() async throws {
        try await withDirectory { path in
            _ = try TokenKeys.load(directory: path)
            var information = stat()
            #expect(stat("\(path)/1.key.pem", &information) == 0)
            #expect(information.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `The second start uses the same key`() async throws {
        try await withDirectory { path in
            let token = try await token(try TokenKeys.load(directory: path))
            #expect(try await verify(token, with: try TokenKeys.load(directory: path)).actor == SmallTown.fire)
        }
    }

    @Test func `After a rotation the new key signs and the old one still verifies`() async throws {
        try await withDirectory { path in
            let old = try await token(try TokenKeys.load(directory: path))
            try await withDirectory { other in
                _ = try TokenKeys.load(directory: other)
                #expect(rename("\(other)/1.key.pem", "\(path)/2.key.pem") == 0)
            }
            let keys = try TokenKeys.load(directory: path)
            #expect(try await verify(old, with: keys).actor == SmallTown.fire)
            unlink("\(path)/1.key.pem")
            let new = try await token(keys)
            #expect(try await verify(new, with: try TokenKeys.load(directory: path)).actor == SmallTown.fire)
        }
    }

    @Test func `A private key that others can read is refused`() async throws {
        try await withDirectory { path in
            _ = try TokenKeys.load(directory: path)
            chmod("\(path)/1.key.pem", 0o644)
            #expect(throws: TokenKeysError.self) { try TokenKeys.load(directory: path) }
        }
    }
}
