import Glibc
package import Logging
import Synchronization

/// Tells systemd how this process fares, by the protocol of
/// [sd_notify(3)](https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html): one datagram a message.
///
/// Without systemd (no `NOTIFY_SOCKET`) every call does nothing. No call blocks, throws, or needs a connection; a message
/// that cannot be sent is logged, since there is nobody else to tell.
///
/// With a watchdog, systemd kills the process when ``alive(_:)`` stays out too long. The calls come from the loops that do
/// the work, at each turn, idle or not, never from a timer: a timer goes on ticking while the work hangs.
package final class SystemdNotifier: Sendable {
    /// The longest time a part may let pass between two calls of ``alive(_:)``: half of what systemd waits. Nil without a
    /// watchdog, and in a process it was not meant for.
    package let watchdogInterval: Duration?

    private let socketPath: [UInt8]?
    private let logger: Logger
    private let parts: Set<String>
    private let heartbeat: Mutex<Heartbeat>

    private struct Heartbeat {
        var silentParts: Set<String>
        var lastSent: ContinuousClock.Instant?
    }

    /// - Parameters:
    ///   - environment: where systemd leaves its wishes; ``processEnvironment`` but in tests.
    ///   - parts: the loops that must all have called ``alive(_:)`` before systemd hears that the process is alive. With
    ///     none, each call tells it.
    package init(
        environment: [String: String] = SystemdNotifier.processEnvironment,
        processID: Int32 = getpid(),
        parts: Set<String> = [],
        logger: Logger
    ) {
        var socketPath = environment["NOTIFY_SOCKET"].map { Array($0.utf8) }
        // A leading @ stands for the NUL of the abstract namespace. Other kinds of address (vsock) are not for us.
        if socketPath?.first == UInt8(ascii: "@") { socketPath?[0] = 0 }
        let isUsable = socketPath.map { [0, UInt8(ascii: "/")].contains($0.first) && $0.count < Self.pathCapacity }
        self.socketPath = isUsable == true ? socketPath : nil
        if isUsable == false { logger.error("NOTIFY_SOCKET names no unix socket; systemd will not hear from us") }

        let isForUs = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval =
            isForUs && microseconds > 0 && self.socketPath != nil ? .microseconds(microseconds / 2) : nil
        self.parts = parts
        self.logger = logger
        heartbeat = Mutex(Heartbeat(silentParts: parts))
    }

    /// The variables of this process that the protocol defines.
    package static var processEnvironment: [String: String] {
        var environment: [String: String] = [:]
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return environment
    }

    /// The process does its work from now on; what waited for it may start. The status is a line for `systemctl status`.
    package func ready(status: String) {
        send("READY=1\nSTATUS=\(Self.line(status))")
    }

    /// What the process is doing, as a line for `systemctl status`.
    package func status(_ status: String) {
        send("STATUS=\(Self.line(status))")
    }

    /// The process has begun to stop. Its parts stay under the watchdog until it ends.
    package func stopping() {
        send("STOPPING=1")
    }

    /// Starting or stopping takes longer: systemd waits at least this long from now on before it gives up.
    package func extendTimeout(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, seconds < Int64.max / 1_000_000 else { return }
        send("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)")
    }

    /// A turn of work is done. Cheap enough to be called at every turn: systemd hears of it a few times per interval.
    ///
    /// - Parameter part: one of the parts given at the start; others do not count.
    package func alive(_ part: String = "") {
        guard let watchdogInterval else { return }
        let now = ContinuousClock.now
        let isDue = heartbeat.withLock { heartbeat in
            heartbeat.silentParts.remove(part)
            if let lastSent = heartbeat.lastSent, now < lastSent + watchdogInterval / 4 { return false }
            guard heartbeat.silentParts.isEmpty else { return false }
            heartbeat = Heartbeat(silentParts: parts, lastSent: now)
            return true
        }
        if isDue { send("WATCHDOG=1") }
    }

    // MARK: The datagram

    /// `sun_path` holds 108 bytes, with the NUL that ends a path (unix(7)).
    private static let pathCapacity = 108

    private func send(_ message: String) {
        guard let socketPath else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return report(message, errno) }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath) }
        // The length says where an abstract name ends; the bytes after it would belong to the name.
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + socketPath.count }
        let bytes = Array(message.utf8)
        let sent = withUnsafeBytes(of: &address) { address in
            sendto(
                descriptor,
                bytes,
                bytes.count,
                Int32(MSG_NOSIGNAL | MSG_DONTWAIT),
                address.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(length ?? address.count)
            )
        }
        if sent != bytes.count { report(message, errno) }
    }

    private func report(_ message: String, _ code: Int32) {
        logger.error(
            "systemd could not be told",
            metadata: ["message": "\(Self.line(message))", "error": "\(String(cString: strerror(code)))"]
        )
    }

    /// A message is lines of its own, so that text given by others must not end one.
    private static func line(_ text: String) -> String {
        String(text.prefix(1024).map { $0.isNewline ? " " : $0 })
    }
}
