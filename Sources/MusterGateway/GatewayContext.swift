package import Hummingbird
import Logging
import NIOCore
import Records

/// What is known about a request besides its own text.
package struct GatewayContext: RequestContext {
    /// By what the caller is known.
    enum Credential: Sendable {
        case none
        /// A token that was sent and is not good; routes that need none go on without.
        case refused(TokenError)
        case bearer(Identity)
        case session(Identity)
    }

    package var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var language = Language.en
    var credential = Credential.none

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Who asks; nil when nobody has proven to be anybody.
    var identity: Identity? {
        switch credential {
        case .bearer(let identity), .session(let identity): identity
        case .none, .refused: nil
        }
    }

    /// The address the connection comes from; empty when it has none.
    var address: String { channel.remoteAddress?.ipAddress ?? "" }

    var isFromLoopback: Bool {
        let address = address
        return address.hasPrefix("127.") || address == "::1"
    }

    /// Set by the server itself, so it is always there.
    var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "" }
}
