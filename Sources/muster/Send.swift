import ArgumentParser
import EventSourcing
import Foundation
import MusterRuntime
import Records

/// Sends one command.
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a command to a gateway.",
        discussion: """
            The token is read from MUSTER_TOKEN or --token-file, never from an argument. Without DATA the command's fields \
            are printed. Ends with 0 when it was accepted, 65 when it was refused, 75 when it may succeed later.

              export MUSTER_TOKEN=$(muster token --role resident --person ann --party residents --territory fenglin-01)
              muster send SubmitReport '{"report": "R-1", "channel": "web", …}'
            """
    )

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

    @Argument(help: "Name of the command, as SubmitReport.")
    var command: String

    @Argument(help: "Its fields, as a JSON object; - reads them from standard input.")
    var data: String?

    func run() async throws {
        guard let help = CommandHelp(command) else {
            throw ValidationError(
                "no command is called '\(command)'; there are: \(CommandHelp.names.joined(separator: ", "))"
            )
        }
        guard let data else { return print(help.text(language)) }
        let bytes = data == "-" ? Array(FileHandle.standardInput.readDataToEndOfFile()) : Array(data.utf8)
        let sender = CommandSender(url: url, token: try token(), language: language)
        let answer: CommandSender.Answer
        do {
            answer = try await sender.send(command, data: bytes, id: try commandID(), log: try LogOptions.check(log))
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

    private func token() throws -> String {
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
