import Glibc
import JWTKit

/// The keys of a deployment's tokens: one signs, all verify.
///
/// A directory holds them as PEM files. The private key (`*.key.pem`) whose name sorts last signs; the others, and public
/// keys (`*.pub.pem`), verify what was signed before or elsewhere. To rotate, add a key with a later name and remove the old
/// one when its tokens have expired. A file's name before the first dot is the key's id (`kid`).
package struct TokenKeys: Sendable {
    struct Signing: Sendable {
        let id: String
        let key: EdDSA.PrivateKey
    }

    struct Verifying: Sendable {
        let id: String
        let key: EdDSA.PublicKey
    }

    let signing: Signing
    let verifying: [Verifying]

    /// Keys that live as long as the process, for tests.
    package static func ephemeral() throws -> TokenKeys {
        TokenKeys(signing: Signing(id: "ephemeral", key: try EdDSA.PrivateKey()), verifying: [])
    }

    /// Reads the keys in `directory`. If it holds no private key, one is made, readable by its owner alone.
    ///
    /// Blocks on the file system; call it while starting.
    ///
    /// - Throws: `TokenKeysError` naming the file.
    package static func load(directory: String) throws -> TokenKeys {
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw TokenKeysError(path: directory, reason: "cannot be made: \(describe(errno))")
        }
        var keys = try read(directory)
        if keys == nil {
            try makeFirstKey(in: directory)
            keys = try read(directory)
        }
        guard let keys else { throw TokenKeysError(path: directory, reason: "holds no private key") }
        return keys
    }

    private static func read(_ directory: String) throws -> TokenKeys? {
        var signing: [Signing] = []
        var verifying: [Verifying] = []
        for name in try names(in: directory) {
            let path = "\(directory)/\(name)"
            let id = String(name.prefix { $0 != "." })
            do {
                if name.hasSuffix(".key.pem") {
                    signing.append(Signing(id: id, key: try EdDSA.PrivateKey(pem: try text(of: path))))
                } else if name.hasSuffix(".pub.pem") {
                    verifying.append(Verifying(id: id, key: try EdDSA.PublicKey(pem: try text(of: path))))
                }
            } catch let error as TokenKeysError {
                throw error
            } catch {
                throw TokenKeysError(path: path, reason: "is not an Ed25519 key in PEM form")
            }
        }
        guard let last = signing.popLast() else { return nil }
        verifying += signing.map { Verifying(id: $0.id, key: $0.key.publicKey) }
        return TokenKeys(signing: last, verifying: verifying)
    }

    /// Writes the key under a name of its own and links it into place, so that no other process ever reads half a key, and
    /// of two that start at once one wins.
    private static func makeFirstKey(in directory: String) throws {
        let key = try EdDSA.PrivateKey()
        let path = "\(directory)/1.key.pem"
        let temporary = "\(directory)/.new-\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw TokenKeysError(path: temporary, reason: "cannot be written: \(describe(errno))")
        }
        defer {
            close(file)
            unlink(temporary)
        }
        let bytes = Array((key.pemRepresentation + "\n").utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw TokenKeysError(path: temporary, reason: "cannot be written: \(describe(errno))")
        }
        if link(temporary, path) != 0, errno != EEXIST {
            throw TokenKeysError(path: path, reason: "cannot be made: \(describe(errno))")
        }
    }

    /// The names in a directory, sorted.
    private static func names(in directory: String) throws -> [String] {
        guard let stream = opendir(directory) else {
            throw TokenKeysError(path: directory, reason: "cannot be read: \(describe(errno))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func text(of path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw TokenKeysError(path: path, reason: "cannot be read: \(describe(errno))") }
        defer { close(file) }
        var information = stat()
        guard fstat(file, &information) == 0 else {
            throw TokenKeysError(path: path, reason: "cannot be read: \(describe(errno))")
        }
        if path.hasSuffix(".key.pem"), information.st_mode & 0o077 != 0 {
            throw TokenKeysError(path: path, reason: "can be read by others; set its mode to 600")
        }
        var buffer = [UInt8](repeating: 0, count: 8_192)
        let count = Glibc.read(file, &buffer, buffer.count)
        guard count >= 0 else { throw TokenKeysError(path: path, reason: "cannot be read: \(describe(errno))") }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    private static func describe(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// The keys of tokens cannot be used as they lie there.
package struct TokenKeysError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "key \(path) \(reason)" }
}
