import Foundation
import Testing

/// Real public files, which are not part of the repository. Where they are absent, the tests that read them are
/// skipped, and their comment says which file was looked for.
enum SharedData {
    static let directory = ProcessInfo.processInfo.environment["MUSTER_SHARED_DATA"] ?? "../shared/data"

    static func path(_ file: String) -> String { "\(directory)/\(file)" }

    static func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(file))))
    }

    static func has(_ file: String) -> Bool { FileManager.default.isReadableFile(atPath: path(file)) }
}

extension Trait where Self == ConditionTrait {
    /// Runs the test only where the file is.
    static func needs(_ file: String) -> Self {
        .enabled(
            if: SharedData.has(file),
            "SKIPPED: \(SharedData.path(file)) is missing; MUSTER_SHARED_DATA names the folder of the real files"
        )
    }
}
