import Glibc

/// Replaces host names by addresses before libpq sees them, because libpq looks names up by blocking.
///
/// `host` keeps the names (TLS checks certificates against them) and `hostaddr` gets the addresses; a name with several
/// addresses is listed once for each. Socket directories, numbers and a given `hostaddr` stay as they are.
struct HostResolution: Sendable {
    struct Target: Sendable, Hashable {
        var host: String
        var port: String
        /// Empty where libpq needs no look-up.
        var address: String
    }

    /// The hosts of the connection string in its order, or nil when nothing is to be looked up.
    static func hosts(in values: [String: String]) -> [(host: String, port: String)]? {
        guard let list = values["host"], values["hostaddr"] == nil else { return nil }
        let hosts = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard hosts.contains(where: needsLookUp) else { return nil }
        let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // One port serves all; another mismatch is libpq's to report.
        guard ports.count <= 1 || ports.count == hosts.count else { return nil }
        return hosts.enumerated().map { index, host in
            (host, ports.count > 1 ? ports[index] : ports.first ?? "")
        }
    }

    /// Looks the names up. Blocks.
    ///
    /// - Returns: a target for each address; a name that is not found is left out.
    static func resolveBlocking(_ hosts: [(host: String, port: String)]) -> [Target] {
        hosts.flatMap { host, port in
            guard needsLookUp(host) else { return [Target(host: host, port: port, address: "")] }
            return addressesBlocking(of: host).map { Target(host: host, port: port, address: $0) }
        }
    }

    static func needsLookUp(_ host: String) -> Bool {
        guard let first = host.first, first != "/", first != "@" else { return false }
        var address = in6_addr()
        return unsafe inet_pton(AF_INET, host, &address) != 1 && inet_pton(AF_INET6, host, &address) != 1
    }

    private static func addressesBlocking(of host: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [String] = []
        var next = unsafe list
        while let entry = unsafe next {
            let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer in
                let status = unsafe getnameinfo(
                    entry.pointee.ai_addr,
                    entry.pointee.ai_addrlen,
                    buffer.baseAddress,
                    socklen_t(buffer.count),
                    nil,
                    0,
                    NI_NUMERICHOST
                )
                return unsafe status == 0 ? buffer.baseAddress.map { unsafe String(cString: $0) } : nil
            }
            if let text, !addresses.contains(text) { addresses.append(text) }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }
}
