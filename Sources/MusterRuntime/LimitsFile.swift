import Foundation
package import MusterDomain
import Records
import YAMLRecords

/// The limits of a town as somebody wrote them down: a YAML file with members of `Limits`. What it does not name, in any
/// section, stays as it is by itself. `LimitsDocument` writes down all that it may name.
package enum LimitsFile {
    /// - Throws: `ConfigurationError` with everything that is wrong with the file, each with its line.
    package static func limits(of path: String) throws -> Limits {
        let text: String
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw ConfigurationError(key: "limits.file", needs: "must be a readable file; \(path): \(error)")
        }
        do throws(YAMLProblems) {
            return try YAMLDocument(text).decode(Limits.record.codec)
        } catch {
            let problems = error.list.prefix(10).map(\.words.en).joined(separator: "; ")
            throw ConfigurationError(key: "limits.file", needs: "must hold limits; \(path): \(problems)")
        }
    }
}
