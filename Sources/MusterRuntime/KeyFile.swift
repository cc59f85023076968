import Glibc
import SystemPackage

/// A key of 32 random bytes in a file of its own, readable for its owner alone.
struct KeyFile {
    static let byteCount = 32

    let path: FilePath

    /// - Parameter name: of the file in the directory of the keys, as `webhook.key`.
    init(_ name: String, directory: String) { path = FilePath(directory).appending(name) }

    /// Reads the key, and makes it, and its directory, when it is not there. Blocks on the file system; call it while
    /// starting.
    func load() throws -> [UInt8] {
        let directory = path.removingLastComponent()
        if mkdir(directory.string, 0o700) != 0, errno != EEXIST {
            throw ConfigurationError(
                key: "keys.directory",
                needs: "\(directory) cannot be made: \(Errno(rawValue: errno))"
            )
        }
        if let key = try loadIfThere() { return key }
        try make()
        guard let key = try loadIfThere() else { throw Errno.noSuchFileOrDirectory }
        return key
    }

    /// Reads the key; nil when there is none.
    func loadIfThere() throws -> [UInt8]? {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(path, .readOnly)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
        let bytes = try file.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: Self.byteCount + 1) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        guard bytes.count == Self.byteCount else {
            throw ConfigurationError(key: "keys.directory", needs: "\(path) must hold \(Self.byteCount) bytes")
        }
        return bytes
    }

    /// Written under another name and linked into place: nobody ever reads half a key, and of two that start at once one
    /// wins.
    private func make() throws {
        let name = path.lastComponent?.string ?? "key"
        let temporary = path.removingLastComponent().appending(".new-\(name)-\(getpid())")
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
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
