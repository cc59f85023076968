import Foundation

/// A directory of a test's own, under the system's temporary directory, which `postgres` can reach.
struct TemporaryDirectory {
    let path: String

    init(name: String = "cluster") throws {
        path = NSTemporaryDirectory() + "muster-test-\(UUID().uuidString.prefix(8))/\(name)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
    }
}
