import ArgumentParser
import EventLog
import EventSourcing
import Logging
import MusterRuntime

/// Takes old partitions out of a log.
struct LogArchive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Detach old partitions of a history or exercise log.",
        discussion: """
            A detached partition stays in the log's schema as a table of its own: dump it with pg_dump, move it to another \
            tablespace, or drop it. Versions and command ids of its events stay known. Reading its positions says that \
            they are detached; 'muster log attach' brings it back.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log: String

    @Option(help: "Detach every partition that lies before this position as a whole.")
    var before: Int64

    func validate() throws {
        guard before > 0 else { throw ValidationError("--before is a position: 1 or more, not \(before)") }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        var count = 0
        try await PartitionVerbs(access: database.access, log: LogOptions.check(log))
            .archive(before: Position(before)) { partition in
                count += 1
                print("Detached \(partition.first)–\(partition.last); its table is \(partition.table).")
            }
        if count == 0 { print("No attached partition lies before position \(before) as a whole.") }
    }
}
