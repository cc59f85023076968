import Glibc
import Logging
import Testing

@testable import MusterRuntime

@Suite("Notes to systemd")
struct SystemdNotifierTests {
    @Test("Readiness, status and stopping go to the socket", arguments: [false, true])
    func messages(isAbstract: Bool) throws {
        let systemd = try ListeningSocket(isAbstract: isAbstract)
        let notifier = SystemdNotifier(
            environment: ["NOTIFY_SOCKET": systemd.name],
            logger: Logger(label: "test")
        )
        notifier.ready(status: "serving\nREADY=0")
        notifier.status("draining")
        notifier.extendTimeout(by: .milliseconds(1500))
        notifier.stopping()
        #expect(
            systemd.received() == [
                "READY=1\nSTATUS=serving READY=0", "STATUS=draining", "EXTEND_TIMEOUT_USEC=1500000", "STOPPING=1",
            ]
        )
    }

    @Test("Without systemd nothing happens", arguments: [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "vsock:2:1"]])
    func withoutSystemd(environment: [String: String]) {
        let notifier = SystemdNotifier(
            environment: environment.merging(["WATCHDOG_USEC": "1000000"]) { $1 },
            logger: Logger(label: "test")
        )
        #expect(notifier.watchdogInterval == nil)
        notifier.ready(status: "serving")
        notifier.alive()
    }

    @Test("A path that does not fit a socket address is not used")
    func longPath() {
        let path = "/" + String(repeating: "s", count: 107)
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": path], logger: Logger(label: "test"))
        notifier.ready(status: "serving")
    }

    @Test("A socket nobody reads is no reason to stop")
    func nobodyListens() {
        let notifier = SystemdNotifier(
            environment: ["NOTIFY_SOCKET": "/nowhere/notify"],
            logger: Logger(label: "test")
        )
        notifier.ready(status: "serving")
    }

    @Test(
        "The interval is half of the watchdog's, and only for the process it names",
        arguments: [
            ("20000000", nil, Duration.seconds(10)), ("20000000", "7", .seconds(10)), ("20000000", "8", nil),
            ("0", nil, nil), ("-5", nil, nil), ("soon", nil, nil),
        ] as [(String, String?, Duration?)]
    )
    func interval(microseconds: String, processID: String?, expected: Duration?) {
        var environment = ["NOTIFY_SOCKET": "/nowhere/notify", "WATCHDOG_USEC": microseconds]
        environment["WATCHDOG_PID"] = processID
        let notifier = SystemdNotifier(environment: environment, processID: 7, logger: Logger(label: "test"))
        #expect(notifier.watchdogInterval == expected)
    }

    @Test("Many turns of work are one message")
    func coalescesTurns() throws {
        let systemd = try ListeningSocket(isAbstract: true)
        let notifier = SystemdNotifier(
            environment: ["NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "3600000000"],
            logger: Logger(label: "test")
        )
        for _ in 0..<1000 { notifier.alive() }
        #expect(systemd.received() == ["WATCHDOG=1"])
    }

    @Test("The process is alive only if all of its parts are")
    func waitsForAllParts() throws {
        let systemd = try ListeningSocket(isAbstract: true)
        let notifier = SystemdNotifier(
            // So short that every call is due.
            environment: ["NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "1"],
            parts: ["appender", "projector"],
            logger: Logger(label: "test")
        )
        #expect(notifier.watchdogInterval == .zero)
        notifier.alive("appender")
        notifier.alive("appender")
        notifier.alive("stranger")
        #expect(systemd.received() == [])
        notifier.alive("projector")
        #expect(systemd.received() == ["WATCHDOG=1"])
        notifier.alive("projector")
        #expect(systemd.received() == [])
    }
}

/// Systemd's end: a bound datagram socket.
private final class ListeningSocket {
    let name: String
    private let descriptor: Int32

    init(isAbstract: Bool) throws {
        let unique = "/tmp/muster-notify-\(UInt64.random(in: 0...UInt64.max))"
        name = isAbstract ? "@" + unique : unique
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = (isAbstract ? [0] : []) + Array(unique.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = descriptor
        let code = withUnsafeBytes(of: &address) {
            bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
        }
        try #require(code == 0)
    }

    deinit {
        close(descriptor)
        if name.hasPrefix("/") { unlink(name) }
    }

    /// The messages that have come since the last call.
    func received() -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return messages }
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}
