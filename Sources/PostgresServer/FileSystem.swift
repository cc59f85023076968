import FoundationEssentials
import Glibc

/// The few file operations a cluster needs, with errors that name operation and path.
enum FileSystem {
    /// The file's first `limit` bytes as text, or nil if it is not there. Works for `/proc`, whose files state no size.
    static func text(of path: String, limit: Int = 64 * 1024) throws(ClusterError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ESRCH { return nil }
            throw .last("read", path)
        }
        defer { close(descriptor) }
        return text(of: descriptor, from: 0, limit: limit)
    }

    /// Up to `limit` bytes of an open file from `offset` on; bytes that are not UTF-8 are replaced.
    static func text(of descriptor: Int32, from offset: Int, limit: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: filled), limit - filled, off_t(offset + filled))
            }
            if count < 0 && errno == EINTR { continue }
            // A process that ends while its /proc file is read gives ESRCH: what was read so far is the answer.
            guard count > 0 else { break }
            filled += count
        }
        return String(decoding: bytes[..<filled], as: UTF8.self)
    }

    /// Whether something is there; a dangling link is not.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Where a symbolic link points, or nil if the path is no link.
    static func linkTarget(of path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    /// The absolute path without links, or nil if nothing is there.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The absolute path of something that may not exist yet: links are resolved as far as directories exist.
    static func absolutePath(_ path: String) -> String {
        if let real = realPath(path) { return real }
        guard path.hasPrefix("/") else {
            return absolutePath(FileManager.default.currentDirectoryPath + "/" + path)
        }
        var parts = path.split(separator: "/")
        guard let last = parts.popLast() else { return "/" }
        let parent = absolutePath("/" + parts.joined(separator: "/"))
        return parent == "/" ? "/\(last)" : "\(parent)/\(last)"
    }

    static func parent(of path: String) -> String {
        let parts = path.split(separator: "/")
        return "/" + parts.dropLast().joined(separator: "/")
    }

    /// Owner and mode of what is at `path` itself (links are not followed), or nil if nothing is there.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    /// Makes the directory and those above it; existing ones are left as they are.
    static func makeDirectory(_ path: String, mode: mode_t) throws(ClusterError) {
        if exists(path) { return }
        let above = parent(of: path)
        if above != path { try makeDirectory(above, mode: 0o755) }
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .last("make directory", path) }
    }

    /// Makes a directory for its owner alone, under a name nobody has.
    static func makeTemporaryDirectory(in parent: String, prefix: String) throws(ClusterError) -> String {
        var path = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw .last("make directory in", parent) }
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func setOwner(of path: String, to account: ServerAccount) throws(ClusterError) {
        guard lchown(path, account.userID, account.groupID) == 0 else { throw .last("change the owner of", path) }
    }

    static func remove(_ path: String) throws(ClusterError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .last("remove", path) }
    }

    static func removeTree(_ path: String) throws(ClusterError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .system(operation: "remove", path: path, message: String(describing: error))
        }
    }

    /// Renames and makes the new name durable.
    static func move(_ path: String, to newPath: String) throws(ClusterError) {
        guard rename(path, newPath) == 0 else { throw .last("rename", path) }
        let directory = open(parent(of: newPath), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .last("open", parent(of: newPath)) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .last("sync", parent(of: newPath)) }
    }

    static func entries(of path: String) -> [String] {
        // A directory that is not there, or that we may not list, has nothing for us.
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }
}

extension ClusterError {
    /// The error of the system call just made.
    static func last(_ operation: String, _ path: String, code: Int32 = errno) -> ClusterError {
        .system(operation: operation, path: path, message: String(cString: strerror(code)))
    }
}
