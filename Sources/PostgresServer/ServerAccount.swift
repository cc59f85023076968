import Glibc

/// The operating system user a server runs as: ourselves, or, because PostgreSQL refuses root, the user `postgres`.
struct ServerAccount: Sendable, Equatable {
    let userID: uid_t
    let groupID: gid_t

    /// Whether this process must change its user to run the server.
    var needsChange: Bool { geteuid() != userID }

    /// The user for a new cluster.
    static func forNewCluster() throws(ClusterError) -> ServerAccount {
        guard geteuid() == 0 else { return ServerAccount(userID: geteuid(), groupID: getegid()) }
        guard let account = named("postgres") else { throw .accountMissing(name: "postgres") }
        return account
    }

    /// The user for an existing cluster: whoever owns its files.
    static func owning(dataDirectory: String) throws(ClusterError) -> ServerAccount {
        guard let status = FileSystem.status(dataDirectory) else { throw .last("look at", dataDirectory) }
        guard geteuid() == 0 || geteuid() == status.st_uid else {
            throw .belongsToAnother(dataDirectory: dataDirectory, ownerID: status.st_uid)
        }
        // A copy or an unpacked backup: whose it should be is for a person to say.
        guard status.st_uid != 0 else { throw .belongsToAnother(dataDirectory: dataDirectory, ownerID: 0) }
        return ServerAccount(userID: status.st_uid, groupID: status.st_gid)
    }

    /// The command line that runs `arguments` as this user. `setpriv` belongs to util-linux, which every Debian has; it
    /// replaces itself by the program, so that the child's process id is the server's.
    func command(_ arguments: [String]) -> [String] {
        guard needsChange else { return arguments }
        return ["setpriv", "--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups", "--"] + arguments
    }

    /// Whether this user may pass through every directory down to and including `path`, by their permission bits.
    func canReach(_ path: String) -> Bool {
        var path = path
        while true {
            if let status = FileSystem.status(path) {
                let bit: mode_t =
                    status.st_uid == userID ? S_IXUSR : status.st_gid == groupID ? S_IXGRP : S_IXOTH
                if status.st_mode & bit == 0 { return false }
            }
            if path == "/" { return true }
            path = FileSystem.parent(of: path)
        }
    }

    private static func named(_ name: String) -> ServerAccount? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        let code = getpwnam_r(name, &entry, &buffer, buffer.count, &found)
        guard code == 0, found != nil else { return nil }
        return ServerAccount(userID: entry.pw_uid, groupID: entry.pw_gid)
    }
}
