import Foundation
import MusterDispatch
import MusterDomain
import Testing

@testable import MusterRuntime

@Suite("The webhook key of a directory")
struct WebhookKeyTests {
    @Test("is made anew when it was moved to be the previous one, and both are read")
    func rotation() throws {
        let directory = "\(NSTemporaryDirectory())muster-keys-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let party = PartyID("fire")
        let old = try TokenSigner.webhookSecret(of: party, keyDirectory: directory)
        #expect(try TokenSigner.webhookSecret(of: party, keyDirectory: directory) == old)
        try FileManager.default.moveItem(
            atPath: directory + "/webhook.key",
            toPath: directory + "/webhook.previous.key"
        )
        let new = try TokenSigner.webhookSecret(of: party, keyDirectory: directory)
        #expect(new != old)
        #expect(try WebhookKey.secrets(directory: directory).all(of: party).map(\.text) == [new, old])
        try FileManager.default.removeItem(atPath: directory + "/webhook.previous.key")
        #expect(try WebhookKey.secrets(directory: directory).all(of: party).map(\.text) == [new])
    }
}
