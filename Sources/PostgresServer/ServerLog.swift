import Glibc

/// The file a server prints to, opened for its next run.
final class ServerLog: Sendable {
    /// A log longer than this is put aside (one older file is kept) before the next start.
    private static let longestBytes = 16 * 1024 * 1024

    let descriptor: Int32
    /// The file's length before this run.
    let start: Int

    init(_ path: String) throws(ClusterError) {
        if Self.length(of: path) > Self.longestBytes {
            try FileSystem.move(path, to: path + ".old")
        }
        // Opened by us and handed down, so that it may lie where the server's user cannot write.
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last("open", path) }
        start = Self.length(of: path)
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    static func length(of path: String) -> Int {
        Int(FileSystem.status(path)?.st_size ?? 0)
    }

    /// What was printed since the file had `start` bytes, up to 64 KiB.
    static func text(of path: String, from start: Int) throws(ClusterError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("read", path) }
        defer { close(descriptor) }
        return FileSystem.text(of: descriptor, from: start, limit: 64 * 1024)
    }
}
