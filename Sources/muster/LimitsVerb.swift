import ArgumentParser
import MusterDomain
import MusterRuntime

/// Writes the limits out.
struct LimitsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "Write out every limit with its value, its meaning and its rule.",
        discussion: """
            Without a file the standard ones, as in deploy/limits.yaml. With the file that limits.file names, those that \
            hold with it; it says what is wrong with the file, line by line.

              muster limits /etc/muster/limits.yaml
            """
    )

    @Argument(help: "A limits file.")
    var file: String?

    func run() throws {
        let limits = try file.map(LimitsFile.limits) ?? .standard
        print(LimitsDocument.text(of: limits), terminator: "")
    }
}
