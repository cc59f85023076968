import ArgumentParser
import EventSourcing
import Foundation
import MusterRuntime
import Records

/// Where commands go, and with whose token.
struct DoorOptions: ParsableArguments {
    @Option(help: "Where the gateway is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "The command's id, a UUID; the same id again is not done twice (default: a new one).")
    var id: String?

    @Option(help: "A file that holds the token.")
    var tokenFile: String?

    @Option(help: "en or zh.")
    var language = Language.en

    /// Sends one command and prints the answer.
    ///
    /// - Throws: `ExitCode` 65 when it was refused, 75 when it may succeed later.
    func send(_ command: String, data: [UInt8]) async throws {
        let sender = CommandSender(url: url, token: try token(), language: language)
        let answer: CommandSender.Answer
        do {
            answer = try await sender.send(command, data: data, id: try commandID(), log: try LogOptions.check(log))
        } catch let error as SendError {
            FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
            throw ExitCode(75)
        }
        print(answer.body)
        if !answer.isAccepted { throw ExitCode(answer.isWorthRepeating ? 75 : 65) }
    }

    private func commandID() throws -> CommandID? {
        guard let id else { return nil }
        guard let id = CommandID(id) else { throw ValidationError("--id must be a UUID, not '\(id)'") }
        return id
    }

    private func token() throws -> String { try Self.token(in: tokenFile) }

    /// - Parameter tokenFile: where it is; nil looks into the environment.
    static func token(in tokenFile: String?) throws -> String {
        if let tokenFile {
            return try String(contentsOfFile: tokenFile, encoding: .utf8).trimmingCharacters(
                in: .whitespacesAndNewlines
            )
        }
        guard let token = ProcessInfo.processInfo.environment["MUSTER_TOKEN"], !token.isEmpty else {
            throw ValidationError("no token: set MUSTER_TOKEN or give --token-file; muster token makes one")
        }
        return token
    }
}
