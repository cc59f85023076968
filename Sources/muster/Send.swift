import ArgumentParser
import Foundation
import MusterRuntime

/// Sends one command.
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a command to a gateway.",
        discussion: """
            The token is read from MUSTER_TOKEN or --token-file, never from an argument. Without DATA the command's fields \
            are printed. Ends with 0 when it was accepted, 65 when it was refused, 75 when it may succeed later.

              export MUSTER_TOKEN=$(muster token --role resident --person ann --party residents --territory fenglin-01)
              muster send SubmitReport '{"report": "R-1", "channel": "web", …}'
            """,
        // `muster send SubmitReport --help` tells of that command.
        helpNames: []
    )

    @OptionGroup var door: DoorOptions

    @Flag(name: .shortAndLong, help: "Show help; after the name of a command, its fields.")
    var help = false

    @Argument(help: "Name of the command, as SubmitReport.")
    var command: String?

    @Argument(help: "Its fields, as a JSON object; - reads them from standard input.")
    var data: String?

    func validate() throws {
        guard !help || command != nil else { return }
        let names = CommandHelp.names.joined(separator: ", ")
        guard let command else { throw ValidationError("name a command; there are: \(names)") }
        guard CommandHelp(command) != nil else {
            throw ValidationError("no command is called '\(command)'; there are: \(names)")
        }
    }

    func run() async throws {
        guard let command, let description = CommandHelp(command) else { return print(Self.helpMessage()) }
        guard let data, !help else { return print(description.text(door.language)) }
        let bytes = data == "-" ? Array(FileHandle.standardInput.readDataToEndOfFile()) : Array(data.utf8)
        try await door.send(command, data: bytes)
    }
}
