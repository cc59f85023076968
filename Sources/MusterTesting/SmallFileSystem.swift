import Glibc
package import Testing

/// A file system of some megabytes, which can be filled and freed.
package struct SmallFileSystem {
    package let path: String

    /// Mounts it on an empty directory.
    ///
    /// - Throws: `Failure` where it cannot be mounted, as by anybody but root.
    package init(at path: String, mebibytes: Int) throws {
        self.path = path
        guard mkdir(path, 0o755) == 0, Glibc.mount("tmpfs", path, "tmpfs", 0, "size=\(mebibytes)m") == 0 else {
            throw Failure(operation: "mount at \(path)", reason: String(cString: strerror(errno)))
        }
    }

    /// Writes a file until there is no room for another byte.
    package func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(operation: "open \(ballast)", reason: String(cString: strerror(errno))) }
        defer { close(file) }
        let bytes = [UInt8](repeating: 0x55, count: 64 * 1_024)
        while write(file, bytes, bytes.count) > 0 {}
        guard errno == ENOSPC else { throw Failure(operation: "fill", reason: String(cString: strerror(errno))) }
    }

    /// Makes room again.
    package func free() {
        unlink(ballast)
    }

    /// Takes it away, also while files on it are open.
    package func unmount() {
        umount2(path, Int32(MNT_DETACH))
    }

    private var ballast: String { path + "/ballast" }

    package struct Failure: Error {
        package let operation: String
        package let reason: String
    }

    /// Why there can be none here; nil where there can.
    package static let obstacle: String? = {
        guard geteuid() == 0 else { return "a small file system can only be mounted by root" }
        var name = Array("/tmp/muster-mount-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { return "no temporary directory" }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            rmdir(path + "/try")
            rmdir(path)
        }
        do {
            try SmallFileSystem(at: path + "/try", mebibytes: 1).unmount()
            return nil
        } catch {
            return "a small file system cannot be mounted here: \(error)"
        }
    }()
}

extension Trait where Self == ConditionTrait {
    /// Runs the test only where a small file system can be mounted, and says so where not.
    package static var needsSmallFileSystem: Self {
        if let obstacle = SmallFileSystem.obstacle { Rounds.print("SKIPPED: tests of a full disk: \(obstacle)") }
        return .enabled(
            if: SmallFileSystem.obstacle == nil,
            "SKIPPED: \(SmallFileSystem.obstacle ?? "")"
        )
    }
}
