import Glibc

/// Where the server's socket is: beside its data, or, if that path is too long for a socket, in a short one under `/tmp`.
enum SocketDirectory {
    /// Part of the socket's file name; no TCP port is opened.
    static let port = 5432

    /// `sun_path` holds 108 bytes, the last of them NUL (unix(7)).
    private static let longestSocketPath = 107

    /// The directory for a data directory given without links. The same data directory always has the same.
    static func path(dataDirectory: String) -> String {
        let beside = FileSystem.parent(of: dataDirectory) + "/socket"
        // A comma ends a name in PostgreSQL's lists of directories and hosts; a quote ends a quoted one.
        let isUsable = !beside.contains { ",\"\\".contains($0) }
        if isUsable && beside.utf8.count + "/.s.PGSQL.\(port)".utf8.count <= longestSocketPath { return beside }
        return "/tmp/muster-" + hexadecimalHash(dataDirectory)
    }

    /// Makes the directory, for the server's user alone. Root passes anyway.
    ///
    /// Throws ``ClusterError/socketDirectoryUnsafe(path:)`` if somebody else was there first: `/tmp` is everybody's.
    static func make(_ path: String, account: ServerAccount) throws(ClusterError) {
        if mkdir(path, 0o700) == 0 {
            try FileSystem.setOwner(of: path, to: account)
        } else if errno != EEXIST {
            throw .last("make directory", path)
        }
        guard let status = FileSystem.status(path), status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == account.userID, status.st_mode & 0o077 == 0
        else { throw .socketDirectoryUnsafe(path: path) }
    }

    /// FNV-1a, 64 bits: short, and the same in every process, unlike `Hasher`.
    private static func hexadecimalHash(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
