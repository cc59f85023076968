import Glibc
import SystemPackage

/// The deployment's key for webhook secrets: 32 random bytes in `webhook.key`, readable for their owner alone.
enum WebhookKey {
    private static let byteCount = 32

    /// Reads the key of a directory, and makes it when it is not there. Blocks on the file system; call it while starting.
    static func load(directory: String) throws -> [UInt8] {
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw ConfigurationError(
                key: "keys.directory",
                needs: "\(directory) cannot be made: \(Errno(rawValue: errno))"
            )
        }
        let path = FilePath(directory).appending("webhook.key")
        do {
            return try read(path)
        } catch Errno.noSuchFileOrDirectory {
            try make(path)
            return try read(path)
        }
    }

    private static func read(_ path: FilePath) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly)
        let bytes = try file.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: byteCount + 1) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        guard bytes.count == byteCount else {
            throw ConfigurationError(key: "keys.directory", needs: "\(path) must hold \(byteCount) bytes")
        }
        return bytes
    }

    /// Written under another name and linked into place: nobody ever reads half a key, and of two that start at once one wins.
    private static func make(_ path: FilePath) throws {
        let temporary = path.removingLastComponent().appending(".new-webhook-\(getpid())")
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let file = try FileDescriptor.open(
            temporary,
            .writeOnly,
            options: [.create, .exclusiveCreate],
            permissions: .ownerReadWrite
        )
        defer { unlink(temporary.string) }
        try file.closeAfter {
            _ = try file.writeAll(bytes)
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        if link(temporary.string, path.string) != 0, errno != EEXIST { throw Errno(rawValue: errno) }
    }
}
