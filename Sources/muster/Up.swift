import ArgumentParser
import EventSourcing
import Glibc
import Logging
import MusterRuntime

/// Runs everything on this machine.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run everything on this machine: database, gateway, projector and worker in one process.",
        discussion: """
            The private PostgreSQL cluster is made on first use, below --data. Started again on the same data, Muster goes \
            on where it stopped, also after kill -9. With --demo a made-up town comes alive.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "Port to listen on, on the loopback address; 0 lets the system choose.")
    var port = 8080

    @Option(help: "HOST:PORT to listen on, instead of --port.")
    var listen: String?

    @Option(help: "The log to serve; it is made if it is not there.")
    var log = "town"

    @Flag(help: "Play a living town.")
    var demo = false

    @Option(help: "How many times faster than life: time limits are divided by it (default: 20 with --demo, else 1).")
    var speed: Double?

    @Option(help: "Seed of the town: the same seed makes the same town.")
    var seed: UInt64 = 1

    @Flag(name: [.short, .long], help: "Say more about what happens inside.")
    var verbose = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535, not \(port)") }
        if let listen, DaemonConfiguration.Address(listen) == nil {
            throw ValidationError("--listen must be HOST:PORT, not '\(listen)'")
        }
        if let speed, !(0.1...10_000).contains(speed) {
            throw ValidationError("--speed must be from 0.1 to 10000, not \(speed)")
        }
        try LogOptions.check(log)
    }

    func run() async throws {
        LogOutput.bootstrap(level: verbose ? .debug : .warning)
        let options = EmbeddedDaemon.Options(
            access: database.access,
            log: try LogOptions.check(log),
            listen: listen.flatMap(DaemonConfiguration.Address.init) ?? .init(host: "127.0.0.1", port: port),
            isDemo: demo,
            speed: speed ?? (demo ? 20 : 1),
            seed: seed,
            logLevel: verbose ? .debug : .warning
        )
        try await EmbeddedDaemon(options).run { line in
            print(line)
            // Also into a file or a pipe at once: whoever waits for the address reads it there.
            fflush(nil)
        }
    }
}

enum LogOptions {
    /// The name of a log, or an error that says what a name must be.
    @discardableResult
    static func check(_ name: String) throws -> LogName {
        guard let log = LogName(name) else {
            throw ValidationError(
                "'\(name)' is no name for a log: a lower-case letter, then lower-case letters, digits or hyphens, 40 at most"
            )
        }
        return log
    }
}
