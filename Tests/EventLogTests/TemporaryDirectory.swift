import Foundation

/// A directory of the test's own under the system's temporary directory, which `postgres` can reach.
struct TemporaryDirectory {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "muster-log-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    /// Removes it with all it holds.
    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
