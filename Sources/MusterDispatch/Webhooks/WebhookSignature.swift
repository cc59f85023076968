import Crypto
package import EventSourcing
import FoundationEssentials

/// Signs and checks webhooks as [Standard Webhooks](https://www.standardwebhooks.com) says: HMAC-SHA256 over id, time and
/// body.
package enum WebhookSignature {
    /// How far a signed time may lie from the receiver's clock, either way: older messages may be replayed ones.
    package static let tolerance = Duration.seconds(300)
    /// A sender may give several signatures while a secret changes.
    private static let maximumSignatures = 8
    private static let version = "v1,"

    /// Why a webhook is not to be trusted.
    package enum Fault: Error, Hashable, Sendable {
        /// The time is no number of seconds.
        case malformedTimestamp
        /// The time is too far from now: a replay, or a wrong clock.
        case outsideTolerance
        /// No signature is by this secret over this message.
        case noValidSignature
    }

    /// The value of the header `webhook-signature`.
    ///
    /// - Parameter timestamp: seconds since 1970, as in the header `webhook-timestamp`.
    package static func sign(id: String, timestamp: Int64, body: [UInt8], secret: WebhookSecret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message(id, String(timestamp), body), using: secret.key)
        return version + Data(code).base64EncodedString()
    }

    /// Checks the three headers of a received webhook against its body, byte by byte as it came.
    package static func verify(
        id: String,
        timestamp: String,
        signature: String,
        body: [UInt8],
        secret: WebhookSecret,
        now: Timestamp
    ) throws(Fault) {
        guard let seconds = Int64(timestamp), seconds.magnitude < 1 << 40 else { throw .malformedTimestamp }
        let age = now.since(Timestamp(microseconds: seconds * 1_000_000))
        guard age <= tolerance, age >= .zero - tolerance else { throw .outsideTolerance }
        let message = message(id, timestamp, body)
        for part in signature.split(separator: " ").prefix(maximumSignatures) where part.hasPrefix(version) {
            guard let code = Data(base64Encoded: String(part.dropFirst(version.count))) else { continue }
            // Compares in constant time.
            if HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: secret.key) { return }
        }
        throw .noValidSignature
    }

    private static func message(_ id: String, _ timestamp: String, _ body: [UInt8]) -> Data {
        var message = Data("\(id).\(timestamp).".utf8)
        message.append(contentsOf: body)
        return message
    }
}
