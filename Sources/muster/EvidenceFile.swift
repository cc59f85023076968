import ArgumentParser
import Foundation

/// Reads a small file that somebody handed over.
enum EvidenceFile {
    private static let byteLimit = 16 << 20

    /// - Throws: `ExitCode(65)` after saying what is wrong.
    static func read(_ path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw refuse("\(path) cannot be read") }
        defer { try? handle.close() }
        let data: Data
        do {
            data = try handle.read(upToCount: byteLimit + 1) ?? Data()
        } catch {
            throw refuse("\(path) cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= byteLimit else { throw refuse("\(path) is larger than \(byteLimit) bytes") }
        return Array(data)
    }

    /// Says what is wrong with something that was handed over.
    static func refuse(_ reason: String) -> ExitCode {
        FileHandle.standardError.write(Data("Error: \(reason)\n".utf8))
        return ExitCode(65)
    }
}
