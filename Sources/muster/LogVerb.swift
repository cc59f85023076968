import ArgumentParser

/// What is done with a log as a whole.
struct LogVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List, archive and bring back the partitions of a log.",
        subcommands: [LogPartitions.self, LogArchive.self, LogAttach.self]
    )
}
