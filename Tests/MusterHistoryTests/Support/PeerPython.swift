import Foundation
import Testing

/// A Python with what analysts use: the one that `MUSTER_BENCH_PYTHON` names, or that `make bench PEERS=1` has made. Where it
/// or a library is absent, the tests that use it are skipped, and their comment says which library was looked for.
enum PeerPython {
    static let path =
        ProcessInfo.processInfo.environment["MUSTER_BENCH_PYTHON"] ?? ".build/bench-peers/bin/python3"

    /// Whether a script ends well.
    static func passes(_ script: String) -> Bool { (try? run(script)) != nil }

    static func has(_ modules: [String]) -> Bool {
        passes(
            """
            import importlib.util, sys
            sys.exit(any(importlib.util.find_spec(module) is None for module in \(modules)))
            """
        )
    }

    /// What a script prints.
    ///
    /// - Parameter arguments: `sys.argv[1:]`.
    @discardableResult
    static func run(_ script: String, _ arguments: [String] = []) throws -> String {
        let python = Process()
        python.executableURL = URL(filePath: path)
        python.arguments = ["-W", "ignore", "-c", script] + arguments
        let (output, errors) = (try TemporaryFile("output", text: ""), try TemporaryFile("errors", text: ""))
        python.standardOutput = try FileHandle(forWritingTo: URL(filePath: output.path))
        python.standardError = try FileHandle(forWritingTo: URL(filePath: errors.path))
        try python.run()
        python.waitUntilExit()
        guard python.terminationStatus == 0 else {
            throw PeerPythonError(description: try String(contentsOfFile: errors.path, encoding: .utf8))
        }
        return try String(contentsOfFile: output.path, encoding: .utf8)
    }
}

/// What Python said of a script that failed.
struct PeerPythonError: Error, CustomStringConvertible {
    let description: String
}

extension Trait where Self == ConditionTrait {
    /// Runs the test only where Python has all of these.
    static func needsPython(_ modules: String...) -> Self {
        .enabled(
            if: PeerPython.has(modules),
            "SKIPPED: \(PeerPython.path) lacks one of \(modules); scripts/bench-peers installs them"
        )
    }
}
