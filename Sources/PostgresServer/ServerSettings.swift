import Glibc

/// The settings of a private server: fully durable, and modest, since it shares its machine with everything else.
enum ServerSettings {
    /// They are given on the server's command line, where neither a file nor `alter system` can undo durability.
    static func defaults(memoryBytes: Int = physicalMemoryBytes) -> [String: String] {
        let mebibyte = 1024 * 1024
        let sharedBuffers = min(max(memoryBytes / 16 / mebibyte, 64), 512)
        let cache = max(memoryBytes / 2 / mebibyte, 2 * sharedBuffers)
        return [
            // The promise: what was acknowledged survives any crash.
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "shared_buffers": "\(sharedBuffers)MB",
            "effective_cache_size": "\(cache)MB",
            "max_connections": "100",
            // Fewer full pages in the log of an append-heavy load, and still a recovery of seconds.
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            // Short statements on an SSD: compiling them costs more than it saves.
            "jit": "off",
            "random_page_cost": "1.1",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] %q%a ",
            "log_checkpoints": "off",
            "cluster_name": "muster",
        ]
    }

    /// What the server must have for us to reach it, and to be reached by no one else.
    static func required(socketDirectory: String) -> [String: String] {
        [
            "listen_addresses": "",
            "unix_socket_directories": "\"\(socketDirectory)\"",
            "unix_socket_permissions": "0700",
            "port": "\(SocketDirectory.port)",
        ]
    }

    private static var physicalMemoryBytes: Int {
        max(sysconf(Int32(_SC_PHYS_PAGES)), 0) * max(sysconf(Int32(_SC_PAGESIZE)), 0)
    }
}
