import Foundation
import Testing

/// One of our programs, or another, as a process of its own. What it prints goes to files, so that nothing it prints can
/// stop it, nor anything that outlives it.
final class Child: Sendable {
    /// How a process ended, and all that it printed.
    struct End: Sendable {
        /// The exit status, or minus the signal that killed it.
        let status: Int32
        let output: String
        let errors: String

        /// The lines that speak of a failure, and not merely of something that was tried again.
        var failures: [Substring] {
            errors.split(separator: "\n").filter { $0.hasPrefix("Error") || $0.contains(/\b(error|critical) muster/) }
        }
    }

    /// Where the programs of this build stand: beside the tests.
    static func program(_ name: String) -> String {
        Bundle.main.bundleURL.appending(path: name).path
    }

    private let name: String
    private let process: Process
    private let outputPath: String
    private let errorPath: String

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: one of ours by its name, any other by its path.
    ///   - environment: added to what every process needs; nothing else of the tests' environment is handed on.
    ///   - directory: where it runs, and where the files with what it prints are made.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], in directory: String) throws {
        name = ([program] + arguments).joined(separator: " ")
        let files = "\(directory)/child-\(UUID().uuidString)"
        outputPath = files + ".out"
        errorPath = files + ".err"
        process = Process()
        process.executableURL = URL(filePath: program.hasPrefix("/") ? program : Self.program(program))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "TZ"].contains($0.key) }
            .merging(environment) { $1 }
        process.currentDirectoryURL = URL(filePath: directory)
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (try Self.makeFile(outputPath), try Self.makeFile(errorPath))
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // The process has its own now; ours would stay open as long as this one is remembered.
        try output.close()
        try errors.close()
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { Self.text(of: outputPath) }
    var errors: String { Self.text(of: errorPath) }

    func send(_ signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
    }

    /// Waits for a line of standard output, and gives it back.
    ///
    /// - Throws: when the process ends without it, or the time is up; the error says what was printed instead.
    func line(containing text: String, within limit: Duration = .seconds(60)) async throws -> String {
        do {
            return try await eventually("line with “\(text)”", within: limit) {
                let isOver = !isRunning
                if let line = output.split(separator: "\n").first(where: { $0.contains(text) }) { return String(line) }
                if isOver { throw ChildError(name: name, problem: "ended without a line with “\(text)”", child: self) }
                return nil
            }
        } catch let error as ImpatienceError {
            throw ChildError(name: name, problem: error.description, child: self)
        }
    }

    /// Waits for the end of the process.
    func end(within limit: Duration = .seconds(60)) async throws -> End {
        do {
            try await eventually("end", within: limit) { !isRunning }
        } catch let error as ImpatienceError {
            throw ChildError(name: name, problem: error.description, child: self)
        }
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return End(status: status, output: output, errors: errors)
    }

    private static func makeFile(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    private static func text(of path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

/// A process did not do what a test waits for.
struct ChildError: Error, CustomStringConvertible {
    let description: String

    init(name: String, problem: String, child: Child) {
        description = "\(name): \(problem)\n\(child.output)\n\(child.errors)"
    }
}
