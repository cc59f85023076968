import Foundation

/// A file of its own directory, which is gone when this is.
final class TemporaryFile {
    let directory: String
    let path: String

    init(_ name: String = "rows.csv", _ bytes: some Sequence<UInt8>) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        self.directory = directory.path
        path = directory.appendingPathComponent(name).path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ name: String = "rows.csv", text: String) throws { try self.init(name, text.utf8) }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func replace(with text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
}
