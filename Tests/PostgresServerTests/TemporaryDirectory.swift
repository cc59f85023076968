import Foundation

/// A directory of a test's own, under the system's temporary directory, which `postgres` can reach.
struct TemporaryDirectory {
    let path: String
    private let root: String

    init(name: String = "cluster") throws {
        root = NSTemporaryDirectory() + "muster-test-\(UUID().uuidString.prefix(8))"
        path = root + "/" + name
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: root)
    }
}
