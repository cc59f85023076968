import Glibc

/// A directory with the files of an export, named by their path below it.
struct ExportDirectory: Sendable {
    /// No file of an export is larger: a bundle of the largest events the log takes.
    private static let byteLimit = 256 << 20

    let path: String

    /// Whether a file of exactly so many bytes is there.
    func holds(_ name: String, byteCount: Int) -> Bool {
        var status = stat()
        return stat(full(name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG && Int(status.st_size) == byteCount
    }

    /// Writes a file whole: under another name first, so that what bears the name is complete.
    func write(_ bytes: [UInt8], to name: String) throws(ExportError) {
        try makeDirectories(above: name)
        let path = full(name)
        let temporary = "\(path).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .unwritable(path: path, reason: Self.reason()) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = Self.reason()
                close(file)
                unlink(temporary)
                throw .unwritable(path: path, reason: reason)
            }
            written += count
        }
        guard fsync(file) == 0, close(file) == 0, rename(temporary, path) == 0 else {
            throw .unwritable(path: path, reason: Self.reason())
        }
    }

    /// The bytes of a file; nil when there is none.
    func read(_ name: String) throws(ExportError) -> [UInt8]? {
        let path = full(name)
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(path: path, reason: Self.reason())
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable(path: path, reason: Self.reason()) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.byteLimit else {
            throw .unreadable(path: path, reason: "it is no file of an export")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw .unreadable(path: path, reason: Self.reason()) }
            if more == 0 { break }
            count += more
        }
        return Array(bytes.prefix(count))
    }

    func remove(_ name: String) throws(ExportError) {
        guard unlink(full(name)) == 0 || errno == ENOENT || errno == ENOTDIR else {
            throw .unwritable(path: full(name), reason: Self.reason())
        }
    }

    private func makeDirectories(above name: String) throws(ExportError) {
        var directory = path
        for part in [""] + name.split(separator: "/").dropLast().map(String.init) {
            if !part.isEmpty { directory += "/\(part)" }
            if mkdir(directory, 0o755) != 0, errno != EEXIST {
                throw .unwritable(path: directory, reason: Self.reason())
            }
        }
    }

    private func full(_ name: String) -> String { "\(path)/\(name)" }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
