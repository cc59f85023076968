import ArgumentParser
import EventLog
import EventSourcing
import Logging
import MusterRuntime
import Records

/// Lists the partitions of a log.
struct LogPartitions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partitions",
        abstract: "List the partitions of a log: positions, table, attached or since when detached."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log: String

    @Option(help: "text or json.")
    var format = OutputFormat.text

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let (partitions, tail) = try await PartitionVerbs(access: database.access, log: LogOptions.check(log)).list()
        switch format {
        case .text:
            if partitions.isEmpty { print("No partition yet: the first append makes one.") }
            for partition in partitions { print(Self.line(partition, tail: tail)) }
        case .json: print(String(decoding: Self.json(partitions, tail: tail), as: UTF8.self))
        }
    }

    private static func line(_ partition: LogPartition, tail: Position) -> String {
        let state: String
        if let time = partition.detachedAt {
            state = "detached \(time.rfc3339)"
        } else {
            let count = max(0, min(tail.rawValue, partition.last.rawValue) - partition.first.rawValue + 1)
            state = "attached, \(count) events"
        }
        return "\(partition.first)–\(partition.last)  \(partition.table)  \(state)"
    }

    private static func json(_ partitions: [LogPartition], tail: Position) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("tail")
        writer.integer(tail.rawValue)
        writer.name("partitions")
        writer.beginArray()
        for partition in partitions {
            writer.beginObject()
            writer.name("first")
            writer.integer(partition.first.rawValue)
            writer.name("last")
            writer.integer(partition.last.rawValue)
            writer.member("table", partition.table)
            writer.name("detachedAt")
            if let time = partition.detachedAt { writer.string(time.rfc3339) } else { writer.null() }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
