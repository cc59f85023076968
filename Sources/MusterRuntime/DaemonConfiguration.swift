package import EventSourcing
package import Logging
package import MusterDomain

/// What a daemon needs to know, checked.
package struct DaemonConfiguration: Sendable {
    /// The parts of Muster that one process can run.
    package struct Roles: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Commands come in; boards and pages go out.
        package static let gateway = Roles(rawValue: 1)
        /// Events are folded into the stored boards.
        package static let projector = Roles(rawValue: 2)
        /// Policies, clocks and deliveries.
        package static let worker = Roles(rawValue: 4)
        package static let all: Roles = [.gateway, .projector, .worker]
    }

    /// Where the gateway listens.
    package struct Address: Sendable, Equatable {
        package let host: String
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Reads `HOST:PORT`, with brackets around an IPv6 address; nil for anything else.
        package init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65_535).contains(port)
            else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty else { return nil }
            self.init(host: String(host), port: port)
        }

        /// Whether only this machine can reach it.
        package var isLoopback: Bool {
            host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }
    }

    package var roles: Roles
    package var databaseURL: String
    package var log: LogName
    package var listen: Address
    /// The address that people use when a proxy stands in front, as `https://muster.example`; nil: the listening one.
    package var publicURL: String?
    /// Holds the signing keys; made, readable for its owner alone, when it is not there.
    package var keyDirectory: String
    /// How long things may take.
    package var limits: Limits
    /// Divides all time limits, for demonstrations and drills; 1 is real life.
    package var speed: Double
    /// What checkpoints call the log before it was ever sealed; nil: where people reach it. Later its name stays.
    package var evidenceOrigin: String?
    /// Who else signs checkpoints.
    package var witnesses: [WitnessAddress]
    /// How long a stopping process waits for what is under way.
    package var drainLimit: Duration
    package var logLevel: Logger.Level

    package init(
        roles: Roles,
        databaseURL: String,
        log: LogName,
        listen: Address,
        publicURL: String? = nil,
        keyDirectory: String,
        limits: Limits = .standard,
        speed: Double = 1,
        evidenceOrigin: String? = nil,
        witnesses: [WitnessAddress] = [],
        drainLimit: Duration = .seconds(30),
        logLevel: Logger.Level = .info
    ) {
        self.roles = roles
        self.databaseURL = databaseURL
        self.log = log
        self.listen = listen
        self.publicURL = publicURL
        self.keyDirectory = keyDirectory
        self.limits = limits
        self.speed = speed
        self.evidenceOrigin = evidenceOrigin
        self.witnesses = witnesses
        self.drainLimit = drainLimit
        self.logLevel = logLevel
    }
}

/// A configuration that cannot be used: which key, and what it needs.
package struct ConfigurationError: Error, CustomStringConvertible {
    package let key: String
    package let needs: String

    package init(key: String, needs: String) {
        self.key = key
        self.needs = needs
    }

    package var description: String { "configuration key \(key): \(needs)" }
}
