import Foundation
import Testing

/// Real public files, which are not part of the repository. Where they are absent, the tests that read them are
/// skipped, and their comment says which file was looked for.
enum SharedData {
    static let directory = ProcessInfo.processInfo.environment["MUSTER_SHARED_DATA"] ?? "../shared/data"

    static func path(_ file: String) -> String { "\(directory)/\(file)" }

    /// The cells of a simple CSV below its heading: nothing in it is quoted but whole cells without commas.
    static func rows(_ file: String) throws -> [[String]] {
        let text = try String(contentsOfFile: path(file), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
                cell.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs the test only where the file is.
    static func needs(_ file: String) -> Self {
        .enabled(
            if: FileManager.default.isReadableFile(atPath: SharedData.path(file)),
            "SKIPPED: \(SharedData.path(file)) is missing; MUSTER_SHARED_DATA names the folder of the real files"
        )
    }
}
