import ArgumentParser
import EventLog
import EventSourcing
import Logging
import MusterRuntime

/// Brings detached partitions back.
struct LogAttach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Attach detached partitions of a log again.",
        discussion: "Each table is read once to see that it holds every position of its partition."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log: String

    @Option(help: "The first position of the partition (default: all that are detached).")
    var from: Int64?

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        var count = 0
        try await PartitionVerbs(access: database.access, log: LogOptions.check(log))
            .attach(from: from.map { Position($0) }) { partition in
                count += 1
                print("Attached \(partition.first)–\(partition.last).")
            }
        if count == 0 { print("No partition of the log is detached.") }
    }
}
