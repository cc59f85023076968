import Glibc

/// The file of an export, compressed when its name ends in `.gz`. What bears its name is always whole: it is written under another, `NAME.part`, and takes its name
/// at the end. Its calls block, so it is used from a thread of its own.
final class ExportOutput {
    private static let bufferBytes = 256 << 10

    let path: String
    /// Where it is written until then.
    let temporary: String
    private let replaces: Bool
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let gzip: GzipStream?
    private var isFinished = false
    private(set) var byteCount = 0

    /// Opens the file.
    ///
    /// - Parameter replaces: whether what bears the name is replaced in the end.
    /// - Throws: `ExportFileError`; nothing is left behind then.
    init(path: String, replaces: Bool) throws(ExportFileError) {
        self.path = path
        self.replaces = replaces
        temporary = "\(path).part"
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR { throw .directory(path: path) }
            guard replaces else { throw .exists(path: path) }
        }
        let file = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw .unwritable(path: path, reason: Self.reason()) }
        // One that was interrupted before is written over, one that is at work is left alone.
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .busy(path: path)
        }
        guard ftruncate(file, 0) == 0 else {
            let reason = Self.reason()
            close(file)
            throw .unwritable(path: path, reason: reason)
        }
        descriptor = file
        if path.hasSuffix(".gz") {
            guard let gzip = GzipStream() else { throw .unwritable(path: path, reason: "no memory to compress") }
            self.gzip = gzip
        } else {
            gzip = nil
        }
        buffer.reserveCapacity(Self.bufferBytes + 4_096)
    }

    deinit {
        abandon()
        close(descriptor)
    }

    func write(_ bytes: some Sequence<UInt8>) throws(ExportFileError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    func write(_ text: String) throws(ExportFileError) { try write(text.utf8) }

    /// Gives the file its name.
    func finish() throws(ExportFileError) {
        try flush()
        if let gzip { try write(whole: gzip.finish()) }
        if byteCount == 0 {
            // Written by somebody else, as a database.
            var status = stat()
            if fstat(descriptor, &status) == 0 { byteCount = Int(status.st_size) }
        }
        guard fsync(descriptor) == 0 else { throw unwritable() }
        if replaces {
            guard rename(temporary, path) == 0 else { throw unwritable() }
        } else {
            // A link fails where the name was taken meanwhile; some file systems have none.
            if link(temporary, path) == 0 {
                unlink(temporary)
            } else if errno == EEXIST {
                throw .exists(path: path)
            } else {
                guard rename(temporary, path) == 0 else { throw unwritable() }
            }
        }
        isFinished = true
    }

    /// Leaves nothing behind. Nothing may be written any more.
    func abandon() {
        if !isFinished { unlink(temporary) }
        isFinished = true
    }

    private func flush() throws(ExportFileError) {
        if let gzip { try write(whole: gzip.compress(buffer)) } else { try write(whole: buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(whole bytes: [UInt8]) throws(ExportFileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw unwritable() }
            written += count
        }
        byteCount += written
    }

    private func unwritable() -> ExportFileError { .unwritable(path: path, reason: Self.reason()) }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
