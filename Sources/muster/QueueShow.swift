import ArgumentParser
import EventSourcing
import Logging
import MusterRuntime
import TaskQueue

/// Shows how a queue stands.
struct QueueShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what waits, is worked on and was done within the last hour, agency by agency."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "text or json.")
    var format = OutputFormat.text

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let report = try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue {
            try await $0.report()
        }
        switch format {
        case .text: print(QueueText.table(report))
        case .json: print(String(decoding: report.json, as: UTF8.self))
        }
        // Scripts notice that nobody hands tasks out.
        if report.reportedAt == nil { throw ExitCode(1) }
    }
}
