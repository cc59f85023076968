import Foundation
import Glibc
import Synchronization

/// A server in a process of its own: a hidden verb of this program, so that its memory and its time on the processors are
/// its alone.
struct ServerProcess: Sendable {
    /// Where it listens, as `http://127.0.0.1:8080`.
    let url: String
    let processID: Int32

    /// Starts the verb, runs `body` once the server listens, and ends the process.
    static func with<Result: Sendable>(
        _ arguments: [String],
        _ body: @Sendable (ServerProcess) async throws -> Result
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        let lines = Self.lines(of: output.fileHandleForReading)
        try process.run()
        let processID = process.processIdentifier
        let result = await Swift.Result<Result, any Error>.of {
            guard let url = await lines.first(where: { _ in true }) else {
                throw BenchError("muster-bench \(arguments.first ?? "") ended before it listened")
            }
            return try await body(ServerProcess(url: url, processID: processID))
        }
        // What it holds is thrown away with the cluster.
        kill(processID, SIGKILL)
        for await _ in ends {}
        withExtendedLifetime(input) {}
        return try result.get()
    }

    /// Called in the process itself: tells where it listens, and ends it when whoever started it is gone.
    static func announce(_ url: String) {
        FileHandle.standardInput.readabilityHandler = { input in
            if input.availableData.isEmpty { raise(SIGKILL) }
        }
        FileHandle.standardOutput.write(Data((url + "\n").utf8))
    }

    /// The lines that come out of a pipe, until it is closed.
    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        let begun = Mutex<[UInt8]>([])
        handle.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return line.finish()
            }
            begun.withLock { begun in
                begun += data
                while let end = begun.firstIndex(of: UInt8(ascii: "\n")) {
                    line.yield(String(decoding: begun[..<end], as: UTF8.self))
                    begun.removeSubrange(...end)
                }
            }
        }
        return lines
    }
}

extension Result where Failure == any Error {
    /// What `body` gave or threw.
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
