import ArgumentParser
import Evidence
import Logging
import MusterRuntime

/// Takes a log's evidence out of the database.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a log's evidence into a directory, to be proven without the log.",
        discussion: """
            The directory holds checkpoints, tiles and entries as C2SP tlog-tiles lays them out, the contents of all events, \
            and the public keys. An export that was interrupted goes on when it is run again, and an old one grows.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: ArgumentHelp("The directory; it is made if it is not there.", valueName: "dir"))
    var evidence: String

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let name = try LogOptions.check(log)
        let line = ProgressLine()
        let checkpoint: SignedCheckpoint
        do {
            checkpoint = try await EvidenceVerbs.export(name, in: database.access, to: evidence) { line.show($0) }
        } catch {
            line.end()
            throw error
        }
        line.end()
        print("log \(name) → \(evidence): \(checkpoint.head.size) events under checkpoint \(checkpoint.head.root)")
    }
}
