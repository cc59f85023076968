import EventSourcing
import MusterDomain
import Testing

@testable import MusterDispatch

@Suite("A webhook's signature")
struct WebhookSignatureTests {
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let time = Timestamp(microseconds: 1_614_265_330_000_000)

    private func secret() throws -> WebhookSecret {
        try #require(WebhookSecret(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    }

    private func verify(
        id: String = "msg_1",
        timestamp: String = "1614265330",
        signature: String? = nil,
        body: [UInt8] = body,
        now: Timestamp = time
    ) throws {
        let signed = WebhookSignature.sign(id: "msg_1", timestamp: 1_614_265_330, body: Self.body, secret: try secret())
        try WebhookSignature.verify(
            id: id,
            timestamp: timestamp,
            signature: signature ?? signed,
            body: body,
            secret: try secret(),
            now: now
        )
    }

    @Test("is the one that Standard Webhooks gives as its example")
    func example() throws {
        let signature = WebhookSignature.sign(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: Self.body,
            secret: try secret()
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("is accepted within five minutes either way")
    func accepted() throws {
        try verify()
        try verify(now: Self.time + .seconds(300))
        try verify(now: Self.time - .seconds(300))
    }

    @Test("is accepted among others, as while a secret changes")
    func several() throws {
        let signed = WebhookSignature.sign(id: "msg_1", timestamp: 1_614_265_330, body: Self.body, secret: try secret())
        try verify(signature: "v1a,AAAA v1,bm90IHRoaXM= \(signed)")
    }

    @Test("is refused outside five minutes: it may be a replay")
    func replay() {
        #expect(throws: WebhookSignature.Fault.outsideTolerance) { try verify(now: Self.time + .seconds(301)) }
        #expect(throws: WebhookSignature.Fault.outsideTolerance) { try verify(now: Self.time - .seconds(301)) }
    }

    @Test("is refused when id, time or body is another")
    func altered() {
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(id: "msg_2") }
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(timestamp: "1614265331") }
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(body: Self.body + [0x20]) }
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(signature: "v1,") }
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(signature: "v1,***") }
        #expect(throws: WebhookSignature.Fault.noValidSignature) { try verify(signature: "") }
    }

    @Test(
        "with a time that is no number is refused",
        arguments: ["", "soon", "9223372036854775807", "-9223372036854775808"]
    )
    func malformedTime(timestamp: String) {
        #expect(throws: WebhookSignature.Fault.malformedTimestamp) { try verify(timestamp: timestamp) }
    }
}

@Suite("Webhook secrets")
struct WebhookSecretsTests {
    private let key = [UInt8](repeating: 7, count: 32)

    @Test("are the same for the same key and party, and others for others")
    func derived() throws {
        let secrets = try #require(WebhookSecrets(key: key))
        let others = try #require(WebhookSecrets(key: [UInt8](repeating: 8, count: 32)))
        let fire = secrets.secret(of: PartyID("fire"))
        #expect(fire == WebhookSecrets(key: key)?.secret(of: PartyID("fire")))
        #expect(fire != secrets.secret(of: PartyID("police")))
        #expect(fire != others.secret(of: PartyID("fire")))
    }

    @Test("are two while the key changes, that of the new key first")
    func rotation() throws {
        let (old, new) = ([UInt8](repeating: 8, count: 32), key)
        let party = PartyID("fire")
        let before = try #require(WebhookSecrets(key: old)).secret(of: party)
        let changing = try #require(WebhookSecrets(key: new, previous: old))
        #expect(changing.all(of: party) == [changing.secret(of: party), before])
        #expect(try #require(WebhookSecrets(key: new)).all(of: party) == [changing.secret(of: party)])
    }

    @Test("are read back from the text a party is given")
    func text() throws {
        let secret = try #require(WebhookSecrets(key: key)).secret(of: PartyID("fire"))
        #expect(secret.text.hasPrefix("whsec_"))
        #expect(WebhookSecret(text: secret.text) == secret)
    }

    @Test("need a key of at least 32 bytes")
    func shortKey() {
        #expect(WebhookSecrets(key: [UInt8](repeating: 7, count: 31)) == nil)
        #expect(WebhookSecrets(key: key, previous: []) == nil)
    }

    @Test(
        "are read from nothing else",
        arguments: ["", "whsec_", "whsec_****", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA"]
    )
    func malformed(text: String) {
        #expect(WebhookSecret(text: text) == nil)
    }
}
