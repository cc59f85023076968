/// What may be set of the HTTP door.
package struct GatewayConfiguration: Sendable {
    /// Who may read boards without a token. Writing always needs one.
    package enum OpenReading: String, Hashable, Sendable, CaseIterable {
        case never
        /// When the door listens on a loopback address and the request comes from one, not through a proxy.
        case onLoopback = "on-loopback"
        case always
    }

    /// Bounds for what one process takes in. Times are from the first byte to the last.
    package struct Limits: Hashable, Sendable {
        /// One command, and any form.
        package var bodyBytes = 1 << 20
        /// A whole batch, one of its lines, and how many lines.
        package var batchBytes = 16 << 20
        package var batchLineBytes = 256 << 10
        package var batchLines = 10_000
        package var bodyTime = Duration.seconds(30)
        package var batchTime = Duration.seconds(300)
        /// A connection that sends nothing for so long while a request is awaited is closed.
        package var idleTime = Duration.seconds(60)
        package var headerBytes = 32 << 10
        package var headerFields = 100
        /// Event streams at the same time.
        package var watchers = 10_000
        /// How many boards of the past are folded at a time.
        package var pasts = 2
        /// The longest a caller may ask to wait for its own write (`Prefer: wait`).
        package var waitTime = Duration.seconds(30)
        /// Sign-ins, and requests that write without a token, by address.
        package var attemptsAtOnce = 20
        package var attemptsPerMinute = 30

        package init() {}
    }

    /// The address to listen on.
    package var host = "127.0.0.1"
    /// 0 lets the system choose.
    package var port = 8080
    /// How people reach the door, as `https://muster.example`; nil: by host and port. Cookies are marked secure when it
    /// begins with `https:`.
    package var publicURL: String?
    package var openReading = OpenReading.onLoopback
    /// The town's distance from UTC, for the times that pages show.
    package var offset = Duration.seconds(8 * 3_600)
    /// What pages call the place, as `Heyan town`; empty: nothing.
    package var placeName = ""
    /// A comment that keeps event streams alive; pages take two missed ones for a lost connection.
    package var heartbeat = Duration.seconds(15)
    /// How long a session lasts after sign-in.
    package var sessionTime = Duration.seconds(12 * 3_600)
    package var limits = Limits()

    package init() {}

    /// Whether the door can be reached from this machine alone.
    var listensOnLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    var hasSecureCookies: Bool { publicURL?.hasPrefix("https:") ?? false }
}
