import Glibc

/// The gateway cannot listen where it was told to.
struct ListenError: Error, CustomStringConvertible {
    let address: DaemonConfiguration.Address
    let errno: CInt

    var description: String {
        let place = address.host.contains(":") ? "[\(address.host)]:\(address.port)" : "\(address.host):\(address.port)"
        let reason =
            errno == EADDRINUSE
            ? "the port is in use; stop the program that has it, or choose another port"
            : String(cString: strerror(errno))
        return "cannot listen on \(place): \(reason)"
    }
}
