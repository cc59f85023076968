import Crypto
import EventSourcing
import Glibc

/// A file of rows, open for reading. Its calls block, so it is used from a thread of its own.
struct InputFile: ~Copyable {
    static let chunkBytes = 256 << 10

    let path: String
    /// The last part of the path.
    let name: String
    let byteCount: Int
    private let descriptor: Int32
    private let modified: timespec

    /// Opens a regular file that holds something.
    init(path: String) throws(ImportError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: Self.reason(errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let reason = Self.reason(errno)
            close(descriptor)
            throw .unreadable(path: path, reason: reason)
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG, status.st_size > 0 else {
            close(descriptor)
            if kind == S_IFDIR { throw .directory(path: path) }
            throw kind == S_IFREG ? .empty(path: path) : .notAFile(path: path)
        }
        self.path = path
        self.descriptor = descriptor
        name = String(path.split(separator: "/").last ?? "")
        byteCount = Int(status.st_size)
        modified = status.st_mtim
    }

    deinit { close(descriptor) }

    /// The next bytes, at most `chunkBytes`; empty at the end.
    func read() throws(ImportError) -> [UInt8] {
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            repeat {
                let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                failure = result < 0 ? errno : 0
                count = max(0, result)
            } while failure == EINTR
        }
        guard failure == 0 else { throw .unreadable(path: path, reason: Self.reason(failure)) }
        return chunk
    }

    /// SHA-256 of the whole file as lower-case hexadecimal digits. Reading then begins anew.
    func digest() throws(ImportError) -> String {
        var hash = SHA256()
        var isFirst = true
        while true {
            let chunk = try read()
            if isFirst { try refuseForeignForms(chunk) }
            isFirst = false
            if chunk.isEmpty { break }
            hash.update(data: chunk)
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .unreadable(path: path, reason: Self.reason(errno)) }
        return hash.finalize().hexadecimal
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

    private func refuseForeignForms(_ beginning: [UInt8]) throws(ImportError) {
        let forms: [(signature: [UInt8], form: ForeignForm)] = [
            ([0x1F, 0x8B], .gzip), ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
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
    case gzip, zip, zstandard, utf16
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
        var bits: (UInt64, UInt64) = (0, 0)
        for (offset, byte) in self.prefix(16).enumerated() {
            if offset < 8 { bits.0 = bits.0 << 8 | UInt64(byte) } else { bits.1 = bits.1 << 8 | UInt64(byte) }
        }
        return UniqueID(version8From: bits)
    }
}
