import Crypto
import EventSourcing
import Glibc

/// A file of rows, open for reading. Its calls block, so it is used from a thread of its own.
///
/// What was packed with gzip is unpacked on the way; its hash and size are those of the packed file.
struct InputFile: ~Copyable {
    static let chunkBytes = 256 << 10

    let path: String
    /// The last part of the path.
    let name: String
    let byteCount: Int
    /// The first bytes of the file as it lies there, to tell formats by: sixteen, or all there are.
    let beginning: [UInt8]
    /// Bytes of the file that were read since it was opened or rewound.
    private(set) var bytesRead: Int
    private let descriptor: Int32
    private let modified: timespec
    private let limits: Inflater.Limits
    private var inflater: Inflater?

    /// Opens a regular file that holds something, and no form that is certainly no text of rows.
    init(path: String, limits: Inflater.Limits = Inflater.Limits()) throws(ImportError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: Self.reason(errno)) }
        let status: stat
        let beginning = [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        do throws(ImportError) {
            status = try Self.status(of: descriptor, path: path)
            try Self.refuseForeignForms(beginning, path: path)
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        self.beginning = beginning
        self.limits = limits
        name = String(path.split(separator: "/").last ?? "")
        byteCount = Int(status.st_size)
        modified = status.st_mtim
        bytesRead = 0
        inflater = nil
    }

    deinit { close(descriptor) }

    var isCompressed: Bool { Self.isGzip(beginning) }

    /// The next bytes of the text, at most `chunkBytes`; empty at the end.
    mutating func read() throws(ImportError) -> [UInt8] {
        guard isCompressed else { return try readFile() }
        while true {
            if bytesRead > 0 {
                let text = try inflate()
                if !text.isEmpty { return text }
            } else {
                inflater = try Self.inflater(beginning, path: path, limits: limits)
            }
            let chunk = try readFile()
            if chunk.isEmpty {
                do throws(GzipFault) { try inflater?.finish() } catch { throw .gzip(path: path, error) }
                return []
            }
            inflater?.feed(chunk)
        }
    }

    private mutating func inflate() throws(ImportError) -> [UInt8] {
        do throws(GzipFault) {
            return try inflater?.read(Self.chunkBytes) ?? []
        } catch {
            throw .gzip(path: path, error)
        }
    }

    /// SHA-256 of the whole file as lower-case hexadecimal digits. Reading then begins anew.
    mutating func digest() throws(ImportError) -> String {
        var hash = SHA256()
        try rewind()
        while true {
            let chunk = try readFile()
            if chunk.isEmpty { break }
            hash.update(data: chunk)
        }
        try rewind()
        return hash.finalize().hexadecimal
    }

    /// The beginning of the text, unpacked. For a file that is read no further.
    consuming func firstText() throws(ImportError) -> [UInt8] { try read() }

    /// Begins anew.
    mutating func rewind() throws(ImportError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .unreadable(path: path, reason: Self.reason(errno)) }
        bytesRead = 0
        inflater = nil
    }

    /// The next bytes of the file as it lies there.
    private mutating func readFile() throws(ImportError) -> [UInt8] {
        let descriptor = descriptor
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            repeat {
                let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                failure = result < 0 ? errno : 0
                count = max(0, result)
            } while failure == EINTR
        }
        guard failure == 0 else { throw .unreadable(path: path, reason: Self.reason(failure)) }
        bytesRead += chunk.count
        return chunk
    }

    /// Throws when somebody wrote to the file since it was opened.
    func checkUnchanged() throws(ImportError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: Self.reason(errno)) }
        let isSame =
            Int(status.st_size) == byteCount && status.st_mtim.tv_sec == modified.tv_sec
            && status.st_mtim.tv_nsec == modified.tv_nsec
        guard isSame else { throw .changed(path: path) }
    }

    private static func status(of descriptor: Int32, path: String) throws(ImportError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: reason(errno)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG where status.st_size > 0: return status
        case S_IFREG: throw .empty(path: path)
        case S_IFDIR: throw .directory(path: path)
        default: throw .notAFile(path: path)
        }
    }

    private static func isGzip(_ beginning: [UInt8]) -> Bool { beginning.starts(with: [0x1F, 0x8B]) }

    private static func inflater(
        _ beginning: [UInt8],
        path: String,
        limits: Inflater.Limits
    ) throws(ImportError) -> Inflater? {
        guard isGzip(beginning) else { return nil }
        do throws(GzipFault) { return try Inflater(limits: limits) } catch { throw .gzip(path: path, error) }
    }

    private static func refuseForeignForms(_ beginning: [UInt8], path: String) throws(ImportError) {
        let forms: [(signature: [UInt8], form: ForeignForm)] = [
            ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
            ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16),
        ]
        for (signature, form) in forms where beginning.starts(with: signature) {
            throw .foreignForm(path: path, form)
        }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// What a file may be instead of the text that was expected.
package enum ForeignForm: Hashable, Sendable {
    case zip, zstandard, utf16
}

extension SHA256.Digest {
    /// Lower-case hexadecimal digits.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// An id made of the first 16 bytes.
    var identifier: UniqueID {
        withUnsafeBytes { bytes in
            func word(at offset: Int) -> UInt64 {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            return UniqueID(version8From: (word(at: 0), word(at: 8)))
        }
    }
}
