import Glibc

/// An advisory lock on a file (flock(2)), let go when released, when this value dies, or when the process does.
final class FileLock: Sendable {
    enum Mode: Sendable {
        case shared
        case exclusive
    }

    /// A child that inherits it holds the lock as well, and so does every process that comes from it.
    let descriptor: Int32

    /// Takes the lock if nobody stands against it, else returns nil.
    init?(_ path: String, _ mode: Mode) throws(ClusterError) {
        // Kept in a variable until all is well: `deinit` runs only for a value that was completed.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last("open", path) }
        guard flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw .last("lock", path, code: code)
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
